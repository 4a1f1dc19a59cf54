using NewsWatch.Backtest;

namespace NewsWatch.Desk.Api;

// What programs read of the service's work. Version 1 only grows: a field is never renamed, moved or given another meaning.

/// <summary>Is it working, what needs a person?</summary>
/// <param name="MedianSeconds">From first sight to acceptance, of the last hour; null when nothing was sent.</param>
internal sealed record NowJson(
    bool Ready, IReadOnlyList<NeedJson> Needs, double? MedianSeconds, double? P99Seconds, IReadOnlyDictionary<string, int> Sources, IReadOnlyDictionary<string, int> Deliveries, long WaitingItems,
    DateTimeOffset? NewestArticle, IReadOnlyList<AlertJson> Alerts);

/// <summary>Something that needs a person, and the command that shows or repairs it.</summary>
internal sealed record NeedJson(string What, string Command);

/// <summary>How a source is.</summary>
internal sealed record SourceJson(
    string Id, string State, DateTimeOffset Since, string Why, int Failures, DateTimeOffset? LastPoll, DateTimeOffset? LastSuccess, DateTimeOffset? LastItem, DateTimeOffset NextDue, string? MovedTo);

/// <summary>A source with the entries that it showed last.</summary>
/// <param name="Url">Null when it is no longer configured.</param>
internal sealed record SourceSheetJson(SourceJson Source, string? Url, IReadOnlyList<ItemJson> Items);

/// <summary>An entry that a source showed.</summary>
internal sealed record ItemJson(string Key, string State, DateTimeOffset FirstSeen, string? Outcome, long? Article, string? Title);

/// <summary>A delivery.</summary>
internal sealed record DeliveryJson(
    long Id, string Kind, string State, string Subscriber, string Channel, long? Alert, string? Rule, string About, DateTimeOffset Created, DateTimeOffset Due, int Attempts,
    string? LastError, string? MessageId, DateTimeOffset? SentAt, string? Reply);

/// <summary>A delivery with its attempts.</summary>
internal sealed record SentJson(DeliveryJson Delivery, IReadOnlyList<AttemptJson> Attempts);

/// <summary>A delivery with its attempts and the others of its message.</summary>
/// <param name="Subject">Of a mail; null for a webhook and for a viewer.</param>
/// <param name="Message">What its reader gets; null for a viewer.</param>
internal sealed record DeliverySheetJson(DeliveryJson Delivery, IReadOnlyList<AttemptJson> Attempts, IReadOnlyList<DeliveryJson> Together, string? Subject, string? Message);

/// <summary>One attempt to send a delivery.</summary>
internal sealed record AttemptJson(long Number, DateTimeOffset Started, DateTimeOffset Ended, string Outcome, string? Reply);

/// <summary>A rule and what it did in 30 days.</summary>
internal sealed record RuleJson(string Id, string Title, string Severity, string When, string? Unless, string? Owner, IReadOnlyDictionary<string, string> Labels, int Alerts, DateTimeOffset? LastAlert);

/// <summary>A rule's last 30 days.</summary>
/// <param name="When">Null when it is no longer configured.</param>
/// <param name="Days">Alerts a day, today last.</param>
internal sealed record RuleSheetJson(string Id, string? Title, string? When, string? Unless, IReadOnlyList<int> Days, IReadOnlyList<string> Subscribers, IReadOnlyList<AlertJson> Alerts);

/// <summary>A subscriber and what was sent in 7 days.</summary>
/// <param name="Rules">Ids; null for all rules.</param>
internal sealed record SubscriberJson(string Id, string? Email, string Channel, string TimeZone, IReadOnlyList<string>? Rules, int Sent, int Held, int Dead, DateTimeOffset? LastSent);

/// <summary>A subscriber with the newest deliveries.</summary>
internal sealed record SubscriberSheetJson(SubscriberJson Subscriber, IReadOnlyList<DeliveryJson> Deliveries);

