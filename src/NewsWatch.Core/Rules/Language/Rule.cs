namespace NewsWatch.Core.Rules.Language;

/// <summary>A watch rule's queries, parsed: it fires where <paramref name="When"/> matches and <paramref name="Unless"/> does not.</summary>
public sealed record Rule(string Id, Query When, Query? Unless)
{
    /// <summary>What it asks of an article's story before it alerts.</summary>
    public StoryNeeds Needs { get; init; } = StoryNeeds.None;

    /// <summary>The whole of <c>When</c> with all its parentheses, the conditions on the story behind it.</summary>
    public string WhenText => Needs.IsAny ? $"{When} AND {Needs}" : When.ToString();
}
