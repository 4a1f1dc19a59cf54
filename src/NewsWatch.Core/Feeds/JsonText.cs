using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NewsWatch.Core.Feeds;

/// <summary>Strings of JSON as feeds and pages write them; half a surrogate pair becomes U+FFFD.</summary>
internal static class JsonText
{
    /// <summary>A member's string or number; null when there is none or it is blank.</summary>
    public static string? Of(JsonElement of, string name) => of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) ? Of(value) : null;

    /// <summary>A string or number; null for anything else and for blanks.</summary>
    public static string? Of(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => String(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static string String(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return LooseSurrogates(value.GetRawText());
        }
    }

    // The reader refuses to give a string with half a surrogate pair, so it is unescaped here.
    private static string LooseSurrogates(string raw)
    {
        var result = new StringBuilder(raw.Length);
        for (var at = 1; at < raw.Length - 1; at++)
        {
            if (raw[at] != '\\')
            {
                result.Append(raw[at]);
                continue;
            }

            at++;
            if (raw[at] == 'u')
            {
                result.Append((char)ushort.Parse(raw.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 4;
            }
            else
            {
                result.Append(raw[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' or 'f' => ' ', var c => c });
            }
        }

        return string.Concat(result.ToString().EnumerateRunes().Select(rune => rune.ToString()));
    }
}
