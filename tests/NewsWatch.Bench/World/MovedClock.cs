using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>A wall clock of the service's own that can be moved, by libfaketime; its steady clock goes on.</summary>
internal sealed class MovedClock : IDisposable
{
    private static readonly string[] Libraries = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1"];
    private readonly string _file = Path.GetTempFileName();
    private readonly string _library;

    private MovedClock(string library)
    {
        _library = library;
        Move("+0");
    }

    public static TrialResult Missing { get; } = new TrialResult.Skipped("libfaketime is not installed (Debian: faketime)");

    /// <summary>What the service is started with. The last one lets waits on the steady clock be: the library would turn them into a busy loop.</summary>
    public (string Name, string Value)[] Environment =>
        [("LD_PRELOAD", _library), ("FAKETIME_TIMESTAMP_FILE", _file), ("FAKETIME_CACHE_DURATION", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1"), ("FAKETIME_FORCE_MONOTONIC_FIX", "0")];

    /// <summary>A clock that is right so far; null where the library is not there.</summary>
    public static MovedClock? Install() => Libraries.FirstOrDefault(File.Exists) is { } library ? new MovedClock(library) : null;

    /// <summary>Sets how far it is ahead, e.g. "+360s" or "+2d".</summary>
    public void Move(string ahead) => File.WriteAllText(_file, ahead + "\n");

    public void Dispose() => File.Delete(_file);
}
