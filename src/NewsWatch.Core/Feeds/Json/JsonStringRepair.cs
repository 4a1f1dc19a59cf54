using System.Globalization;
using System.Text;

namespace NewsWatch.Core.Feeds.Json;

/// <summary>Writes strings of what is nearly JSON as JSON: with quotes and line breaks inside, single quotes around, escapes of JavaScript.</summary>
/// <param name="text">The document.</param>
/// <param name="json">Where the JSON is written.</param>
internal sealed class JsonStringRepair(string text, StringBuilder json)
{
    /// <summary>Writes the string that begins at a place, which moves behind it; false where the document ends inside the string.</summary>
    public bool Copy(ref int at)
    {
        var quote = text[at++];
        json.Append('"');
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\\')
            {
                at = Escape(at);
            }
            else if (c == quote && IsEnd(at))
            {
                at++;
                json.Append('"');
                return true;
            }
            else
            {
                Append(c);
            }
        }

        return false;
    }

    // A quote ends a string where a separator and what belongs behind it follow, or, the comma forgotten, a name.
    private bool IsEnd(int at)
    {
        var rest = text.AsSpan(at + 1);
        var next = rest.TrimStart();
        return next.Length == 0 || next[0] switch
        {
            ':' or '}' or ']' => true,
            ',' => next[1..].TrimStart() is var behind && (behind.Length == 0 || behind[0] is '"' or '\'' or '{' or '[' or '}' or ']' or '/' || char.IsAsciiDigit(behind[0]) || IsBareName(behind)),
            '"' => rest[..^next.Length].Contains('\n') || IsName(next),
            _ => false,
        };
    }

    private static bool IsName(ReadOnlySpan<char> quoted) =>
        NameLength(quoted[1..]) is > 0 and var length && quoted[(length + 1)..].StartsWith("\"") && quoted[(length + 2)..].TrimStart().StartsWith(":");

    private static bool IsBareName(ReadOnlySpan<char> word) => NameLength(word) is > 0 and var length && word[length..].TrimStart().StartsWith(":");

    private static int NameLength(ReadOnlySpan<char> word)
    {
        var length = 0;
        while (length < word.Length && (char.IsAsciiLetterOrDigit(word[length]) || word[length] == '_'))
        {
            length++;
        }

        return length;
    }

    // Returns the place of the escape's last character.
    private int Escape(int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        if (next is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' || (next == 'u' && Hex(at + 2, 4) is not null))
        {
            json.Append(text, at, 2);
        }
        else if (next == 'x' && Hex(at + 2, 2) is { } code)
        {
            Append((char)code);
            return at + 3;
        }
        else if (next is not ('\n' or '\r'))
        {
            Append(next);
        }

        return at + 1;
    }

    private int? Hex(int at, int length) =>
        at + length <= text.Length && int.TryParse(text.AsSpan(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? code : null;

    private void Append(char c)
    {
        if (c is '"' or '\\')
        {
            json.Append('\\').Append(c);
        }
        else if (c < ' ')
        {
            json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        else
        {
            json.Append(c);
        }
    }
}
