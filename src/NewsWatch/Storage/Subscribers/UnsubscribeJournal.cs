using System.Text.Json;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Storage.Subscribers;

/// <summary>
/// A second record of who unsubscribed, beside the database and beside its backups: a file with one line for each click, only ever added to.
/// A restore of an older backup forgets what came after it; this file does not.
/// </summary>
/// <param name="Folders">Where the file is kept, the same in each.</param>
public sealed record UnsubscribeJournal(IReadOnlyList<string> Folders)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "unsubscribed.jsonl";

    /// <summary>How an undo is written down.</summary>
    internal const string Undo = "undo";

    /// <summary>The journal of a database and its folder of nightly copies.</summary>
    internal static UnsubscribeJournal Beside(Database database, BackupFolder backups)
    {
        var folders = new[] { Path.GetDirectoryName(database.File?.Path), backups.Folder is { } folder ? Path.GetFullPath(folder) : null };
        return new([.. folders.OfType<string>().Distinct()]);
    }

    /// <summary>Adds a line in each folder, readable by the owner alone, and waits for the disk.</summary>
    /// <returns>Null, or why a folder took nothing; the others did.</returns>
    internal Exception? TryAdd(Unsubscribed entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry);
        return Folders.Select(folder => TryAppend(Path.Combine(folder, FileName), line)).OfType<Exception>().ToList().FirstOrDefault();
    }

    /// <summary>All entries of all folders, the oldest first; lines that were cut off by a crash are passed over.</summary>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    internal IReadOnlyList<Unsubscribed> Read() =>
    [
        .. Folders.Select(folder => Path.Combine(folder, FileName)).Where(File.Exists).SelectMany(File.ReadLines)
            .Select(Entry).OfType<Unsubscribed>().Distinct().OrderBy(entry => entry.At),
    ];

    /// <summary>Takes all lines of a subscriber out of each folder's file.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    internal void Forget(string subscriber)
    {
        foreach (var file in Folders.Select(folder => Path.Combine(folder, FileName)).Where(File.Exists))
        {
            var others = File.ReadLines(file).Where(line => Entry(line)?.Subscriber != subscriber).ToList();
            using (var text = new StreamWriter(OwnerOnly.Create(file + ".new")))
            {
                others.ForEach(text.WriteLine);
            }

            File.Move(file + ".new", file, overwrite: true);
        }
    }

    private static Exception? TryAppend(string file, byte[] line)
    {
        try
        {
            Append(file, line);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure;
        }
    }

    // A line begins with its own line break, so that one that was cut off spoils no other.
    private static void Append(string file, byte[] line)
    {
        OwnerOnly.CreateFolder(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write([(byte)'\n', .. line, (byte)'\n']);
        stream.Flush(flushToDisk: true);
    }

    private static Unsubscribed? Entry(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<Unsubscribed>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
