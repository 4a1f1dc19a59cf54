namespace NewsWatch.Core.Rules.Language;

/// <summary>How a word of a term meets a token.</summary>
internal enum WordKind
{
    /// <summary>The folded word itself.</summary>
    Exact,

    /// <summary>The word or one of its English inflections.</summary>
    Inflected,

    /// <summary>A pattern with <c>*</c> and <c>?</c>.</summary>
    Wildcard,
}

/// <summary>One word of a term.</summary>
/// <param name="Kind">How it meets a token.</param>
/// <param name="Folded">The folded word or pattern.</param>
/// <param name="Case">The capitals it must have (bit per folded character), or null when any case will do.</param>
/// <param name="SameSentence">Whether no sentence end may stand between it and the word before.</param>
internal readonly record struct TermWord(WordKind Kind, string Folded, ulong? Case, bool SameSentence);

/// <summary>A term: any of these sequences of words, which stand side by side in the text.</summary>
internal sealed record Term(string Text, IReadOnlyList<TermWord[]> Sequences);

/// <summary>A term, or everything that is wrong with its text.</summary>
internal sealed record TermResult(Term Term, IReadOnlyList<QueryError> Errors);
