using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>A sentence or two of an article with its hits marked.</summary>
/// <param name="Field">Where it stands.</param>
/// <param name="Text">The original text, cut at sentence ends where possible ("…" where it was cut inside one); at most about 2,000 UTF-16 code units.</param>
/// <param name="Marks">Spans of <paramref name="Text"/> that are hits, ordered, not overlapping.</param>
public sealed record Excerpt(Field Field, string Text, IReadOnlyList<Mark> Marks);

/// <summary>A marked span, in UTF-16 code units of the excerpt's text.</summary>
public sealed record Mark(int Start, int Length, bool Negated);

/// <summary>A rule that matched, with its hits and the sentences around them.</summary>
public sealed record ExcerptedMatch(string RuleId, IReadOnlyList<Hit> Hits, IReadOnlyList<Excerpt> Excerpts);
