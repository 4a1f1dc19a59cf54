using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>A sentence or two of an article with its hits marked.</summary>
/// <param name="Field">The field of the article.</param>
/// <param name="Text">The original text, cut at sentence ends where possible ("…" where it was cut inside one); at most about 2,000 UTF-16 code units.</param>
/// <param name="Marks">Spans of <paramref name="Text"/> that are hits, ordered, not overlapping.</param>
public sealed record Excerpt(Field Field, string Text, IReadOnlyList<Mark> Marks)
{
    // The separator between two consecutive sentences: a space, or a paragraph's end.
    private const int MaxBetween = 4;

    /// <summary>First UTF-16 code unit in the field's original text; 0 where that is not known.</summary>
    public int Start { get; init; }

    /// <summary>The code unit behind its last one; 0 where that is not known.</summary>
    public int End { get; init; }

    /// <summary>True where words of the text are left out between an excerpt and this one, which comes later.</summary>
    public bool LeavesGapAfter(Excerpt earlier) => earlier.Field == Field && Start > earlier.End + MaxBetween;
}

/// <summary>A marked span, in UTF-16 code units of the excerpt's text.</summary>
public sealed record Mark(int Start, int Length, bool Negated);

/// <summary>A rule that matched, with its hits and the sentences around them.</summary>
public sealed record ExcerptedMatch(string RuleId, IReadOnlyList<Hit> Hits, IReadOnlyList<Excerpt> Excerpts)
{
    /// <summary>The deadlines that the rule asks for, at most 3.</summary>
    public IReadOnlyList<DeadlineFacts> Deadlines { get; init; } = [];

    /// <summary>The quotes that the rule asks for, at most 2.</summary>
    public IReadOnlyList<QuoteFacts> Quotes { get; init; } = [];
}
