using Microsoft.AspNetCore.Http;
using NewsWatch.Core.Alerts;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>The list of alerts.</summary>
public sealed record AlertListModel(Rows<AlertLine> Rows, string? Rule, string? Severity, IReadOnlyList<string> Rules, DateTimeOffset? NewestArticle, int Sources);

/// <summary>One alert: why it exists, and who got it.</summary>
/// <param name="RuleToday">The rule as it is in force now; null when it is no longer configured.</param>
/// <param name="Decisions">Why each subscriber got it or not.</param>
/// <param name="Attempts">By the delivery's number.</param>
/// <param name="Story">The other alerts of its story.</param>
/// <param name="StoryKey">Of its story.</param>
public sealed record AlertModel(
    AlertLine Alert, string? RuleToday, IReadOnlyList<DecisionLine> Decisions, IReadOnlyList<DeliveryLine> Deliveries, IReadOnlyDictionary<long, IReadOnlyList<AttemptLine>> Attempts, IReadOnlyList<AlertLine> Story,
    string StoryKey);

/// <summary>Alerts: what was decided, and why.</summary>
internal static class AlertPages
{
    private static readonly string[] Severities = ["flash", "urgent", "routine"];

    public static IResult List(DeskRequest request)
    {
        var (rule, severity, before) = (request.Asked.Text("rule"), request.Asked.OneOf("severity", Severities), request.Asked.Number("before"));
        Severity? least = severity is null ? null : Enum.Parse<Severity>(severity, ignoreCase: true);
        return request.Show<AlertListPage, AlertListModel>("Alerts", request.Database.Read(db => new AlertListModel(
            Paging.Page(
                AlertViews.List(db, new(rule, least, null, before, Paging.Size + 1)), "/desk/alerts", before is null, alert => Paging.Place(alert.Id), ("rule", rule), ("severity", severity)),
            rule,
            severity,
            [.. request.Configuration.Rules.Keys.Order(StringComparer.Ordinal)],
            ArticleViews.NewestSeen(db),
            request.Configuration.Sources.Count)));
    }

    public static IResult One(DeskRequest request)
    {
        var model = request.Number("id") is { } id ? request.Database.Read(db => AlertViews.Find(db, id) is { } alert
            ? new AlertModel(
                alert,
                request.Configuration.Rules.GetValueOrDefault(alert.Content.Rule.Id)?.When,
                [.. DecisionViews.OfArticle(db, alert.Content.Article.Id).Where(decision => decision.Alert == id || (decision.Alert is null && decision.Rule == alert.Content.Rule.Id))],
                DeliveryViews.OfAlert(db, id),
                DeliveryViews.OfAlert(db, id).ToDictionary(delivery => delivery.Id, delivery => DeliveryViews.Attempts(db, delivery)),
                [.. AlertViews.OfStory(db, alert.Content.Story).Where(other => other.Id != id)],
                StoryStore.Get(db, alert.Content.Story).Key)
            : null) : null;
        return model is null ? request.Missing("alert") : request.Show<AlertPage, AlertModel>("Alert", model);
    }
}
