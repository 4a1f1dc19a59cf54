using System.Globalization;
using System.Text;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;

namespace NewsWatch.Delivery;

/// <summary>
/// Makes text from outside harmless, once, before any mail or webhook sees it: one line, no control characters, no bidi overrides, no
/// invisible characters, no lone surrogates, no piles of accents, at most 300 graphemes.
/// </summary>
internal static class TextCleaner
{
    private const int MostGraphemes = 300;
    private const int MostExcerpt = 600;
    private const int MostExcerpts = 12;
    private const int MostLine = 1200;
    private const int MostAccents = 4;

    /// <summary>One clean line; a longer one ends in "…".</summary>
    public static string Line(string? text, int most = MostGraphemes)
    {
        var clean = Plain(text ?? "").Trim();
        return Cut(clean, most);
    }

    /// <summary>Clean text that keeps its line breaks: notices, written by us about things from outside.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line, MostLine)));

    /// <summary>Text with its line breaks and tabs, in which a terminal finds nothing to obey: what is left out elsewhere shows as U+FFFD here.</summary>
    public static string Visible(string text)
    {
        var clean = new StringBuilder(text.Length);
        var accents = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            accents = IsAccent(rune) ? accents + 1 : 0;
            if (accents <= MostAccents)
            {
                clean.Append(rune.Value is '\n' or '\t' || !(Rune.IsControl(rune) || IsInvisible(rune.Value)) ? rune.ToString() : "\uFFFD");
            }
        }

        return clean.ToString();
    }

    /// <summary>Everything an alert says, clean.</summary>
    public static AlertContent Alert(AlertContent alert) => alert with
    {
        Rule = alert.Rule with { Title = Line(alert.Rule.Title), When = Line(alert.Rule.When), Owner = alert.Rule.Owner is { } owner ? Line(owner) : null },
        Article = alert.Article with
        {
            Title = Line(alert.Article.Title),
            SourceName = Line(alert.Article.SourceName, 80),
            Authors = [.. alert.Article.Authors.Select(author => Line(author, 80)).Where(author => author.Length > 0).Take(5)],
        },
        Hits = [.. alert.Hits.Select(hit => hit with
        {
            Quote = Line(hit.Quote, 80), Clause = Line(hit.Clause, 120), Term = Line(hit.Term, 80), NegationCue = hit.NegationCue is { } cue ? Line(cue, 40) : null,
        })],
        Excerpts = [.. alert.Excerpts.Take(MostExcerpts).Select(Marked)],
        OtherSources = [.. alert.OtherSources.Select(other => other with { Name = Line(other.Name, 80), Title = Line(other.Title) })],
    };

    /// <summary>A clean excerpt whose marks still stand where they stood.</summary>
    public static Excerpt Marked(Excerpt excerpt)
    {
        var text = new StringBuilder();
        var marks = new List<Mark>();
        var at = 0;
        foreach (var mark in excerpt.Marks.Where(mark => mark.Start >= 0 && mark.Length > 0 && mark.Start + mark.Length <= excerpt.Text.Length))
        {
            if (mark.Start < at)
            {
                continue;
            }

            var before = Plain(excerpt.Text[at..mark.Start]);
            if (text.Length + before.Length + mark.Length > MostExcerpt)
            {
                break;
            }

            text.Append(before);
            var hit = Plain(excerpt.Text.Substring(mark.Start, mark.Length));
            if (hit.Length > 0)
            {
                marks.Add(new(text.Length, hit.Length, mark.Negated));
            }

            text.Append(hit);
            at = mark.Start + mark.Length;
        }

        text.Append(Cut(Plain(excerpt.Text[at..Math.Min(excerpt.Text.Length, at + (2 * MostExcerpt))]), Math.Max(1, MostExcerpt - text.Length)));
        return excerpt with { Text = text.ToString(), Marks = marks };
    }

    private static string Cut(string text, int most)
    {
        var longest = most * 2; // a letter with all its joined signs is one grapheme, however long it is
        var info = new StringInfo(text.Length > longest ? text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…" : text);
        return info.LengthInTextElements <= most ? info.String : info.SubstringByTextElements(0, most - 1).TrimEnd() + "…";
    }

    private static string Plain(string text)
    {
        var clean = new StringBuilder(text.Length);
        var accents = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            accents = IsAccent(rune) ? accents + 1 : 0;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length == 0 || clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (accents <= MostAccents && !IsInvisible(rune.Value))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static bool IsAccent(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Joiners (U+200C, U+200D) stay: Persian and emoji need them.</summary>
    private static bool IsInvisible(int rune) => rune is 0xAD or 0x61C or 0x180E or 0x200B or 0x200E or 0x200F or 0xFEFF
        or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x2069) or (>= 0xFFF9 and <= 0xFFFB) or 0xFFFE or 0xFFFF or (>= 0xE0000 and <= 0xE007F);
}
