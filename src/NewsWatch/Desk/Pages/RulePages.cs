using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration;
using NewsWatch.Desk.Frames;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>All rules.</summary>
public sealed record RuleListModel(IReadOnlyList<RuleRow> Rules);

/// <summary>A rule and what it did in 30 days.</summary>
/// <param name="Tally">Null when it did not alert.</param>
public sealed record RuleRow(WatchRule Rule, RuleTally? Tally);

/// <summary>One rule.</summary>
/// <param name="Rule">Null when it is no longer in the configuration.</param>
/// <param name="Days">Alerts a day, today last.</param>
/// <param name="Subscribers">Who gets its alerts, by their own lists of rules.</param>
public sealed record RuleModel(string Id, WatchRule? Rule, IReadOnlyList<(string Name, int[] Values)> Days, IReadOnlyList<string> Subscribers, IReadOnlyList<AlertLine> Alerts);

/// <summary>Rules: which work, which are noise, which are dead.</summary>
internal static class RulePages
{
    private const int Days = 30;
    private const int MaxAlerts = 20;

    public static IResult List(DeskRequest request)
    {
        var tallies = request.Database.Read(db => AlertViews.Tallies(db, request.Now.AddDays(-Days)));
        return request.Show<RuleListPage, RuleListModel>(
            "Rules", new([.. request.Configuration.Rules.Values.Select(rule => new RuleRow(rule, tallies.GetValueOrDefault(rule.Id))).OrderByDescending(row => row.Tally?.Last).ThenBy(row => row.Rule.Id, StringComparer.Ordinal)]));
    }

    public static IResult One(DeskRequest request)
    {
        var id = request.Part("id");
        var rule = request.Configuration.Rules.GetValueOrDefault(id);
        var (days, alerts) = request.Database.Read(db => (AlertViews.Days(db, id, request.Now, Days), AlertViews.List(db, new(id, Most: MaxAlerts))));
        if (rule is null && alerts.Count == 0)
        {
            return request.Missing("rule");
        }

        return request.Show<RulePage, RuleModel>(rule?.Title ?? id, new(
            id,
            rule,
            [.. days.Select((count, at) => (request.Now.AddDays(at - Days + 1).ToString("d MMM", CultureInfo.InvariantCulture), new[] { count }))],
            [.. request.Configuration.Subscribers.Values.Where(subscriber => subscriber.Rules?.Contains(id) != false).Select(subscriber => subscriber.Id).Order(StringComparer.Ordinal)],
            alerts));
    }
}
