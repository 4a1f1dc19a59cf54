using System.Globalization;

namespace NewsWatch.Storage.Upkeep;

/// <summary>A folder of nightly copies, named by their time.</summary>
/// <param name="Folder">Where they are; null for none.</param>
/// <param name="Keep">How many are kept, at least 1.</param>
public sealed record BackupFolder(string? Folder, int Keep)
{
    private const string Prefix = "newswatch-";
    private const string Suffix = ".db";
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The copies in a folder, the oldest first by the time in their names; whatever else lies there is none of them.</summary>
    public static IEnumerable<string> Copies(string folder) =>
        Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}").Where(file => TimeOf(file) is not null).OrderBy(TimeOf);

    /// <summary>Writes the copy of <paramref name="now"/> and deletes those beyond <see cref="Keep"/>, oldest first.</summary>
    /// <returns>The new copy's path; null when no folder is set.</returns>
    internal string? Add(Database database, DateTimeOffset now)
    {
        if (Folder is null)
        {
            return null;
        }

        var file = Path.Combine(Folder, $"{Prefix}{now.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}{Suffix}");
        Backup.Write(database, file);
        foreach (var old in Copies(Folder).Reverse().Skip(Math.Max(1, Keep)))
        {
            File.Delete(old);
        }

        return file;
    }

    private static DateTime? TimeOf(string file) =>
        DateTime.TryParseExact(Path.GetFileName(file)[Prefix.Length..^Suffix.Length], Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
