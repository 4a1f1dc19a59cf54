namespace NewsWatch.Desk.Api;

// What programs read of news. Version 1 only grows: a field is never renamed, moved or given another meaning.

/// <summary>A page of a list.</summary>
/// <param name="Next">Where the next page is; null on the last one.</param>
internal sealed record ListJson<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>An alert.</summary>
/// <param name="Deliveries">How many deliveries are in each state.</param>
internal sealed record AlertJson(
    long Id, string Key, DateTimeOffset At, string Rule, string RuleTitle, string Severity, string Reason, int Step, string Title, string Url, string Source, string SourceName, long Article, long Story,
    string Configuration, IReadOnlyDictionary<string, int> Deliveries);

/// <summary>An alert with why it exists and who got it.</summary>
/// <param name="When">The rule's query as it was then.</param>
/// <param name="WhenToday">The rule's query as it is in force now; null when the rule is no longer configured.</param>
internal sealed record AlertSheetJson(
    AlertJson Alert, string When, string? WhenToday, IReadOnlyList<HitJson> Hits, IReadOnlyList<ExcerptJson> Excerpts, IReadOnlyList<DecisionJson> Decisions, IReadOnlyList<SentJson> Deliveries,
    IReadOnlyList<AlertJson> OthersOfStory);

/// <summary>A place where a clause of a rule matched.</summary>
/// <param name="Start">In UTF-16 code units of the field.</param>
internal sealed record HitJson(string Field, int Start, int Length, string Quote, string Clause, string Term, bool Negated);

/// <summary>A sentence around hits.</summary>
internal sealed record ExcerptJson(string Field, string Text, IReadOnlyList<MarkJson> Marks);

/// <summary>A marked place of a text, in UTF-16 code units.</summary>
internal sealed record MarkJson(int Start, int Length, bool Negated);

/// <summary>A story.</summary>
/// <param name="Key">Stable for ever, also after a restore.</param>
internal sealed record StoryJson(long Id, string Key, string Title, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, int Articles, int Sources, int Alerts);

/// <summary>A story and all that came of it.</summary>
internal sealed record StorySheetJson(StoryJson Story, IReadOnlyList<ReadingJson> Readings, IReadOnlyList<AlertJson> Alerts, IReadOnlyList<StoryChangeJson> Changes);

/// <summary>That a story and another turned out to be one (merged), or one to be two (split).</summary>
internal sealed record StoryChangeJson(DateTimeOffset At, string Kind, long Other, string Title);

/// <summary>One time that rules saw an article.</summary>
internal sealed record ReadingJson(long Id, long Article, DateTimeOffset At, string Title, string Source, string Stage, string Change, string? Configuration);

/// <summary>An article in a list.</summary>
/// <param name="Rules">The rules that alerted about it.</param>
/// <param name="Snippets">The sentences around the words of a search; empty without one.</param>
internal sealed record ArticleJson(
    long Id, long Story, string Url, string Title, string Source, string Language, DateTimeOffset FirstSeen, DateTimeOffset? Published, IReadOnlyList<string> Rules, IReadOnlyList<ExcerptJson> Snippets);

/// <summary>An article as rules saw it, and what came of it.</summary>
/// <param name="Why">What the subscriber who was asked about got of it, or what stopped it.</param>
internal sealed record ArticleSheetJson(
    long Id, long Story, string Url, string Title, string Text, IReadOnlyList<string> Authors, string Source, string Language, DateTimeOffset FirstSeen, DateTimeOffset? Published,
    IReadOnlyList<ReadingJson> Readings, IReadOnlyList<RuleVerdictJson> Rules, IReadOnlyList<WhyJson> Why, IReadOnlyList<AlertJson> Alerts);

/// <summary>Whether a rule fires, and the first clause that does not hold.</summary>
internal sealed record RuleVerdictJson(string Rule, string Title, bool Fires, string Reason);

/// <summary>What one rule came to for a subscriber.</summary>
internal sealed record WhyJson(string? Rule, string Text, bool Got);

/// <summary>Why a subscriber got an alert about an article, or not.</summary>
internal sealed record DecisionJson(DateTimeOffset At, long Article, string Title, string Source, string Rule, string Subscriber, string Outcome, string? Reason, string Why, long? Alert);
