using System.Globalization;
using NewsWatch.Storage;
using Spectre.Console;

namespace NewsWatch.Cli;

/// <summary>The status as an operator reads it: what is wrong first, times as seen from now, so that no zone has to be known.</summary>
internal static class StatusText
{
    /// <summary>Writes the whole of it.</summary>
    public static void Write(IAnsiConsole console, StatusReport status, DateTimeOffset now)
    {
        var sources = new Table().Border(TableBorder.Simple).AddColumns("source", "state", "for", "last success", "newest item", "next poll", "why");
        foreach (var source in status.Sources)
        {
            sources.AddRow(
                Cell(source.Id), State(source), Span(now - source.Since), Ago(source.LastSuccess, now), Ago(source.LastItem, now), Next(source, now), Cell(Why(source)));
        }

        console.Write(sources);
        console.WriteLine(status.WaitingItems == 1 ? "1 item waits to be processed." : $"{status.WaitingItems} items wait to be processed.");
        foreach (var queue in status.Deliveries)
        {
            console.WriteLine($"{queue.Count} {(queue.Count == 1 ? "delivery" : "deliveries")} {queue.State}{OldestDue(queue, now)}.");
        }

        if (status.Clock is { } clock)
        {
            console.MarkupLine($"[red]clock[/]: {Cell(clock)}.");
        }

        foreach (var trouble in status.Troubles)
        {
            console.MarkupLine($"[red]{trouble.State}[/] {Cell(trouble.Subscriber)} by {Cell(trouble.Channel)}, attempt {trouble.Attempts}: {Cell(trouble.Error)}");
        }
    }

    private static string State(SourceStatus source) => source switch
    {
        { State: "ok", Failures: 0 } => "[green]ok[/]",
        { State: "ok" } => "[yellow]ok[/]",
        _ => $"[red]{source.State}[/]",
    };

    /// <summary>A source is failing only after several bad polls; the first ones are told as well.</summary>
    private static string Why(SourceStatus source) =>
        source is { State: "ok", Failures: > 0 } ? $"{source.Failures} bad {(source.Failures == 1 ? "poll" : "polls")}: {source.Why}" : source.Why;

    private static string Next(SourceStatus source, DateTimeOffset now) =>
        source.State == "gone" ? "never" : source.NextDue <= now ? "now" : $"in {Span(source.NextDue - now)}";

    private static string OldestDue(QueueStatus queue, DateTimeOffset now) => queue.OldestDue switch
    {
        null => "",
        { } due when due > now => $", the next in {Span(due - now)}",
        { } due => $", the oldest due for {Span(now - due)}",
    };

    private static string Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } value ? $"{Span(now - value)} ago" : "never";

    private static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 100 } => $"{span.TotalSeconds:0} s",
        { TotalMinutes: < 100 } => $"{span.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{span.TotalHours:0} h",
        _ => $"{span.TotalDays:0} d",
    }}");

    private static string Cell(string text) => Markup.Escape(TerminalText.Clean(text));
}
