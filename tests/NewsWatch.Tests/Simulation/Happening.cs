using NewsWatch.Core.Feeds;

namespace NewsWatch.Tests.Simulation;

/// <summary>Something that happens in the simulated world, and what is known about how it was reported.</summary>
/// <param name="Number">Its headline names it, so that it is found again in every message.</param>
/// <param name="Matches">True when the watched word is in its headline.</param>
/// <param name="At">When it happened.</param>
internal sealed record Happening(int Number, bool Matches, DateTimeOffset At)
{
    /// <summary>Reported with a date far before anything a reader would call news.</summary>
    public bool IsOld { get; init; }

    /// <summary>True once a poll that showed it, as news and not as the first look at a source, was committed.</summary>
    public bool WasSeen { get; set; }

    /// <summary>True when the first look at some source showed it.</summary>
    public bool WasBaseline { get; set; }

    public string Headline => $"{(Matches ? "Truce" : "Harvest")} number {Number} is announced along the northern border";

    /// <summary>The number in a headline of any source.</summary>
    public static int NumberOf(string headline) => int.Parse(headline.Split(' ')[2], null);
}

/// <summary>An entry of a simulated feed.</summary>
internal sealed record Entry(Happening About, string Guid, string Link, string Title, DateTimeOffset? Published)
{
    public FeedItem Item => new() { Id = Guid, Link = Link, Title = Title, Text = $"More on {About.Number} follows.", Published = Published };
}
