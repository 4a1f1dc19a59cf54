using NewsWatch.Configuration;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Cli.Output;

/// <summary>The sources that <c>status</c> shows.</summary>
internal enum StatusScope
{
    /// <summary>All if they are few; else the first that are not ok.</summary>
    Screen,

    /// <summary>All that are not ok.</summary>
    Failing,

    /// <summary>All.</summary>
    All,
}

/// <summary>The status on one screen: trouble first, times relative to now.</summary>
internal sealed class StatusText(Ink ink, int? width)
{
    private const int FewSources = 12;
    private const int MaxSources = 8;
    private const int MaxMuted = 3;
    private const int MaxBusyHosts = 3;

    /// <summary>Narrower terminals show only the id, the state and the reason.</summary>
    private const int Wide = 100;

    /// <summary>Returns the lines.</summary>
    public IEnumerable<string> Lines(StatusReport status, DateTimeOffset now, StatusScope scope = StatusScope.Screen) =>
    [
        .. Head(status, now).Select(line => TerminalText.Line(line)),
        .. Replicas(status, now),
        .. Sources(status, now, scope),
        .. BusyHosts(status),
        .. Queue(status, now),
        .. Troubles(status),
    ];

    private static IEnumerable<string> Head(StatusReport status, DateTimeOffset now)
    {
        yield return status.Service is { } service ? $"NewsWatch {Product.Version}, {Running(service, now)}" : $"NewsWatch {Product.Version}";
        if (status.Configuration is { } configuration)
        {
            yield return $"configuration {configuration.Version}, in force since {TimeText.For(configuration.TimeZone).Alone(configuration.Since)}: {configuration.Holds}";
        }
    }

    private IEnumerable<string> Replicas(StatusReport status, DateTimeOffset now)
    {
        if (status.Replicas.Count > 0)
        {
            yield return $"{Many(status.Replicas.Count, "replica")}:";
        }

        foreach (var (replica, report, late, lag) in status.Replicas)
        {
            var lead = replica.Leads ? ", leads" : "";
            var lateness = late > 0 ? $"; {Many(late, "source")} due for up to {TimeText.Span(lag)}" : "";
            yield return TerminalText.Line(
                $"  {replica.Name}: {replica.Version}, configuration {report?.Configuration ?? "not known yet"}, running for {TimeText.Span(now - replica.Started)}, {Many(replica.Shards, "shard")} of hosts, {Many(replica.Lanes, "lane")}{lead}; "
                + $"last poll cycle {TimeText.Ago(report?.Cycle, now)}, last heard of {TimeText.Ago(replica.Seen, now)}{lateness}");
            if (report?.Problem is { } problem)
            {
                yield return ink.Red(TerminalText.Line($"    {problem}"));
            }
        }

        var configurations = status.Replicas.Select(replica => replica.Report?.Configuration).OfType<string>().Distinct().Count();
        if (configurations > 1)
        {
            yield return ink.Yellow($"  They work by {configurations} configurations: give all of them the same files.");
        }
    }

    private static string Running(ServiceMark service, DateTimeOffset now) => service.Running switch
    {
        true => $"running for {TimeText.Span(now - service.Started)} (process {service.Process})",
        false => $"not running; started {TimeText.Ago(service.Started, now)}",
        null => $"started {TimeText.Ago(service.Started, now)} on {service.Host}",
    };

    private IEnumerable<string> Sources(StatusReport status, DateTimeOffset now, StatusScope scope)
    {
        var unwell = status.Sources.Where(source => source is not { State: "ok", Failures: 0 }).ToList();
        var shown = (scope, status.Sources.Count) switch
        {
            (StatusScope.All, _) or (StatusScope.Screen, <= FewSources) => status.Sources,
            (StatusScope.Failing, _) => unwell,
            _ => [.. unwell.Take(MaxSources)],
        };
        if (shown.Count > 0)
        {
            yield return "";
        }

        foreach (var line in shown.Count == 0 ? [] : Table(shown, now))
        {
            yield return line;
        }

        yield return "";
        var states = status.Sources.GroupBy(source => source.State).Select(group => $"{group.Count()} {group.Key}{BadPolls(group)}");
        var others = scope == StatusScope.Screen && unwell.Count > shown.Count ? $" {unwell.Count - shown.Count} more with trouble: newswatch status --failing." : "";
        yield return status.Sources.Count == 0 ? "No source has been polled yet." : $"{Many(status.Sources.Count, "source")}: {string.Join(", ", states)}.{others}";
    }

