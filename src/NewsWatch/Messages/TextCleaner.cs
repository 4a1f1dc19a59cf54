using System.Globalization;
using System.Text;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Core.Text;

namespace NewsWatch.Messages;

/// <summary>
/// Makes text from outside harmless, once, before any mail or webhook sees it: one line, no control characters, no bidi overrides, no
/// invisible characters and none that only look blank, no lone surrogates, no piles of accents, at most 300 graphemes.
/// </summary>
internal static class TextCleaner
{
    private const int MaxGraphemes = 300;
    private const int MaxExcerpt = 600;
    private const int MaxExcerpts = 12;
    private const int MaxLine = 1200;
    private const int AroundHit = 80;
    private const int MaxAccents = 4;
    private const int MaxRead = 50_000;

    /// <summary>One clean line; a longer one ends in "…".</summary>
    public static string Line(string? text, int most = MaxGraphemes)
    {
        var clean = Plain(text ?? "").Trim();
        return Cut(clean, most);
    }

    /// <summary>Clean text that keeps its line breaks: notices, written by us about things from outside.</summary>
    public static string Lines(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line, MaxLine)));

    /// <summary>Text with its line breaks and tabs, in which a terminal finds nothing to obey: what is left out elsewhere shows as U+FFFD here.</summary>
    public static string Visible(string text)
    {
        var clean = new StringBuilder(text.Length);
        var accents = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            accents = IsAccent(rune) ? accents + 1 : 0;
            if (accents <= MaxAccents)
            {
                clean.Append(rune.Value is '\n' or '\t' || !(Rune.IsControl(rune) || InvisibleLetters.IsIgnorable(rune.Value) || InvisibleLetters.IsBlank(rune.Value)) ? rune.ToString() : "\uFFFD");
            }
        }

        return clean.ToString();
    }

    /// <summary>Everything an alert says, clean.</summary>
    public static AlertContent Alert(AlertContent alert) => Alert(alert, Headlines(alert));

    private static AlertContent Alert(AlertContent alert, IReadOnlyList<Excerpt> headlines) => alert with
    {
        Rule = alert.Rule with { Title = Line(alert.Rule.Title), When = Line(alert.Rule.When), Owner = alert.Rule.Owner is { } owner ? Line(owner) : null },
        Article = alert.Article with
        {
            Title = headlines[0].Text,
            SourceName = Line(alert.Article.SourceName, 80),
            Authors = [.. alert.Article.Authors.Select(author => Line(author, 80)).Where(author => author.Length > 0).Take(5)],
        },
        Hits = [.. alert.Hits.Select(hit => hit with
        {
            Quote = Line(hit.Quote, 80), Clause = Line(hit.Clause, 120), Term = Line(hit.Term, 80), NegationCue = hit.NegationCue is { } cue ? Line(cue, 40) : null,
        })],
        Names = alert.Names.ToDictionary(name => name.Key, name => Line(name.Value, 80)),
        Excerpts = [.. headlines.Where(headline => headline.Marks.Count > 0), .. alert.Excerpts.Where(excerpt => excerpt.Field != Field.Title).Take(MaxExcerpts).Select(excerpt => Marked(excerpt))],
        Change = alert.Change is { } change ? Changed(change) : null,
        Deadlines = [.. alert.Deadlines.Select(Clean)],
        Quotes = [.. alert.Quotes.Select(quote => new QuoteFacts(Line(quote.Speaker, 80), Line(quote.Quote)))],
        OtherSources = [.. alert.OtherSources.Select(other => other with { Name = Line(other.Name, 80), Title = Line(other.Title) })],
        StoryFacts = alert.StoryFacts is { } story ? story with { Headline = Line(story.Headline), AlsoToldAs = [.. story.AlsoToldAs.Select(headline => Line(headline))], Sources = story.Sources is { } sources ? Clean(sources) : null } : null,
        FollowUp = alert.FollowUp is { } news ? news with { New = Line(news.New), Before = Clean(news.Before) } : null,
    };

    private static DeadlineFacts Clean(DeadlineFacts deadline) => deadline with
    {
        Holder = deadline.Holder is { } holder ? Line(holder, 80) : null,
        Quote = Line(deadline.Quote, 80),
        Sentence = Line(deadline.Sentence, 300),
        Before = deadline.Before is { } before ? Clean(before) : null,
    };

    private static Corroboration Clean(Corroboration sources) =>
        sources with { Origins = [.. sources.Origins.Select(origin => origin with { Name = Line(origin.Name, 80), Via = [.. origin.Via.Select(via => Line(via, 80))] })] };

    private static ChangeFacts Changed(ChangeFacts change) => change with
    {
        ToldTitle = Line(change.ToldTitle),
        Changes = [.. change.Changes.Select(one => one with { Old = one.Old is { } old ? Marked(old) : null, New = one.New is { } now ? Marked(now) : null })],
    };

    private static EarlierNews Clean(EarlierNews news) => news with { Headline = Line(news.Headline), Source = Line(news.Source, 80), AlsoBy = [.. news.AlsoBy.Select(name => Line(name, 80))] };

    /// <summary>The headline with its hits, as far as it is shown, and the words around the first hit behind that.</summary>
    private static IReadOnlyList<Excerpt> Headlines(AlertContent alert)
    {
        var title = alert.Article.Title;
        var marks = alert.Hits
            .Where(hit => hit.Field == Field.Title && hit.Start >= 0 && hit.Start + hit.Length <= title.Length && string.CompareOrdinal(title, hit.Start, hit.Quote, 0, hit.Quote.Length) == 0)
            .Select(hit => new Mark(hit.Start, hit.Length, hit.Negated))
            .ToList();
        var headline = Trimmed(Marked(new(Field.Title, title, marks) { End = title.Length }, MaxGraphemes));
        var behind = headline.Text.EndsWith('…') ? marks.Find(mark => mark.Start >= headline.Text.Length) : null;
        return behind is null ? [headline] : [headline, Around(title, behind)];
    }

    private static Excerpt Trimmed(Excerpt excerpt)
    {
        var blank = excerpt.Text.Length - excerpt.Text.TrimStart().Length;
        return excerpt with { Text = excerpt.Text.Trim(), Marks = [.. excerpt.Marks.Where(mark => mark.Start >= blank).Select(mark => mark with { Start = mark.Start - blank })] };
    }

    private static Excerpt Around(string title, Mark mark)
    {
        var from = title.LastIndexOf(' ', Math.Max(0, mark.Start - AroundHit)) + 1;
        var to = title.IndexOf(' ', Math.Min(title.Length - 1, mark.Start + mark.Length + AroundHit)) is > 0 and var space ? space : title.Length;
        return Marked(new(Field.Title, $"…{title[from..to]}{(to < title.Length ? "…" : "")}", [mark with { Start = mark.Start - from + 1 }]) { Start = from, End = to });
    }

    /// <summary>Cleans an excerpt and keeps its marks in place.</summary>
    public static Excerpt Marked(Excerpt excerpt, int most = MaxExcerpt)
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
            if (text.Length + before.Length + mark.Length > most)
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

        text.Append(Cut(Plain(excerpt.Text[at..Math.Min(excerpt.Text.Length, at + (2 * most))]), Math.Max(1, most - text.Length)));
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
        var clean = new StringBuilder(Math.Min(text.Length, MaxRead));
        Span<char> units = stackalloc char[2];
        var accents = 0;
        var joiner = 0;
        foreach (var rune in (text.Length <= MaxRead ? text : text[..MaxRead]).EnumerateRunes())
        {
            accents = IsAccent(rune) ? accents + 1 : 0;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || InvisibleLetters.IsBlank(rune.Value))
            {
                joiner = 0;
                AppendBlank(clean);
            }
            else if (InvisibleLetters.IsJoiner(rune.Value))
            {
                joiner = clean.Length > 0 && clean[^1] != ' ' ? rune.Value : 0;
            }
            else if (accents <= MaxAccents && IsShown(rune.Value, clean))
            {
                clean.Append(joiner == 0 ? "" : joiner == 0x200C ? "\u200C" : "\u200D").Append(units[..rune.EncodeToUtf16(units)]);
                joiner = 0;
            }
        }

        return clean.ToString();
    }

    private static void AppendBlank(StringBuilder clean)
    {
        if (clean.Length == 0 || clean[^1] != ' ')
        {
            clean.Append(' ');
        }
    }

    // One variation selector belongs to the character before it; more of them carry hidden bytes.
    private static bool IsShown(int rune, StringBuilder clean) => InvisibleLetters.IsVariationSelector(rune)
        ? clean.Length > 0 && clean[^1] != ' ' && !InvisibleLetters.IsVariationSelector(clean[^1])
        : !InvisibleLetters.IsIgnorable(rune);

    private static bool IsAccent(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