/// <summary>A silence.</summary>
/// <param name="Ended">When a person ended it before its time; null when nobody did.</param>
internal sealed record SilenceJson(
    long Id, string Scope, string Target, string? Title, DateTimeOffset From, DateTimeOffset Until, string Reason, string By, bool Flash, bool Send, bool On, DateTimeOffset? Ended, string? EndedBy, int KeptBack);

/// <summary>A silence with what it kept back.</summary>
internal sealed record SilenceSheetJson(SilenceJson Silence, IReadOnlyList<KeptBackJson> KeptBack);

/// <summary>An alert that a silence kept back from a subscriber.</summary>
internal sealed record KeptBackJson(DateTimeOffset At, long Alert, string Subscriber, string Channel, string Rule, string Title);

/// <summary>The configuration in force.</summary>
/// <param name="Holds">How many of each kind it has.</param>
internal sealed record ConfigurationJson(string Version, DateTimeOffset? Since, IReadOnlyDictionary<string, int> Holds, IReadOnlyList<RefusedJson> Refused);

/// <summary>An edit that was refused.</summary>
/// <param name="InTheWay">True while it is what the files say.</param>
internal sealed record RefusedJson(DateTimeOffset At, bool InTheWay, IReadOnlyList<ProblemJson> Problems);

/// <summary>An error or warning about a configuration or a query.</summary>
/// <param name="Excerpt">The text with a caret line under it; null where there is none.</param>
internal sealed record ProblemJson(string Path, string Message, bool Warning, string? Excerpt);

/// <summary>What somebody did that changed the state of the service.</summary>
/// <param name="Way">desk or command.</param>
internal sealed record ActJson(long Id, DateTimeOffset At, string Actor, string Way, string What, string Target, string Detail);

/// <summary>A service that shares the database.</summary>
/// <param name="Configuration">The version that it works by; null before it said so.</param>
/// <param name="Problem">Why it is not ready; null when it is.</param>
/// <param name="Shards">How many of the 1,024 parts of all hosts are its own.</param>
/// <param name="Lanes">How many messages it may send at a time.</param>
/// <param name="LateSources">Sources of its hosts that are due and not polled yet.</param>
/// <param name="LagSeconds">For how long the first of them has been due.</param>
internal sealed record ReplicaJson(
    string Name, string Version, string? Configuration, DateTimeOffset Started, DateTimeOffset Seen, DateTimeOffset? LastCycle, string? Problem, int Shards, int Lanes, bool Leads, int LateSources, double LagSeconds);

/// <summary>A backtest.</summary>
/// <param name="Edit">True for an edit of the configuration, whose text may name secrets and is not shown.</param>
internal sealed record BacktestJson(long Id, DateTimeOffset At, string By, string Rule, string Query, string Unless, bool Edit, string Since, string Program, string State);

/// <summary>A backtest with its result.</summary>
/// <param name="Before">How many run before it; null for one that is over.</param>
/// <param name="Result">Null until it is done.</param>
/// <param name="Failure">Why it failed; null for all others.</param>
internal sealed record BacktestSheetJson(BacktestJson Backtest, int? Before, int SharePercent, BacktestResult? Result, string? Failure);

/// <summary>A query that was tried on what came in last.</summary>
/// <param name="Looked">How many readings it was tried on.</param>
/// <param name="Entry">The entry to paste into Rules.</param>
internal sealed record WorkbenchJson(
    string Query, string Unless, string? Understood, IReadOnlyList<ProblemJson> Problems, int Looked, int Found, IReadOnlyList<FunnelJson> Funnel, IReadOnlyList<TriedJson> Matches,
    IReadOnlyList<TriedJson> NearMisses, IReadOnlyList<string> Warnings, string? Entry);

/// <summary>How many readings are left after a clause.</summary>
internal sealed record FunnelJson(string Clause, int Left);

/// <summary>A reading that a query was tried on.</summary>
/// <param name="Missing">What it lacks; null for a match.</param>
internal sealed record TriedJson(long Article, DateTimeOffset At, string Title, string Url, string Source, IReadOnlyList<ExcerptJson> Excerpts, string? Missing);

/// <summary>What an act made or changed.</summary>
/// <param name="Self">Where it can be read.</param>
internal sealed record DoneJson(long Id, string Self);
