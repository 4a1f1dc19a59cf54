namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Finds what is between quotation marks of any language; a quote that goes on over paragraphs is one.</summary>
internal static class QuoteMarks
{
    private const int MaxLength = 5_000;

    /// <summary>The spans from the opening to behind the closing mark, in order; marks within quotes are part of them.</summary>
    public static List<(int Start, int End)> Of(string text)
    {
        var spans = new List<(int, int)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\'' or '‘' && i > 0 && text[i - 1] == text[i])
            {
                continue;
            }

            if (Closers(text, i) is { Length: > 0 } closers && EndOf(text, i, closers) is var end && end > 0)
            {
                AddParts(text, i, end, spans);
                i = end - 1;
            }
        }

        return spans;
    }

    // «Это не перемирие, — отметила Анна Лескова. — Это пауза»: the speaker is inside the marks.
    private static void AddParts(string text, int start, int end, List<(int, int)> spans)
    {
        if (text[start] != '«' || text.IndexOf(" — ", start, end - start, StringComparison.Ordinal) is not (> 0 and var first) || text[first - 1] is not (',' or '!' or '?'))
        {
            spans.Add((start, end));
            return;
        }

        var second = text.IndexOf(" — ", first + 3, end - first - 3, StringComparison.Ordinal);
        spans.Add((start, first));
        if (second > 0)
        {
            spans.Add((second + 3, end));
        }
    }

    // The marks that may close what opens here, straight and curly ones mixed; empty when nothing opens.
    private static string Closers(string text, int at) => text[at] switch
    {
        '“' => "”\"",
        '„' => "“”",
        '«' => "»",
        '»' when IsOpenPlace(text, at) => "«",
        '「' => "」",
        '『' => "』",
        '"' when IsOpenPlace(text, at) => "\"”",
        '‘' when IsOpenPlace(text, at) => "’",
        '\'' when IsOpenPlace(text, at) && !(at + 1 < text.Length && text[at + 1] == '\'') => "'",
        _ => "",
    };

    private static bool IsOpenPlace(string text, int at) =>
        (at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is '(' or '[' or '—' or '–' or '-' or '…' or ':' or '/') && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);

    private static int EndOf(string text, int start, string closers)
    {
        var depth = 0;
        var limit = Math.Min(text.Length, start + MaxLength);
        for (var i = start + 1; i < limit; i++)
        {
            var c = text[i];
            if (c == '\n' && !GoesOn(text, start, i))
            {
                return -1;
            }

            if (c is '“' or '"' && text[start] is '“' or '"' && c != text[start] && (c == '“' || IsOpenPlace(text, i)))
            {
                depth++;
            }
            else if (c == text[start] && !closers.Contains(c, StringComparison.Ordinal))
            {
                depth += text.LastIndexOf('\n', i, i - start) is var line && line > 0 && string.IsNullOrWhiteSpace(text[line..i]) ? 0 : 1;
            }
            else if (closers.Contains(c, StringComparison.Ordinal) && IsClosing(text, i) && depth-- == 0)
            {
                return i + 1;
            }
        }

        return -1;
    }

    // An apostrophe inside a word closes nothing.
    private static bool IsClosing(string text, int at) => text[at] switch
    {
        '’' => at + 1 == text.Length || !char.IsLetter(text[at + 1]),
        '\'' => text[at - 1] != ' ' && (at + 1 == text.Length || !char.IsLetter(text[at + 1])),
        '"' => !char.IsWhiteSpace(text[at - 1]) || at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]),
        '»' or '«' => true,
        _ => true,
    };

    // Each paragraph of a quote that goes on begins with its mark again.
    private static bool GoesOn(string text, int start, int newline)
    {
        var next = newline + 1;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next < text.Length && text[next] == text[start] && text[start] is '“' or '„' or '«' or '"' && next + 1 < text.Length && !char.IsWhiteSpace(text[next + 1]);
    }
}
