using System.Globalization;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Storage.Views;

namespace NewsWatch.Cli.Output;

/// <summary>The output of <c>silence list</c>.</summary>
internal static class SilenceText
{
    /// <summary>A row for each silence, the one that ends last first.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<SilenceLine> silences, DateTimeOffset now, TimeText time, int? width) => silences.Count == 0
        ? ["Nothing is silenced."]
        : Columns.Of(["silence", "what", "until", "by", "kept back", "why"], [.. silences.Select(silence => Row(silence, now, time))], width);

    private static Cell[] Row(SilenceLine line, DateTimeOffset now, TimeText time) =>
    [
        line.Silence.Id.ToString(CultureInfo.InvariantCulture),
        TerminalText.Line(line.What),
        time.Alone(line.End) + (line.IsOn(now) ? line.IsIdle(now) ? ", kept nothing back for long" : "" : line.Ended is null ? ", over" : $", ended by {TerminalText.Line(line.EndedBy ?? "")}"),
        TerminalText.Line(line.Silence.By),
        line.KeptBack.ToString(CultureInfo.InvariantCulture),
        TerminalText.Line(line.Silence.Reason),
    ];
}
