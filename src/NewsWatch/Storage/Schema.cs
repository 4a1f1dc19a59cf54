using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>Brings a database file to this version's schema: the numbered scripts in Migrations, each in one transaction, each once.</summary>
internal static class Schema
{
    /// <summary>Runs what is missing; <c>PRAGMA user_version</c> counts what has run.</summary>
    /// <param name="before">Leaves out this script and those behind it, for a file as an earlier version left it; null for none.</param>
    /// <exception cref="SchemaMismatchException">The file was written by a newer NewsWatch.</exception>
    public static void Migrate(SqliteConnection connection, string? before = null)
    {
        var scripts = Scripts(before);
        var version = Version(connection);
        RefuseNewer(connection, version, scripts.Count);
        foreach (var (script, index) in scripts.Select((script, index) => (script, index)).Skip(version))
        {
            Execute(connection, $"BEGIN IMMEDIATE; {script}\nPRAGMA user_version = {index + 1};");
            CrashPoint.Reached("migration");
            Execute(connection, "COMMIT");
        }
    }

    /// <summary>Refuses a file of another version, older or newer; for who only reads.</summary>
    /// <exception cref="SchemaMismatchException">The file has another schema.</exception>
    public static void Expect(SqliteConnection connection)
    {
        var (version, known) = (Version(connection), Scripts(null).Count);
        RefuseNewer(connection, version, known);
        if (version < known)
        {
            throw new SchemaMismatchException(
                $"The database {connection.DataSource} has schema {version}, this NewsWatch {known}: it was not started on it yet. Start the service once, or use the version that runs.");
        }
    }

    private static void RefuseNewer(SqliteConnection connection, int version, int known)
    {
        if (version > known)
        {
            throw new SchemaMismatchException(
                $"The database {connection.DataSource} has schema {version}, this NewsWatch knows {known}: a newer version wrote it. Run that version, or restore a backup (docs/operations.md, Restore).");
        }
    }

    private static int Version(SqliteConnection connection) => connection.ExecuteScalar<int>("PRAGMA user_version");

    private static List<string> Scripts(string? before)
    {
        var assembly = typeof(Schema).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .TakeWhile(name => before is null || !name.Contains(before, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                }),
        ];
    }

    /// <summary>Runs every statement of a script: to read a result would end with the first that has one, and hide what fails behind it.</summary>
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the scripts are ours, embedded in this assembly
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
