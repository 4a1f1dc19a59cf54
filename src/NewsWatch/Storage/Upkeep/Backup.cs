using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage.Upkeep;

/// <summary>Copies the database while it is in use (SQLite's online backup), checks the copy, and only then gives it its name.</summary>
internal static class Backup
{
    /// <summary>As Linux has it: more links in a row are a circle.</summary>
    private const int MaxLinks = 40;

    /// <summary>The first bytes of every SQLite file; page size and the two format versions follow (its file format, section 1.3).</summary>
    private static readonly byte[] Header = [.. "SQLite format 3\0"u8];

    /// <summary>Writes a copy to <paramref name="file"/>; an earlier copy there is replaced, nothing else is. Its folder is created.</summary>
    /// <returns>The copy's size in bytes.</returns>
    /// <exception cref="SqliteException">The database cannot be read, or the disk is full.</exception>
    /// <exception cref="IOException">The copy is damaged, cannot be written there, or would replace something that is no copy.</exception>
    public static long Write(Database database, string file)
    {
        var target = Path.GetFullPath(file);
        if (database.File is null)
        {
            throw new IOException("PostgreSQL is backed up by its own means: pg_dump, or an archive of its write-ahead log.");
        }

        OwnerOnly.CreateFolder(Path.GetDirectoryName(target)!);
        var unfinished = target + ".unfinished";
        RefuseOthers(database.Path, target);
        RefuseOthers(database.Path, unfinished);
        File.Delete(unfinished);
        try
        {
            OwnerOnly.Touch(unfinished);
            Copy(database, unfinished);
            File.Move(unfinished, target, overwrite: true);
            return new FileInfo(target).Length;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void RefuseOthers(string database, string target)
    {
        var (live, real) = (RealPath(database), RealPath(target));
        if (real == live || real == live + "-wal" || real == live + "-shm" || real == live + "-journal")
        {
            throw new IOException($"{target} is the database itself or belongs to it. Name another file.");
        }

        if (File.Exists(target) && !IsCopy(target))
        {
            throw new IOException($"{target} is there and is no backup of NewsWatch. Name another file, or move that one away.");
        }
    }

    /// <summary>The path with every symbolic link on its way followed.</summary>
    private static string RealPath(string path, int links = 0)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new FileInfo(real).LinkTarget is { } link)
            {
                real = links < MaxLinks ? RealPath(Path.GetFullPath(link, Path.GetDirectoryName(real)!), links + 1) : throw new IOException($"{path} is a link that leads in a circle.");
            }
        }

        return real;
    }

    // A copy does without a log (format version 1); the database in use, by whatever name, has one (version 2).
    private static bool IsCopy(string file)
    {
        try
        {
            Span<byte> start = stackalloc byte[Header.Length + 4];
            using (var stream = File.OpenRead(file))
            {
                if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Header) || start[^2] is not 1 || start[^1] is not 1)
                {
                    return false;
                }
            }

            using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            copy.Open();
            using var tables = copy.CreateCommand();
            tables.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('source', 'article', 'delivery')";
            return tables.ExecuteScalar() is 3L;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static void Copy(Database database, string file)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        copy.Open();
        database.Read(source =>
        {
            ((SqliteConnection)source.Connection).BackupDatabase(copy);
            return 0;
        });
        using var check = copy.CreateCommand();
        check.CommandText = "PRAGMA journal_mode = DELETE; PRAGMA integrity_check;";
        using var rows = check.ExecuteReader();
        rows.NextResult();
        if (!rows.Read() || rows.GetString(0) is not "ok")
        {
            throw new IOException($"The copy is damaged: {(rows.HasRows ? rows.GetString(0) : "no result")}.");
        }
    }
}
