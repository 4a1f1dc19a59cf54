using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>Copies the database while it is in use (SQLite's online backup), checks the copy, and only then gives it its name.</summary>
internal static class Backup
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a copy to <paramref name="file"/>; one that is there is replaced. Its folder is created.</summary>
    /// <returns>The copy's size in bytes.</returns>
    /// <exception cref="SqliteException">The database cannot be read, or the disk is full.</exception>
    /// <exception cref="IOException">The copy is damaged, or cannot be written there.</exception>
    public static long Write(Database database, string file)
    {
        var target = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = target + ".unfinished";
        File.Delete(unfinished);
        try
        {
            Create(unfinished);
            Copy(database, unfinished);
            File.Move(unfinished, target, overwrite: true);
            return new FileInfo(target).Length;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>The copy holds what subscribers read: nobody else reads it.</summary>
    private static void Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        new FileStream(file, options).Dispose();
    }

    private static void Copy(Database database, string file)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        copy.Open();
        database.Read(source =>
        {
            source.BackupDatabase(copy);
            return 0;
        });
        using var check = copy.CreateCommand();
        check.CommandText = "PRAGMA journal_mode = DELETE; PRAGMA integrity_check;";
        using var answers = check.ExecuteReader();
        answers.NextResult();
        if (!answers.Read() || answers.GetString(0) is not "ok")
        {
            throw new IOException($"The copy is damaged: {(answers.HasRows ? answers.GetString(0) : "no answer")}.");
        }
    }
}
