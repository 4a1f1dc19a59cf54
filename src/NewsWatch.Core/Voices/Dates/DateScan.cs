using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>Goes through a text once and reads each phrase about time.</summary>
internal sealed class DateScan
{
    private static readonly Dictionary<string, PhraseTable<TimeWord>> Tables =
        Prose.Languages.ToDictionary(pair => pair.Key, pair => PhraseTable<TimeWord>.Read($"Voices.Dates.Words.{pair.Value}.txt"), StringComparer.Ordinal);

    private readonly Prose _prose;
    private readonly Label<TimeWord>[] _labels;
    private readonly DateReader _reader;
    private readonly TenseReader _tense;

    public DateScan(Prose prose, TimeAnchor anchor)
    {
        _prose = prose;
        _labels = Tables[prose.Language].LabelsOf(prose.Tokens);
        _reader = new(prose, _labels);
        _tense = new(prose);
        Resolver = new(anchor);
    }

    public DateResolver Resolver { get; }

    /// <summary>The phrases with their dates; durations have none.</summary>
    public List<TimePhrase> Phrases()
    {
        var found = new List<TimePhrase>();
        for (var i = 0; i < _prose.Count;)
        {
            if (!MayBegin(i) || _reader.ReadAt(i) is not var (shape, end) || IsHabit(i, shape, end) || IsAge(i, shape) || end <= i)
            {
                i++;
                continue;
            }

            if (shape.Kind != ShapeKind.None)
            {
                found.Add(new(i, end, shape, shape.Kind == ShapeKind.Duration ? null : Resolve(shape, i, end)));
            }

            i = end;
        }

        return found;
    }

    /// <summary>The date of a phrase in a tense of the caller's own.</summary>
    public DateMention? Resolve(TimePhrase phrase, Tense tense) => Resolver.Resolve(phrase.Shape, tense, _prose.Start(phrase.At), _prose.End(phrase.End - 1));

    private DateMention? Resolve(TimeShape shape, int at, int end)
    {
        var from = at;
        while (from < end - 1 && _labels[from].Kind is TimeWord.Preposition or TimeWord.At)
        {
            from += _labels[from].Length;
        }

        return Resolver.Resolve(shape, _tense.At(at, end), _prose.Start(from), _prose.End(end - 1));
    }

    private bool MayBegin(int token) => _labels[token].Kind is not (TimeWord.None or TimeWord.Of or TimeWord.Preposition or TimeWord.Every) || char.IsAsciiDigit(_prose.Text[_prose.Start(token)]);

    // "On Fridays", "every Monday", "on Monday and Tuesday nights".
    private bool IsHabit(int token, TimeShape shape, int end)
    {
        while (shape.Kind == ShapeKind.Weekday && end + 1 < _prose.Count && _labels[end + 1].Kind == TimeWord.Weekday && _prose.Tokens.FoldedOf(end) is "and" or "or")
        {
            end += 2;
        }

        return (token > 0 && _labels[token - 1].Kind == TimeWord.Every) || (shape.Kind == ShapeKind.Weekday && end < _prose.Count && _labels[end].Kind == TimeWord.Parts);
    }

    // "The people of tomorrow" live in no day; "as of tomorrow" names one.
    private bool IsAge(int token, TimeShape shape) =>
        shape.Kind == ShapeKind.Day && token > 1 && _prose.Tokens.FoldedOf(token - 1) is "of" && _prose.Tokens.FoldedOf(token - 2) is not "as";
}

/// <summary>A phrase about time.</summary>
/// <param name="At">Its first token.</param>
/// <param name="End">Behind its last token.</param>
/// <param name="Shape">What it says by itself.</param>
/// <param name="Date">The date that was made of it; null for a duration.</param>
internal sealed record TimePhrase(int At, int End, TimeShape Shape, DateMention? Date);
