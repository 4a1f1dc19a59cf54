using System.Globalization;
using NewsWatch.Core.Feeds.Markup;

namespace NewsWatch.Core.Feeds.Xml;

/// <summary>
/// Repairs the most frequent faults of XML: entities of HTML that the document does not declare become characters, and an ampersand that
/// begins no reference becomes one. CDATA sections, comments and the document type stay as they are.
/// </summary>
internal static class EntityReferenceRepair
{
    // Each name is looked for in them.
    private const int MaxDeclarationsLength = 10_000;

    /// <summary>The text with its references repaired.</summary>
    public static string Repair(string text)
    {
        var declarations = Declarations(text);
        var length = Write(text, declarations, new Output([]));
        return string.Create(length, (text, declarations), (repaired, from) => Write(from.text, from.declarations, new Output(repaired)));
    }

    private static int Write(ReadOnlySpan<char> rest, string declarations, Output result)
    {
        while (rest.Length > 0)
        {
            var mark = rest.IndexOfAny('&', '<');
            result.Append(mark < 0 ? rest : rest[..mark]);
            if (mark < 0)
            {
                break;
            }

            rest = rest[mark..];
            var length = rest[0] == '<' ? Kept(rest, ref result) : Reference(rest, declarations, ref result);
            rest = rest[length..];
        }

        return result.Length;
    }

    private static string Declarations(string text)
    {
        var start = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : text.IndexOf("]>", start, Math.Min(text.Length - start, MaxDeclarationsLength), StringComparison.Ordinal);
        return end < 0 ? "" : text[start..end];
    }

    private static int Kept(ReadOnlySpan<char> rest, ref Output result)
    {
        var length = rest.StartsWith("<![CDATA[") ? Through(rest, "]]>")
            : rest.StartsWith("<!--") ? Through(rest, "-->")
            : rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) && rest[..Math.Min(rest.Length, MaxDeclarationsLength)].IndexOf("]>") is > 0 and var end ? end + 2
            : 1;
        result.Append(rest[..length]);
        return length;
    }

    private static int Reference(ReadOnlySpan<char> rest, string declarations, ref Output result)
    {
        var semicolon = rest[..Math.Min(rest.Length, 40)].IndexOf(';');
        var name = semicolon > 1 ? rest[1..semicolon] : default;
        if (name is "amp" or "lt" or "gt" or "quot" or "apos" || IsControl(name) || (name.Length > 0 && declarations.Contains($"<!ENTITY {name} ", StringComparison.Ordinal)))
        {
            result.Append(rest[..(semicolon + 1)]);
            return semicolon + 1;
        }

        var length = HtmlEntities.Read(rest, out var meaning);
        foreach (var rune in meaning.EnumerateRunes())
        {
            result.Append(rune.Value is '&' or '<' or '>' ? string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};") : rune.ToString());
        }

        return length;
    }

    // 128 to 159 are control characters in XML, which a text that was encoded twice is made of; in HTML they are Windows-1252.
    private static bool IsControl(ReadOnlySpan<char> name) =>
        name.StartsWith("#") && int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 128 and <= 159;

    private static int Through(ReadOnlySpan<char> rest, string mark) => rest.IndexOf(mark) is >= 0 and var at ? at + mark.Length : rest.Length;

    /// <summary>Counts what is written, and writes it where there is room: a large text is never held twice.</summary>
    private ref struct Output(Span<char> into)
    {
        private readonly Span<char> _into = into;

        public int Length { get; private set; }

        public void Append(ReadOnlySpan<char> text)
        {
            if (_into.Length > 0)
            {
                text.CopyTo(_into[Length..]);
            }

            Length += text.Length;
        }
    }
}
