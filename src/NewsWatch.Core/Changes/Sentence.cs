namespace NewsWatch.Core.Changes;

/// <summary>What a word carries.</summary>
internal enum WordKind
{
    Plain,
    Number,
    Date,

    /// <summary>A day that is named from today: "yesterday".</summary>
    Relative,

    Negation,
}

/// <summary>A word of a version.</summary>
/// <param name="Key">What tells it from other words: folded, a number by its value, a date by its day or month.</param>
/// <param name="Start">Its first UTF-16 code unit in the field.</param>
/// <param name="End">The code unit behind its last one.</param>
internal sealed record Word(string Key, int Start, int End, WordKind Kind)
{
    /// <summary>True where it begins with a capital.</summary>
    public bool IsCapital { get; init; }

    /// <summary>True where a sentence begins with it.</summary>
    public bool BeginsSentence { get; init; }

    /// <summary>True where it opens its sentence or a quote: its capital says nothing.</summary>
    public bool IsOpening { get; init; }

    /// <summary>True for a number that is written in letters.</summary>
    public bool IsSpelled { get; init; }

    /// <summary>True for a number that multiplies the one before it: "million".</summary>
    public bool IsScale { get; init; }

    /// <summary>True inside quotation marks.</summary>
    public bool IsQuoted { get; init; }
}

/// <summary>A sentence of a version.</summary>
/// <param name="Paragraph">The number of its paragraph.</param>
/// <param name="Start">Its first UTF-16 code unit in the field.</param>
/// <param name="Text">The sentence as it is written.</param>
internal sealed record Sentence(int Paragraph, int Start, string Text, IReadOnlyList<Word> Words)
{
    private const int StemLength = 5;

    /// <summary>The words alone: equal for sentences that differ in case, accents, spaces and punctuation.</summary>
    public string Key { get; } = string.Join(' ', Words.Select(word => word.Key));

    /// <summary>The beginnings of its words without those that negate: what is counted when two sentences are compared.</summary>
    public HashSet<string> Stems => field ??=
        [.. Words.Where(word => word.Kind != WordKind.Negation).Select(word => word.Kind == WordKind.Plain && word.Key.Length > StemLength ? word.Key[..StemLength] : word.Key)];

    /// <summary>The code unit behind its last one.</summary>
    public int End => Start + Text.Length;

    /// <summary>True where most of its words stand in quotation marks.</summary>
    public bool IsQuote => Words.Count(word => word.IsQuoted) * 2 > Words.Count;
}
