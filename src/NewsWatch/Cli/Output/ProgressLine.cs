using System.Globalization;

namespace NewsWatch.Cli.Output;

/// <summary>A line that shows how far long work is; on a terminal only, at most ten times a second.</summary>
/// <param name="output">The terminal; null where there is none.</param>
/// <param name="clock">Its stopwatch.</param>
internal sealed class ProgressLine(TextWriter? output, TimeProvider clock)
{
    private const int Width = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly long _begun = clock.GetTimestamp();
    private long _shown;

    /// <summary>Shows that <paramref name="done"/> of <paramref name="total"/> are done.</summary>
    public void Show(int done, int total, string noun)
    {
        if (output is null || total == 0 || (_shown > 0 && done < total && clock.GetElapsedTime(_shown) < Interval))
        {
            return;
        }

        _shown = clock.GetTimestamp();
        var (share, elapsed) = (done / (double)total, clock.GetElapsedTime(_begun));
        var left = share > 0 ? elapsed * ((1 - share) / share) : TimeSpan.Zero;
        output.Write(string.Create(
            CultureInfo.InvariantCulture, $"\r[{new string('#', (int)(share * Width)).PadRight(Width)}] {share,4:0%}  {done:N0} of {total:N0} {noun}, {TimeText.Span(left)} left \u001b[K"));
    }

    /// <summary>Removes the line.</summary>
    public void Clear() => output?.Write("\r\u001b[K");
}
