using Microsoft.Data.Sqlite;
using Npgsql;

namespace NewsWatch.Storage;

/// <summary>What an error of the database means to an operator.</summary>
internal static class StorageTrouble
{
    private const int Constraint = 19;

    /// <summary>The classes 22 and 23 of SQLSTATE: data that does not fit, and constraints.</summary>
    private const char RefusedData = '2';

    /// <summary>
    /// Classes of SQLSTATE: of the connection; of the transaction's state (a standby, which may be made the server; a process that stood still within it); of what met another transaction;
    /// of resources that are used up (disk, memory, connections); of locks; of the server's operator who stops it; of its system.
    /// </summary>
    private static readonly string[] PassingClasses = ["08", "25", "40", "53", "55", "57", "58"];

    /// <summary>True when the database could not work at all; false when it refused what it was given, which is the fault of what it was given.</summary>
    public static bool Is(Exception failure) => IsAny(failure) && failure is not (SqliteException { SqliteErrorCode: Constraint } or PostgresException { SqlState: [RefusedData, '2' or '3', ..] });

    /// <summary>True for every error of the database, also where it refused what it was given.</summary>
    public static bool IsAny(Exception failure) => failure is SqliteException or NpgsqlException or DatabaseLockException or ReplicaGoneException;

    /// <summary>
    /// True where waiting helps: the server of the database is away, starts, stops, moves to another machine, or has no room for now. False where it refuses this service itself: its login,
    /// its rights, a database that is not there.
    /// </summary>
    public static bool Passes(Exception failure) => failure switch
    {
        PostgresException { SqlState: [_, _, ..] state } => PassingClasses.Contains(state[..2]),
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>True where a table is gone under a running service of PostgreSQL: nothing heals that but a person.</summary>
    public static bool IsLost(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    /// <summary>Words for a log line or a health problem, without a full stop.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: 13 } => "the disk is full",
        SqliteException { SqliteErrorCode: 8 } => "the database cannot be written: it is read-only",
        SqliteException { SqliteErrorCode: 5 or 6 } => "the database is locked by another process",
        SqliteException { SqliteErrorCode: 10 } => "the disk reports an error while the database is read or written",
        SqliteException { SqliteErrorCode: 11 or 26 } => "the database is damaged",
        SqliteException { SqliteErrorCode: 14 } => "the database file cannot be opened",
        SqliteException sqlite => $"the database refuses work: {sqlite.Message}",
        DatabaseLockException or ReplicaGoneException => failure.Message.TrimEnd('.'),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "the disk of the database's server is full",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "the database cannot be written: its server is read-only",
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => "the database's server stops or starts",
        PostgresException { SqlState: ['2', '8', ..] } login => $"the database's server refuses the login: {login.MessageText}",
        PostgresException postgres => $"the database refuses work: {postgres.MessageText} ({postgres.SqlState})",
        NpgsqlException unreachable => $"the database's server cannot be reached: {unreachable.InnerException?.Message ?? unreachable.Message}",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
