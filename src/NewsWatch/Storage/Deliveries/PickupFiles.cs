using System.Text.RegularExpressions;

namespace NewsWatch.Storage.Deliveries;

/// <summary>The mails that NewsWatch wrote into a folder: named by 32 hexadecimal digits, so that no file of anybody else is taken for one.</summary>
internal static partial class PickupFiles
{
    /// <summary>Their paths; none where there is no such folder.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.eml").Where(file => Ours().IsMatch(Path.GetFileName(file)))] : [];

    /// <summary>Deletes those that were written before <paramref name="cutoff"/>.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static int DeleteOlder(string folder, DateTimeOffset cutoff)
    {
        var over = In(folder).Where(file => File.GetLastWriteTimeUtc(file) < cutoff.UtcDateTime).ToList();
        over.ForEach(File.Delete);
        return over.Count;
    }

    [GeneratedRegex(@"^[0-9a-f]{32}\.eml$", RegexOptions.NonBacktracking)]
    private static partial Regex Ours();
}
