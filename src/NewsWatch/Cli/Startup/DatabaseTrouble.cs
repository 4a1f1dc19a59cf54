using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Upkeep;
using Npgsql;

namespace NewsWatch.Cli.Startup;

/// <summary>Explains why the database cannot be opened, and what to do.</summary>
internal sealed class DatabaseTrouble(IConfiguration settings)
{
    private const long Full = 1024 * 1024;
    private readonly string _path = Path.GetFullPath(settings["Storage:Path"]!);

    private string Folder => Path.GetDirectoryName(_path)!;

    /// <summary>Explains a failure of the database or the file system; null if it is a bug and not a trouble of the file.</summary>
    public StartUpTrouble? Of(Exception failure) => failure switch
    {
        SqliteException refused => OfDatabase(refused),
        NpgsqlException => new(
            StorageTrouble.Passes(failure) ? ExitCode.Unavailable : ExitCode.Configuration,
            $"{StorageTrouble.Describe(failure)}. Look at the server and at the connection string that Storage__Connection refers to."),
        _ => OfFiles(failure),
    };

    private StartUpTrouble? OfDatabase(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => Damaged(failure),
        SQLitePCL.raw.SQLITE_FULL => DiskFull(),
        SQLitePCL.raw.SQLITE_IOERR => FreeBytes() < Full ? DiskFull() : new(
            ExitCode.InputOutput, $"The disk of the database {_path} fails ({Words(failure)}). Look at the system's log; then restore a backup onto a good disk (docs/operations.md, Restore)."),
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new(
            ExitCode.TryLater, $"Another process keeps the database {_path} locked (`fuser {_path}` names it). End it, or try again."),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => FreeBytes() < Full ? DiskFull() : CannotWrite(),
        _ => null,
    };

    private StartUpTrouble OfFiles(Exception failure) => (Directory.Exists(Folder), failure.Message.Contains(_path, StringComparison.Ordinal)) switch
    {
        (false, _) => new(
            ExitCode.CannotCreate,
            $"The folder {Folder} of the database cannot be created ({failure.Message.TrimEnd('.')}). Create it, owned by {User()}, or set Storage__Path to a file elsewhere."),
        (true, true) => FreeBytes() < Full ? DiskFull() : CannotWrite(),
        (true, false) => new(ExitCode.InputOutput, failure.Message),
    };

    private StartUpTrouble Damaged(SqliteException failure) => new(
        ExitCode.InputOutput,
        $"The database {_path} is damaged ({Words(failure)}). Move it, with its -wal and -shm, aside and "
        + (NewestBackup() is { } backup ? $"copy {backup} into its place (docs/operations.md, Restore)." : "copy a backup into its place (docs/operations.md, Restore)."));

    private StartUpTrouble DiskFull() => new(
        ExitCode.InputOutput,
        string.Create(CultureInfo.InvariantCulture, $"The disk of the database {_path} is full ({FreeBytes() / 1024} KiB free). Free some space, or set Storage__Path to a file on another disk."));

    private StartUpTrouble CannotWrite()
    {
        if (Directory.Exists(_path))
        {
            return new(ExitCode.CannotCreate, $"Storage__Path is {_path}, which is a folder. Name a file in it, e.g. {Path.Combine(_path, "newswatch.db")}.");
        }

        return new(
            ExitCode.CannotCreate,
            $"The database {_path} cannot be opened for writing ({Refusal()}). It and its folder must belong to {User()}, on a file system that is not read-only: "
            + $"`chown -R {UserId() ?? "1654"} {Folder}` (the container's user is 1654), or set Storage__Path to a file elsewhere.");
    }

    private string? NewestBackup() =>
        settings["Storage:BackupFolder"] is { } folder && Directory.Exists(folder) ? BackupFolder.Copies(folder).Select(Path.GetFullPath).LastOrDefault() : null;

    // SQLite only says that it cannot open the file; the system says why.
    private string Refusal()
    {
        try
        {
            if (File.Exists(_path))
            {
                File.Open(_path, FileMode.Open, FileAccess.ReadWrite).Dispose();
            }

            File.Create(Path.Combine(Folder, ".newswatch-may-write"), 1, FileOptions.DeleteOnClose).Dispose();
            return "its -wal or -shm file may not be written";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message.TrimEnd('.');
        }
    }

    private long FreeBytes() => Directory.Exists(Folder) ? new DriveInfo(Folder).AvailableFreeSpace : long.MaxValue;

    private static string Words(SqliteException failure) => failure.Message.Split('\'') is { Length: > 2 } parts ? string.Join('\'', parts[1..^1]) : failure.Message;

    private static string User() => UserId() is { } id ? $"user {id}, as whom this process runs" : "this process's user";

    private static string? UserId() =>
        OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal)) is { } line
            ? line.Split('\t')[2]
            : null;
}
