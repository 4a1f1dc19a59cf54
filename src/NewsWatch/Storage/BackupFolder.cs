using System.Globalization;

namespace NewsWatch.Storage;

/// <summary>A folder of nightly copies, named by their time.</summary>
/// <param name="Folder">Where they are; null for none.</param>
/// <param name="Keep">How many are kept, at least 1.</param>
public sealed record BackupFolder(string? Folder, int Keep)
{
    private const string Pattern = "newswatch-*.db";

    /// <summary>Writes the copy of <paramref name="now"/> and deletes those beyond <see cref="Keep"/>, oldest first.</summary>
    /// <returns>The new copy's path; null when no folder is set.</returns>
    internal string? Add(Database database, DateTimeOffset now)
    {
        if (Folder is null)
        {
            return null;
        }

        var file = Path.Combine(Folder, $"newswatch-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.db");
        Backup.Write(database, file);
        foreach (var old in Directory.EnumerateFiles(Folder, Pattern).OrderDescending(StringComparer.Ordinal).Skip(Math.Max(1, Keep)))
        {
            File.Delete(old);
        }

        return file;
    }
}
