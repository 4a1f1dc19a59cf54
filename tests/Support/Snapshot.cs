using System.Runtime.CompilerServices;

namespace NewsWatch.Tests.Support;

/// <summary>
/// Compares what a person would read with an approved file beside the test (<c>Snapshots/NAME.txt</c>). On a difference the new text
/// is written beside it as <c>NAME.received.txt</c>, for a look; <c>NEWSWATCH_APPROVE=1</c> takes it as approved.
/// </summary>
internal static class Snapshot
{
    public static void Approved(string actual, string name, [CallerFilePath] string test = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(test)!, "Snapshots");
        var approved = Path.Combine(folder, name);
        var received = Path.Combine(folder, Path.GetFileNameWithoutExtension(name) + ".received" + Path.GetExtension(name));
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("NEWSWATCH_APPROVE") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(approved, actual);
            File.Delete(received);
            return;
        }

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (actual != expected)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(received, actual);
        }

        Assert.Equal(expected, actual);
    }
}
