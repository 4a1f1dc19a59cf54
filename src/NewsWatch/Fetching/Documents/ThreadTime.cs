using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NewsWatch.Fetching.Documents;

/// <summary>
/// The processor time of a thread: on Linux as the kernel counts it (proc_pid_stat(5), utime and stime, in hundredths of a second), so that a busy
/// machine does not make a document look too complex; elsewhere the elapsed time.
/// </summary>
internal static class ThreadTime
{
    private const string Stat = "/proc/thread-self/stat";
    private const int TicksPerSecond = 100;
    private const int UserTimeAfterName = 11;

    /// <summary>Returns a clock of the calling thread; any thread may read it.</summary>
    public static Func<TimeSpan> OfThisThread()
    {
        if (File.Exists(Stat))
        {
            var stat = File.OpenHandle(Stat);
            return () => Read(stat);
        }

        var started = Stopwatch.GetTimestamp();
        return () => Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Read(Microsoft.Win32.SafeHandles.SafeFileHandle stat)
    {
        Span<byte> line = stackalloc byte[512];
        var text = Encoding.ASCII.GetString(line[..RandomAccess.Read(stat, line, 0)]);

        // The name in brackets may hold anything.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTimeAfterName], CultureInfo.InvariantCulture) + long.Parse(fields[UserTimeAfterName + 1], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / (double)TicksPerSecond);
    }
}
