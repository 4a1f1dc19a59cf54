using NewsWatch.Core.Stories.Origins;

namespace NewsWatch.Core.Alerts;

/// <summary>A story as it stood when an alert was decided.</summary>
/// <param name="Reports">How many reports it has, the alert's included; 1 where a story is what comes under one headline.</param>
/// <param name="Articles">How many articles carry them.</param>
/// <param name="FirstSeen">When the first of them was seen.</param>
/// <param name="Headline">The headline of its thread's first report.</param>
public sealed record StoryFacts(int Reports, int Articles, DateTimeOffset FirstSeen, string Headline)
{
    /// <summary>Who tells it; null in alerts of earlier versions.</summary>
    public Corroboration? Sources { get; init; }

    /// <summary>The first headlines of stories that turned out to be this one since the thread's last message.</summary>
    public IReadOnlyList<string> AlsoToldAs { get; init; } = [];
}

/// <summary>What an alert says beside the earlier ones of its thread.</summary>
/// <param name="New">The sentence that is new: the headline, or where the thread has told that, a sentence of the text.</param>
/// <param name="Before">What the thread told last; of a report that may be the same, what it told of that.</param>
/// <param name="MayRepeat">True where the article may tell that report again.</param>
public sealed record FollowUp(string New, EarlierNews Before, bool MayRepeat);

/// <summary>What an earlier alert told.</summary>
/// <param name="Headline">Its headline.</param>
/// <param name="Source">What a reader calls its source.</param>
/// <param name="At">When it was published, else first seen.</param>
/// <param name="AlsoBy">Who has reported it since; at most five.</param>
public sealed record EarlierNews(string Headline, string Source, DateTimeOffset At, IReadOnlyList<string> AlsoBy);
