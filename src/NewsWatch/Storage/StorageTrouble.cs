using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>What an error of the database means to an operator.</summary>
internal static class StorageTrouble
{
    private const int Constraint = 19;

    /// <summary>True when the database could not work at all; false when it refused what it was given, which is the fault of what it was given.</summary>
    public static bool Is(Exception failure) => failure is SqliteException { SqliteErrorCode: not Constraint };

    /// <summary>True for every error of the database, also where it refused what it was given.</summary>
    public static bool IsAny(Exception failure) => failure is SqliteException;

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
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
