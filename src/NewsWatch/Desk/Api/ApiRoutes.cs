using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Pages;

namespace NewsWatch.Desk.Api;

/// <summary>Something that programs may read.</summary>
/// <param name="Path">Below <see cref="ApiRoutes.Base"/>.</param>
/// <param name="Filters">What may stand in its query.</param>
internal sealed record ApiRead(string Path, string About, Type Json, Func<DeskRequest, Task<IResult>> Page, params string[] Filters)
{
    public ApiRead(string path, string about, Type json, Func<DeskRequest, IResult> page, params string[] filters)
        : this(path, about, json, request => Task.FromResult(page(request)), filters)
    {
    }
}

/// <summary>Something that programs may do.</summary>
/// <param name="NeedsOperator">False for what changes nothing of the service's work.</param>
/// <param name="Fields">What may stand in its body.</param>
internal sealed record ApiAct(string Path, string About, bool NeedsOperator, Func<DeskRequest, IFormCollection, Task<IResult>> Take, params string[] Fields);

/// <summary>The desk for programs: what pages show and take, as JSON. Version 1 only grows.</summary>
internal static class ApiRoutes
{
    /// <summary>Where its addresses begin.</summary>
    public const string Base = "/desk/api/v1/";

    private const string Desk = "/desk/";

    public static IReadOnlyList<ApiRead> Reads { get; } =
    [
        new("now", "Is it working, what needs a person?", typeof(NowJson), NowPages.Show),
        new("alerts", "Alerts, the newest first.", typeof(ListJson<AlertJson>), AlertPages.List, "rule", "severity", "before"),
        new("alerts/{id}", "Why an alert exists, and who got it.", typeof(AlertSheetJson), AlertPages.One),
        new("stories", "Stories, the one with the newest report first.", typeof(ListJson<StoryJson>), StoryPages.List, "show", "before"),
        new("stories/{id}", "How a story went.", typeof(StorySheetJson), StoryPages.One),
        new("articles", "Articles, the newest first, or those that a search finds.", typeof(ListJson<ArticleJson>), ArticlePages.List, "q", "source", "before"),
        new("articles/{id}", "What rules saw in an article, and why a subscriber got it or not.", typeof(ArticleSheetJson), ArticlePages.One, "reading", "rule", "subscriber"),
        new("decisions", "Why subscribers got alerts or not, the newest first.", typeof(ListJson<DecisionJson>), DecisionPages.List, "rule", "subscriber", "before"),
        new("sources", "All sources, those with trouble first.", typeof(ListJson<SourceJson>), SourcePages.List, "state"),
        new("sources/{id}", "A source, and the entries that it showed last.", typeof(SourceSheetJson), SourcePages.One),
        new("deliveries", "Deliveries, the newest first.", typeof(ListJson<DeliveryJson>), DeliveryPages.List, "state", "subscriber", "channel", "before"),
        new("deliveries/{id}", "A delivery with its attempts; for operators its message.", typeof(DeliverySheetJson), DeliveryPages.One),
        new("rules", "All rules, with what they did in 30 days.", typeof(ListJson<RuleJson>), RulePages.List),
        new("rules/{id}", "A rule's last 30 days.", typeof(RuleSheetJson), RulePages.One),
        new("subscribers", "All subscribers, with what was sent in 7 days.", typeof(ListJson<SubscriberJson>), SubscriberPages.List),
        new("subscribers/{id}", "A subscriber with the newest deliveries.", typeof(SubscriberSheetJson), SubscriberPages.One),
        new("silences", "Silences that are on, and those of the last 30 days.", typeof(ListJson<SilenceJson>), SilencePages.List),
        new("silences/{id}", "A silence and what it kept back.", typeof(SilenceSheetJson), SilencePages.One),
        new("configuration", "The configuration in force, and the edits that were refused.", typeof(ConfigurationJson), ConfigurationPages.Show),
        new("acts", "Who did what, the newest first.", typeof(ListJson<ActJson>), ActPages.List, "before"),
        new("replicas", "The services that share the database; none where it is a file.", typeof(ListJson<ReplicaJson>), ReplicaPages.List),
        new("backtests", "The backtests of the last 7 days.", typeof(ListJson<BacktestJson>), BacktestPages.List, "rule", "query", "unless", "since"),
        new("backtests/{id}", "A backtest with its result.", typeof(BacktestSheetJson), BacktestPages.One),
        new("workbench", "What a query finds in the readings that came last.", typeof(WorkbenchJson), WorkbenchPages.ShowAsync, "rule", "query", "unless", "fires", "not"),
    ];

    public static IReadOnlyList<ApiAct> Acts { get; } =
    [
        new("silences", "Makes a silence.", NeedsOperator: true, SilencePages.MakeAsync, "scope", "target", "for", "reason", "flash", "send", "or"),
        new("silences/{id}/end", "Ends a silence before its time.", NeedsOperator: true, SilencePages.EndAsync),
        new("silences/{id}/extend", "Gives a silence another end, counted from now.", NeedsOperator: true, SilencePages.ExtendAsync, "for"),
        new("deliveries/{id}/replay", "Sends a message that was given up again, under its id.", NeedsOperator: true, DeliveryPages.ReplayAsync),
        new("backtests", "Starts a backtest, or lets it wait for its turn.", NeedsOperator: false, BacktestPages.StartAsync, "rule", "query", "unless", "edit", "since"),
        new("backtests/{id}/cancel", "Stops a backtest that waits or runs.", NeedsOperator: false, BacktestPages.CancelAsync),
    ];

    /// <summary>Where programs find what a page's address shows; null for null.</summary>
    public static string? Twin(string? address) => address is null ? null : string.Concat(Base, address.AsSpan(Desk.Length));
}
