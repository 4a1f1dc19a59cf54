using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>How a word of a term meets a token.</summary>
internal enum WordKind
{
    /// <summary>The folded word itself.</summary>
    Exact,

    /// <summary>The word or one of its inflections.</summary>
    Inflected,

    /// <summary>A name or one of its cases.</summary>
    Named,

    /// <summary>A name whose capital is required, or one of its cases.</summary>
    NamedWithCapital,

    /// <summary>A short first word of a phrase, alone or behind a prefix of Arabic or Hebrew; longer ones are found behind it anyway (<see cref="Affixes"/>).</summary>
    Prefixed,

    /// <summary>A pattern with <c>*</c> and <c>?</c>.</summary>
    Wildcard,

    /// <summary>The last part of a longer word: <c>*Sanktionen</c>.</summary>
    Tail,

    /// <summary>The last part of a longer word, or one of its inflections.</summary>
    InflectedTail,
}

/// <summary>One word of a term.</summary>
/// <param name="Kind">How it meets a token.</param>
/// <param name="Folded">The folded word or pattern.</param>
/// <param name="Case">The capitals it must have (bit per folded character), or null when any case will do; a token that carries an affix is another word then.</param>
/// <param name="SameSentence">Whether no sentence end may stand between it and the word before.</param>
internal readonly record struct TermWord(WordKind Kind, string Folded, ulong? Case, bool SameSentence)
{
    /// <summary>The languages whose forms of it count; for the tail of a compound, the languages of the articles.</summary>
    public Languages Languages { get; init; } = Languages.All;

    /// <summary>Whether it is written with a capital: then the forms of a name or of a German noun, or the compound that it ends, must begin with one.</summary>
    public bool Capital { get; init; }

    /// <summary>The symbols that must stand right before it, e.g. "$"; or empty.</summary>
    public string Before { get; init; } = "";

    /// <summary>The symbols that must stand right behind it, e.g. "%"; or empty.</summary>
    public string Behind { get; init; } = "";

    /// <summary>How the word must be spelled when its umlauts are written out ("muenchen"); or empty.</summary>
    public string WrittenOut { get; init; } = "";

    /// <summary>Whether meeting a token is not enough.</summary>
    public bool HasCondition => Case is not null || SameSentence || Before.Length > 0 || Behind.Length > 0 || WrittenOut.Length > 0;

    /// <summary>The folded words that meet it; none for a pattern.</summary>
    public IReadOnlyList<Form> Forms() => Kind switch
    {
        WordKind.Exact or WordKind.Tail => [new Form(Folded, Languages.All, false)],
        WordKind.Prefixed => Terms.Forms.Prefixed(Folded),
        WordKind.Inflected => Terms.Forms.Inflected(Folded, Capital, Languages),
        WordKind.InflectedTail => Terms.Forms.Inflected(Folded, Capital, Languages & (Languages.German | Languages.Dutch)),
        WordKind.Named => Terms.Forms.Named(Folded, Capital, Languages),
        WordKind.NamedWithCapital => [.. Terms.Forms.Named(Folded, Capital, Languages).Select(form => form with { Capital = true })],
        _ => [],
    };
}

/// <summary>A term: any of these sequences of words, which stand side by side in the text.</summary>
internal sealed record Term(string Text, IReadOnlyList<TermWord[]> Sequences);

/// <summary>A term as a rule or its vocabulary gives it.</summary>
/// <param name="Text">As written.</param>
/// <param name="IsName">Whether it is the name of a person, a place or an organisation, which is found in its cases.</param>
/// <param name="Languages">The languages that it may be written in.</param>
internal readonly record struct TermSource(string Text, bool IsName, Languages Languages)
{
    /// <summary>A term of a rule.</summary>
    public static TermSource Plain(string text) => new(text, false, Languages.All);
}

/// <summary>A term, everything that is wrong with its text, and what its author may not expect.</summary>
internal sealed record TermResult(Term Term, IReadOnlyList<QueryError> Errors, IReadOnlyList<QueryError> Warnings);
