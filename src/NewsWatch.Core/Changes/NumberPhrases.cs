using System.Globalization;

namespace NewsWatch.Core.Changes;

/// <summary>Joins the words of one number ("two million" is 2000000), and tells days of a month and years from other numbers.</summary>
internal static class NumberPhrases
{
    // "Friday, July 21, 2017"
    private const int LastOfDateline = 2;

    /// <summary>The key of a number's value.</summary>
    public static string KeyOf(decimal value, decimal scale = 1)
    {
        // What is too large to multiply keeps its own value.
        value = Math.Abs(value) < 1_000_000_000_000 ? value * scale : value;
        return value.ToString("0.####", CultureInfo.InvariantCulture);
    }

    public static List<Word> Join(List<Word> words, ChangeWords vocabulary)
    {
        var joined = new List<Word>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            while (word.Kind == WordKind.Number && i + 1 < words.Count && Joined(word, words[i + 1]) is { } whole)
            {
                (word, i) = (whole, i + 1);
            }

            joined.Add(word);
        }

        return [.. joined.Select((word, i) => IsOfDate(joined, i, vocabulary) ? word with { Kind = WordKind.Date, Key = "on" + word.Key } : word)];
    }

    private static Word? Joined(Word word, Word next)
    {
        if (next.Kind != WordKind.Number || next.BeginsSentence || !Value(word.Key, out var value) || !Value(next.Key, out var more))
        {
            return null;
        }

        if (next.IsScale && value < more)
        {
            return Whole(word, next, KeyOf(value, more));
        }

        // "twenty-one", 二十一: never "30 7".
        return word.IsSpelled && next.IsSpelled && value >= 10 && value % 10 == 0 && more is >= 1 and <= 9 ? Whole(word, next, KeyOf(value + more)) : null;
    }

    private static Word Whole(Word word, Word next, string key) => word with { Key = key, End = next.End };

    private static bool Value(string key, out decimal value) => decimal.TryParse(key, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static bool IsOfDate(List<Word> words, int at, ChangeWords vocabulary)
    {
        if (words[at].Kind != WordKind.Number || !Value(words[at].Key, out var value) || value % 1 != 0 || value is < 1 or > 2100)
        {
            return false;
        }

        // A dateline's day is the page's, not one that the article tells of.
        if (at <= LastOfDateline && at + 1 < words.Count && Value(words[at + 1].Key, out var year) && year >= 1900)
        {
            return false;
        }

        var isDay = value <= 31;
        var isYear = value >= 1900;
        return (isDay || isYear) && (IsMonth(words, at - 1) || IsMonth(words, at + 1) || (isYear && IsMonth(words, at - 2)) || IsSign(words, at + 1, vocabulary));
    }

    private static bool IsMonth(List<Word> words, int at) => at >= 0 && at < words.Count && words[at].Kind == WordKind.Date && words[at].Key.StartsWith("month", StringComparison.Ordinal);

    // Chinese writes 8月5日.
    private static bool IsSign(List<Word> words, int at, ChangeWords vocabulary) => vocabulary.Language == "zh" && at < words.Count && words[at].Key is "月" or "日" or "号" or "年";
}