    private IEnumerable<string> BusyHosts(StatusReport status)
    {
        var busy = status.Configuration?.BusyHosts ?? [];
        foreach (var sentence in busy.Take(MaxBusyHosts))
        {
            yield return ink.Yellow(TerminalText.Line($"{sentence}."));
        }

        if (busy.Count > MaxBusyHosts)
        {
            yield return ink.Yellow($"{busy.Count - MaxBusyHosts} more hosts are asked for more than they can give: newswatch check.");
        }
    }

    /// <summary>A source stays ok until several polls in a row were bad; this shows an outage that has just begun.</summary>
    private static string BadPolls(IGrouping<string, SourceStatus> sources) =>
        sources.Key == "ok" && sources.Count(source => source.Failures > 0) is > 0 and var bad ? $" ({bad} with bad polls)" : "";

    private IEnumerable<string> Table(IReadOnlyList<SourceStatus> sources, DateTimeOffset now) => width < Wide
        ? Columns.Of(["source", "state", "why"], [.. sources.Select(source => new Cell[] { source.Id, State(source), Why(source) })], width)
        : Columns.Of(
            ["source", "state", "for", "last success", "newest item", "next poll", "why"],
            [
                .. sources.Select(source => new Cell[]
                {
                    source.Id, State(source), TimeText.Span(now - source.Since), TimeText.Ago(source.LastSuccess, now), TimeText.Ago(source.LastItem, now), Next(source, now), Why(source),
                }),
            ],
            width);

    private IEnumerable<string> Queue(StatusReport status, DateTimeOffset now)
    {
        yield return status.WaitingItems == 1 ? "1 item waits to be processed." : $"{status.WaitingItems} items wait to be processed.";
        var deliveries = status.Deliveries.Select(queue => $"{queue.Count} {queue.State}{OldestDue(queue, now)}").ToList();
        yield return deliveries.Count == 0 ? "No delivery yet." : $"Deliveries: {string.Join(", ", deliveries)}.";
        if (status.Configuration?.Refused is { } refused)
        {
            yield return ink.Red($"An edit of the configuration was refused {TimeText.Ago(refused.At, now)} ({Many(refused.Errors, "error")}): see newswatch check.");
        }

        var muted = status.Silenced.Concat(status.Configuration?.Muted ?? []).Where(entry => entry.Until > now).ToList();
        foreach (var entry in muted.Take(MaxMuted))
        {
            yield return ink.Yellow(Columns.Cut(TerminalText.Line($"{entry.Sentence}."), width));
        }

        if (muted.Count > MaxMuted)
        {
            yield return $"{muted.Count - MaxMuted} more are muted.";
        }

        if (status.Clock is { } clock)
        {
            yield return ink.Red($"clock: {TerminalText.Line(clock)}.");
        }
    }

    private IEnumerable<string> Troubles(StatusReport status) => status.Troubles.Select(trouble =>
        $"{ink.Red(trouble.State)} {Columns.Cut(
            TerminalText.Line($"{trouble.Subscriber} by {trouble.Channel}, {Many(trouble.Attempts, "attempt")}: {trouble.Error}{(trouble.About.Length > 0 ? $" ({trouble.About})" : "")}"),
            width - trouble.State.Length - 1)}");

    private Cell State(SourceStatus source) => new(source.State, source switch
    {
        { State: "ok", Failures: 0 } => ink.Green,
        { State: "ok" } => ink.Yellow,
        _ => ink.Red,
    });

    /// <summary>A source is failing only after several bad polls; the first ones show here as well.</summary>
    private static string Why(SourceStatus source) =>
        source is { State: "ok", Failures: > 0 } ? $"{Many(source.Failures, "bad poll")}: {source.Why}" : source.Why;

    private static string Next(SourceStatus source, DateTimeOffset now) =>
        source.State == "gone" ? "never" : source.NextDue <= now ? "now" : $"in {TimeText.Span(source.NextDue - now)}";

    private static string OldestDue(QueueStatus queue, DateTimeOffset now) => queue.OldestDue switch
    {
        null => "",
        { } due when due > now => $" (the next in {TimeText.Span(due - now)})",
        { } due => $" (the oldest due for {TimeText.Span(now - due)})",
    };

    private static string Many(long count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
