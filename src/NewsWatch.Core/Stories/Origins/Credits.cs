using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Origins;

/// <summary>Whose news a text says that it tells: by a credit at its beginning or end, or by what it cites. Who is only mentioned is credited with nothing.</summary>
internal static class Credits
{
    // A dateline begins the first line; a credit ends one of the last.
    private const int Head = 120;
    private const int Tail = 200;
    private const int MaxCreditLine = 80;
    private const int MaxWordsBetween = 3;

    private static readonly ILookup<string, string> Words = WordList.Sections("Stories.Words.credits.txt").ToLookup(line => line.Section, line => line.Text);
    private static readonly FrozenSet<string> Agency = Words["agency"].ToFrozenSet();
    private static readonly FrozenSet<string> Image = Words["image"].ToFrozenSet();
    private static readonly string[] Told = [.. Words["told"].OrderByDescending(cue => cue.Length)];
    private static readonly string[] Tells = [.. Words["tells"]];
    private static readonly string[] Release = [.. Words["release"]];

    /// <summary>The source that a byline names; null for none.</summary>
    public static string? OfByline(IEnumerable<string> authors, NamedSources sources) =>
        authors.SelectMany(author => sources.In(author).Select(mention => mention.Name)).FirstOrDefault();

    /// <summary>The source that a text credits in its dateline, in its last lines, or else cites first; null for none.</summary>
    public static string? Of(string text, NamedSources sources)
    {
        var mentions = sources.In(text).ToList();
        return mentions.FirstOrDefault(mention => IsDateline(text, mention) || IsTail(text, mention)).Name ?? mentions.FirstOrDefault(mention => IsCited(text, mention)).Name;
    }

    /// <summary>The source that a text cites: "W reported", "told W", "according to W"; null for none.</summary>
    public static string? Cited(string text, NamedSources sources) => sources.In(text).FirstOrDefault(mention => IsCited(text, mention)).Name;

    /// <summary>True where a text, or its byline, calls itself a press release.</summary>
    public static bool IsRelease(string text, IEnumerable<string> authors) =>
        authors.Append(text[..Math.Min(Head, text.Length)]).Append(LastLine(text)).Any(part => Release.Any(word => part.Contains(word, StringComparison.OrdinalIgnoreCase)));

    // WARDEN (Reuters) -, МОСКВА, 6 авг - РИА Новости., Київ. УНІАН., 新华社北京8月6日电
    private static bool IsDateline(string text, Mention mention)
    {
        if (mention.Start > Head)
        {
            return false;
        }

        var (before, after) = (Before(text, mention.Start), After(text, mention.End));
        return IsBracketed(before, after)
            || (before is '-' or '–' or '—' or '.' or ',' && after is '.' or '/' or '\n' or '-' or '–' or '—')
            || (mention.Start <= 2 && text[mention.Start] >= '\u3400' && text.AsSpan(mention.End, Math.Min(20, text.Length - mention.End)).Contains('电'))
            || (text.IndexOf('\n') is var line and > 0 && mention.End <= line && IsCreditLine(text[..line]));
    }

    // (Reuters), © AFP, Reporting by Reuters; editing by our desk.
    private static bool IsTail(string text, Mention mention)
    {
        if (mention.End < text.Length - Tail)
        {
            return false;
        }

        if (text.AsSpan(mention.End).Trim(" )]/.\n").IsEmpty && IsBracketed(Before(text, mention.Start), After(text, mention.End)))
        {
            return true;
        }

        var start = text.LastIndexOf('\n', Math.Max(0, mention.Start - 1)) + 1;
        var end = text.IndexOf('\n', mention.End);
        return start > 0 && IsCreditLine(text[start..(end < 0 ? text.Length : end)]);
    }

    private static bool IsBracketed(char before, char after) => (before is '(' or '[' or '（' && after is ')' or ']' or '）' or '/' or ',' or ';') || (before is '/' && after is '/') || before is '©';

    private static bool IsCreditLine(string line) =>
        line.Length <= MaxCreditLine && !line.ToLowerInvariant().Split([' ', ':', '/', '(', ')', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Any(Image.Contains);

    private static string LastLine(string text) => text.TrimEnd()[(text.TrimEnd().LastIndexOf('\n') + 1)..] is { Length: <= MaxCreditLine } line ? line : "";

    private static bool IsCited(string text, Mention mention)
    {
        var before = text[Math.Max(0, mention.Start - 60)..mention.Start].ToLowerInvariant();
        var after = text[mention.End..Math.Min(text.Length, mention.End + 40)].ToLowerInvariant();
        return (before.Length > 0 && before[^1] == 'ل' && text[mention.Start] is >= '\u0600' and <= '\u06FF') || IsToldTo(before) || Says(after);
    }

    private static bool IsToldTo(string before)
    {
        var left = before.TrimEnd(' ', '«', '"', '“', '„', '\'', '’');
        for (var i = 0; i <= MaxWordsBetween; i++)
        {
            if (Told.Any(cue => EndsWithWord(left, cue)))
            {
                return true;
            }

            var word = left.LastIndexOfAny([' ', '\'', '’']) + 1;
            if (!Agency.Contains(left[word..]))
            {
                return false;
            }

            left = left[..word].TrimEnd(' ', '\'', '’');
        }

        return false;
    }

    private static bool Says(string after)
    {
        var rest = after.TrimStart(' ', '»', '"', '”', '“');
        for (var i = 0; i <= MaxWordsBetween; i++)
        {
            if (Tells.Any(cue => StartsWithWord(rest, cue)))
            {
                return true;
            }

            // State TV of Tolva reported, Reuters news agency said
            var words = rest.Split(' ', 3);
            if (words.Length == 3 && words[0] is "of" or "in")
            {
                rest = words[2];
            }
            else if (words.Length > 1 && Agency.Contains(words[0]))
            {
                rest = rest[(words[0].Length + 1)..];
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static bool EndsWithWord(string text, string cue) =>
        text.EndsWith(cue, StringComparison.Ordinal) && (cue[0] >= '\u3400' || text.Length == cue.Length || !char.IsLetterOrDigit(text[^(cue.Length + 1)]));

    private static bool StartsWithWord(string text, string cue) =>
        text.StartsWith(cue, StringComparison.Ordinal) && (cue[0] >= '\u3400' || text.Length == cue.Length || !char.IsLetterOrDigit(text[cue.Length]));

    private static char Before(string text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
        {
            at--;
        }

        return at > 0 ? text[at - 1] : '\0';
    }

    private static char After(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length ? text[at] : '\n';
    }
}
