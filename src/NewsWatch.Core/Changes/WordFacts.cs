using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>Reads the words of a paragraph with what they carry: numbers by value, days and months, negations.</summary>
internal sealed class WordFacts(ChangeWords vocabulary)
{
    private const string Not = "not";
    private readonly TokenStream _tokens = new();

    /// <summary>The words of a paragraph that begins at <paramref name="offset"/> in its field.</summary>
    public List<Word> Read(string text, int offset)
    {
        _tokens.Read(text);
        var words = new List<Word>(_tokens.Count);
        var quotes = new QuotationMarks(text);
        for (var i = 0; i < _tokens.Count; i++)
        {
            var word = WordOf(text, i, quotes.IsInside(_tokens.Start[i], out var opens), offset);
            var begins = i > 0 && _tokens.Marks[i].Has(TokenMarks.Sentence);
            Add(words, word with { BeginsSentence = begins, IsOpening = i == 0 || begins || opens });
        }

        return NumberPhrases.Join(words, vocabulary);
    }

    private Word WordOf(string text, int token, bool quoted, int offset)
    {
        var (start, end) = (_tokens.Start[token], _tokens.End[token]);
        var key = Bare(_tokens.FoldedOf(token).ToString());
        var capital = char.IsUpper(text[start]);
        var (meaning, kind) = Meaning(key, capital);
        return new(meaning, start + offset, end + offset, kind)
        {
            IsCapital = capital,
            IsQuoted = quoted,
            IsSpelled = kind == WordKind.Number && !char.IsAsciiDigit(key[0]),
            IsScale = kind == WordKind.Number && vocabulary.ScaleOf(key) is not null,
        };
    }

    private (string Key, WordKind Kind) Meaning(string key, bool capital)
    {
        if (char.IsAsciiDigit(key[0]))
        {
            return (ValueOf(key), WordKind.Number);
        }

        if ((capital || !vocabulary.CapitalDates) && vocabulary.DateOf(key) is { } date)
        {
            return (date, WordKind.Date);
        }

        return (vocabulary.NumberOf(key) ?? vocabulary.ScaleOf(key)) is { } value ? (NumberPhrases.KeyOf(value), WordKind.Number)
            : vocabulary.IsNegation(key) ? (key, WordKind.Negation)
            : (key, vocabulary.IsRelativeDay(key) ? WordKind.Relative : WordKind.Plain);
    }

    // "hasn't" is "has not"; "can't" and "won't" are none of their verbs, which matters little.
    private static void Add(List<Word> words, Word word)
    {
        if (word.Key.EndsWith("n't", StringComparison.Ordinal))
        {
            words.Add(word with { Key = word.Key[..^3], Kind = WordKind.Plain });
            words.Add(word with { Key = Not, Kind = WordKind.Negation, BeginsSentence = false, IsOpening = false, IsCapital = false });
        }
        else if (word.Key == "cannot")
        {
            words.Add(word with { Key = "can", Kind = WordKind.Plain });
            words.Add(word with { Key = Not, BeginsSentence = false, IsOpening = false, IsCapital = false });
        }
        else
        {
            words.Add(word);
        }
    }

    private static string Bare(string key) => key.Length > 2 && key.EndsWith("'s", StringComparison.Ordinal) ? key[..^2] : key;

    // "4.50" is 4.5, "14th" is 14, "3.2bn" is 3.2 with its scale.
    private static string ValueOf(string key)
    {
        var end = 0;
        while (end < key.Length && (char.IsAsciiDigit(key[end]) || key[end] == '.'))
        {
            end++;
        }

        if (!decimal.TryParse(key.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return key;
        }

        return key[end..] switch
        {
            "" or "st" or "nd" or "rd" or "th" => NumberPhrases.KeyOf(value),
            "bn" => NumberPhrases.KeyOf(value, 1_000_000_000),
            "mn" => NumberPhrases.KeyOf(value, 1_000_000),
            "k" => NumberPhrases.KeyOf(value, 1_000),
            var unit => NumberPhrases.KeyOf(value) + unit,
        };
    }
}
