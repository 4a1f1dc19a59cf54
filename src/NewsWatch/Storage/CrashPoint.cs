using System.Diagnostics;

namespace NewsWatch.Storage;

/// <summary>
/// Places where a crash test stops the process: <c>NEWSWATCH_CRASH_AT=name:n</c> kills it, without any clean-up,
/// the n-th time it gets there. Compiled into Debug builds only.
/// </summary>
internal static class CrashPoint
{
    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("NEWSWATCH_CRASH_AT") ?? "").Split(':');
    private static int _reached;

    /// <summary>Says that the process is at the place called <paramref name="name"/>.</summary>
    [Conditional("DEBUG")]
    public static void Reached(string name)
    {
        if (name != Wanted[0] || Wanted.Length < 2)
        {
            return;
        }

        var wanted = int.Parse(Wanted[1], System.Globalization.CultureInfo.InvariantCulture);
        if (Interlocked.Increment(ref _reached) == wanted)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
