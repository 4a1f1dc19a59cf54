using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsWatch.Core.Alerts;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Health;
using NewsWatch.Silences;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>What the first page shows.</summary>
/// <param name="Needs">What an operator should look at.</param>
/// <param name="Waits">From first sight to acceptance, of the last hour; null when nothing was sent.</param>
/// <param name="Hours">Alerts an hour by severity, the oldest first.</param>
/// <param name="NewestArticle">When the newest article came; null when none did.</param>
public sealed record NowModel(
    IReadOnlyList<Need> Needs, Wait? Waits, IReadOnlyList<(string Name, int[] Values)> Hours, IReadOnlyList<AlertLine> Alerts, Counts Counts, int Sources, int Rules, DateTimeOffset? NewestArticle);

/// <summary>Something that needs a person.</summary>
/// <param name="Command">The command that shows or repairs it.</param>
public sealed record Need(string What, string Page, string Command);

/// <summary>How long alerts took.</summary>
public sealed record Wait(TimeSpan Median, TimeSpan P99, int Messages);

/// <summary>The first page: is it working, what needs me, what just happened?</summary>
internal static class NowPages
{
    private const int MaxAlerts = 10;
    private const int MaxNeeds = 8;

    public static IResult Show(DeskRequest request)
    {
        var problems = request.Get<HealthCheck>().Look().Problems;
        return request.Show<NowPage, NowModel>("Now", request.Database.Read(db =>
        {
            var counts = SourceViews.Count(db);
            return new NowModel(
                Needs(problems, ConfigurationStatus.Get(db), SourceViews.WithTrouble(db), counts, SilenceViews.List(db, request.Now, MaxNeeds), DrillStore.List(db, before: null, 1), PauseStore.On(db, request.Now), request),
                WaitOf(DeliveryViews.Waits(db, request.Now.AddHours(-1))),
                Hours(AlertViews.Hours(db, request.Now), request),
                AlertViews.List(db, new() { Most = MaxAlerts }),
                counts,
                counts.Sources.Values.Sum(),
                request.Configuration.Rules.Count,
                ArticleViews.NewestSeen(db));
        }));
    }

    private static List<Need> Needs(
        IReadOnlyList<string> problems, ConfigurationStatus? configuration, IReadOnlyList<SourceLine> sources, Counts counts, IReadOnlyList<SilenceLine> silences, IReadOnlyList<Drill> lastDrill, IReadOnlyList<Pause> pauses, DeskRequest request)
    {
        var needs = problems.Select(problem => new Need($"The service is not ready: {problem}", "/desk/", "newswatch health")).ToList();
        if (configuration?.Refused is { } refused)
        {
            needs.Add(new(string.Create(CultureInfo.InvariantCulture, $"An edit of the configuration was refused: {Ages.Count(refused.Errors, "error")}. The one before is in force."), "/desk/configuration", "newswatch check"));
        }

        needs.AddRange(sources.Select(source => new Need($"{source.Id} is {source.State}: {source.Why}", $"/desk/sources/{Uri.EscapeDataString(source.Id)}", "newswatch status --failing")));
        if (counts.Deliveries.GetValueOrDefault("dead") is > 0 and var dead)
        {
            needs.Add(new($"{Ages.Count(dead, "delivery was", "deliveries were")} given up.", "/desk/deliveries?state=dead", "newswatch replay --dead"));
        }

        needs.AddRange(lastDrill.Where(drill => drill.Outcome is DrillOutcome.Failed or DrillOutcome.Missed).Select(drill => new Need(
            $"The last drill {(drill.Outcome == DrillOutcome.Missed ? "was missed" : "failed")}: {DrillPage.Masked(drill.Result, request.Visitor)}",
            string.Create(CultureInfo.InvariantCulture, $"/desk/drills/{drill.Id}"),
            "newswatch drill")));
        needs.AddRange(pauses.Where(pause => pause.Until - request.Now < TimeSpan.FromHours(1) || !request.Configuration.Sources.ContainsKey(pause.Source)).Select(pause => new Need(
            request.Configuration.Sources.ContainsKey(pause.Source) ? $"The pause of source {pause.Source} ends {Ages.Of(request.Now - pause.Until)}" : $"The pause of source {pause.Source} names what the configuration no longer has",
            $"/desk/sources/{Uri.EscapeDataString(pause.Source)}",
            $"newswatch pause end {pause.Source}")));
        needs.AddRange(silences.Select(silence => NeedOf(silence, request)).OfType<Need>());
        return needs.Count <= MaxNeeds ? needs : [.. needs.Take(MaxNeeds - 1), new($"{needs.Count - MaxNeeds + 1} more, most of them sources.", "/desk/sources?state=failing", "newswatch status --failing")];
    }

    /// <summary>Null for a silence that needs nobody.</summary>
    private static Need? NeedOf(SilenceLine silence, DeskRequest request)
    {
        var id = silence.Silence.Id.ToString(CultureInfo.InvariantCulture);
        var why = !SilenceForm.IsKnown(silence.Silence, request.Configuration) ? "names what the configuration no longer has"
            : silence.End - request.Now < TimeSpan.FromHours(1) ? $"ends {Ages.Of(request.Now - silence.End)}"
            : silence.IsIdle(request.Now) ? "keeps nothing back: is it still needed?"
            : null;
        return why is null ? null : new($"The silence of {silence.What} {why}", $"/desk/silences/{id}", $"newswatch silence end {id}");
    }

    private static Wait? WaitOf(IReadOnlyList<long> waits)
    {
        var sorted = waits.Order().ToList();
        return sorted.Count == 0
            ? null
            : new(TimeSpan.FromMilliseconds(sorted[sorted.Count / 2]), TimeSpan.FromMilliseconds(sorted[Math.Min(sorted.Count - 1, sorted.Count * 99 / 100)]), sorted.Count);
    }

    private static List<(string Name, int[] Values)> Hours(IReadOnlyList<AlertHour> counts, DeskRequest request)
    {
        var zone = request.Configuration.Defaults.TimeZone;
        return
        [
            .. Enumerable.Range(0, 24).Reverse().Select(ago => (
                TimeZoneInfo.ConvertTime(request.Now.AddHours(-ago), zone).ToString("HH'h'", CultureInfo.InvariantCulture),
                new[] { Severity.Routine, Severity.Urgent, Severity.Flash }.Select(severity => counts.Where(count => count.HoursAgo == ago && count.Severity == severity).Sum(count => count.Count)).ToArray())),
        ];
    }
}
