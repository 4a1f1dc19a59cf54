using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>The database cannot be this service's: another one runs on it, or it is not the one that was here. The message says what to do.</summary>
public sealed class DatabaseLockException(string message, bool isTaken) : Exception(message)
{
    /// <summary>True when another service runs on the database.</summary>
    public bool IsTaken { get; } = isTaken;
}

/// <summary>The service that runs on a database, or ran last.</summary>
/// <param name="Running">Null when that cannot be known: it is on another machine, or in another container.</param>
public sealed record ServiceMark(int Process, string Host, DateTimeOffset Started, bool? Running);

/// <summary>
/// One service runs on a database. The file <c>DATABASE.lock</c> beside it is locked (flock) from before anything is read until the process ends, however it ends.
/// The file <c>DATABASE.service</c> says who holds it and which database it is: so a deleted or emptied database does not look like a first start.
/// </summary>
public sealed class DatabaseLock : IDisposable
{
    /// <summary>The setting that says which database it is: of two files or servers with the same one, one is a copy.</summary>
    internal const string IdFact = "database-id";

    private readonly FileStream _lock;
    private readonly string _markFile;

    private DatabaseLock(FileStream @lock, string markFile) => (_lock, _markFile) = (@lock, markFile);

    /// <summary>Takes the database before it is opened.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="newDatabase">The operator accepts an empty database where there was one before.</param>
    /// <exception cref="DatabaseLockException">Another service runs on it, or the database that was here is missing or empty.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static DatabaseLock Take(string path, bool newDatabase)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var markFile = full + ".service";
        var mark = Read(markFile);
        var taken = Lock(full, mark);
        if (mark is not null && !newDatabase && IdOf(full) is null)
        {
            taken.Dispose();
            throw new DatabaseLockException(
                $"{full} is missing or empty, but a database was here when NewsWatch last ran (since {mark.Started:u}). Put it back or restore a backup "
                + "(docs/operations.md, \"Restore\"); to begin anew and lose what was seen, start with --new-database.",
                isTaken: false);
        }

        return new(taken, markFile);
    }

    /// <summary>Writes down whose the database is, once it is open.</summary>
    public async Task MarkAsync(Database database, DateTimeOffset now)
    {
        var id = await database.WriteAsync(db => InstallationSettings.GetOrAdd(db, IdFact, Guid.NewGuid().ToString("N")));
        var text = JsonSerializer.Serialize(new Mark(id, Environment.ProcessId, Environment.MachineName, now));
        using var file = new FileStream(_markFile, Options(FileMode.Create, FileShare.ReadWrite));
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(text);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Who holds the database, or held it last; null when nobody ever did. It takes no lock, so that it is in no service's way.</summary>
    public static ServiceMark? MarkOf(string path) =>
        Read(Path.GetFullPath(path) + ".service") is { } mark ? new(mark.Process, mark.Host, mark.Started, mark.Host == Environment.MachineName ? IsRunning(mark.Process) : null) : null;

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static FileStream Lock(string database, Mark? holder)
    {
        try
        {
            return new FileStream(database + ".lock", Options(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(database + ".lock"))
        {
            var who = holder is null ? "" : $" (process {holder.Process} on {holder.Host}, since {holder.Started:u})";
            throw new DatabaseLockException($"Another NewsWatch runs on {database}{who}. Stop it first; one service runs on one database.", isTaken: true);
        }
    }

    /// <summary>The id of the database in the file; null when there is none, or no database.</summary>
    private static string? IdOf(string database)
    {
        if (!File.Exists(database) || new FileInfo(database).Length == 0)
        {
            return null;
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var tables = connection.CreateCommand();
        tables.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'fact'";
        return Convert.ToInt64(tables.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) == 0 ? null : InstallationSettings.Get(new(connection), IdFact) ?? "";
    }

    private static Mark? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Mark>(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null; // written halfway when the power went: as if it were not there
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private sealed record Mark(string Database, int Process, string Host, DateTimeOffset Started);
}
