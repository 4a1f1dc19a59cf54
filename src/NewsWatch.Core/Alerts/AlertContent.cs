using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Alerts;

/// <summary>
/// Everything an alert says, as it was decided: rendered into mails and webhooks without asking anything else,
/// so that a retry tomorrow says what the first attempt said.
/// </summary>
public sealed record AlertContent
{
    /// <summary>The alert's key: rule, story, reason and step; stable for ever.</summary>
    public required string Key { get; init; }

    /// <summary>Why this alert exists.</summary>
    public required AlertReason Reason { get; init; }

    /// <summary>Its severity.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The rule that fired.</summary>
    public required RuleFacts Rule { get; init; }

    /// <summary>The story's id.</summary>
    public required long Story { get; init; }

    /// <summary>1 for the first alert of a rule on a story, then counting.</summary>
    public int Step { get; init; } = 1;

    /// <summary>The article that matched.</summary>
    public required ArticleFacts Article { get; init; }

    /// <summary>The hits.</summary>
    public required IReadOnlyList<Hit> Hits { get; init; }

    /// <summary>The names of the entities that were found, by the clause that asks for each: <c>@norland</c> is Norland.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The sentences around the hits, cut and marked once for every channel; at most 90 words in all.</summary>
    public required IReadOnlyList<Excerpt> Excerpts { get; init; }

    /// <summary>What changed, in a correction or withdrawal; null in all others.</summary>
    public ChangeFacts? Change { get; init; }

    /// <summary>The deadlines that the rule asks for.</summary>
    public IReadOnlyList<DeadlineFacts> Deadlines { get; init; } = [];

    /// <summary>The quotes that the rule asks for, with their speakers.</summary>
    public IReadOnlyList<QuoteFacts> Quotes { get; init; } = [];

    /// <summary>Other sources that carry the report.</summary>
    public IReadOnlyList<OtherSource> OtherSources { get; init; } = [];

    /// <summary>The story as it stood; null in alerts of earlier versions.</summary>
    public StoryFacts? StoryFacts { get; init; }

    /// <summary>What is new and what was known; null for a first report.</summary>
    public FollowUp? FollowUp { get; init; }
}

/// <summary>The rule as it stood when it fired.</summary>
/// <param name="When">The query as its author wrote it.</param>
public sealed record RuleFacts(string Id, string Title, string When, string? Owner, IReadOnlyDictionary<string, string> Labels);

/// <summary>The article as it stood when it matched.</summary>
/// <param name="SourceName">What a reader calls the source: the publisher's name, else the article's site, else the source's id in words.</param>
public sealed record ArticleFacts(
    long Id,
    string Url,
    string Title,
    string Source,
    string SourceName,
    IReadOnlyList<string> Authors,
    DateTimeOffset? Published,
    DateTimeOffset FirstSeen,
    string Language,
    Completeness Completeness);

/// <summary>Another source that carries the story.</summary>
public sealed record OtherSource(string Name, string Title, string Url, DateTimeOffset? Published);


/// <summary>What a correction or withdrawal says of the alert that it corrects.</summary>
/// <param name="Corrects">The key of that alert.</param>
/// <param name="ToldTitle">The headline that was told.</param>
/// <param name="Told">When the version that was told was seen.</param>
/// <param name="Seen">When the change was seen.</param>
/// <param name="Class">The gravest class of all changes.</param>
/// <param name="Changes">The changes that are told, the gravest first; at most <see cref="MaxChanges"/>.</param>
public sealed record ChangeFacts(string Corrects, string ToldTitle, DateTimeOffset Told, DateTimeOffset Seen, ChangeClass Class, IReadOnlyList<AlertedChange> Changes)
{
    /// <summary>More changes of one version are left out.</summary>
    public const int MaxChanges = 8;
}

/// <summary>One change, as it is shown.</summary>
/// <param name="Old">The sentence as it was, the changed words marked; null where it was added.</param>
/// <param name="New">The sentence as it is, the changed words marked; null where it was taken away.</param>
public sealed record AlertedChange(ChangeClass Class, Excerpt? Old, Excerpt? New)
{
    /// <summary>A change between two versions, as it is shown.</summary>
    public static AlertedChange From(TextChange change) => new(
        change.Class, Shown(change.Old, change.Before?.Field ?? Field.Body), Shown(change.New, change.After?.Field ?? Field.Body));

    private static Excerpt? Shown(MarkedSentence? sentence, Field field) =>
        sentence is null ? null : new(field, sentence.Text, [.. sentence.Marks.Select(mark => new Mark(mark.Start, mark.Length, Negated: false))]);
}
