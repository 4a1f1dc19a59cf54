using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>
/// Brings a SQLite file to this version's schema: the numbered scripts in Migrations, each in one transaction, each once. The file keeps the names of those that
/// ran, so that a script runs although one with a higher number did; <c>PRAGMA user_version</c> is their count, by which versions before the names refuse the file.
/// </summary>
internal static class Schema
{
    /// <summary>The scripts of the versions that kept no names, in the order in which user_version counted them.</summary>
    private static readonly string[] Counted =
    [
        "0001_sources", "0002_articles", "0003_alerts", "0004_deliveries", "0005_installation", "0006_hosts", "0007_tried_items", "0008_leases", "0009_severity_first",
        "0010_push_and_unsubscribe", "0012_poll_starts", "0015_moves", "0016_archive", "0017_attempts", "0018_matches", "0021_placements", "0024_changes", "0028_desk",
    ];

    /// <summary>The scripts for SQLite.</summary>
    public static IReadOnlyList<MigrationScript> Scripts => MigrationScript.In("Storage.Migrations");

    /// <summary>Runs what is missing.</summary>
    /// <param name="tell">Takes a line before each script that runs on a file with rows: some rewrite them, which takes its time; null for nobody.</param>
    /// <param name="before">Leaves out this script and those behind it, for a file as an earlier version left it; null for none.</param>
    /// <exception cref="SchemaMismatchException">The file was written by a newer NewsWatch.</exception>
    public static void Migrate(SqliteConnection connection, string? before = null, Action<string>? tell = null)
    {
        var ran = Ran(connection);
        var missing = MigrationScript.Missing(Scripts, ran, connection.DataSource);
        if (!HasNames(connection))
        {
            KeepNames(connection, ran);
        }

        foreach (var (number, script) in missing.TakeWhile(script => before is null || string.CompareOrdinal(script.Name, before) < 0).Index())
        {
            if (ran.Count > 0)
            {
                tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"The database is brought to this version's schema: {script.Name}, {number + 1} of {missing.Count}."));
            }

            Statement.Execute(
                connection,
                $"""
                BEGIN IMMEDIATE;
                {script.Sql}
                INSERT INTO schema_script (name) VALUES ('{script.Name}');
                """);
            Statement.Execute(connection, $"PRAGMA user_version = {Ran(connection).Count}");
            CrashPoint.Reached("migration");
            Statement.Execute(connection, "COMMIT");
        }
    }

    /// <summary>Refuses a file of another version, older or newer; for who only reads.</summary>
    /// <exception cref="SchemaMismatchException">The file has another schema.</exception>
    public static void Expect(SqliteConnection connection) => MigrationScript.Expect(Scripts, Ran(connection), connection.DataSource);

    private static HashSet<string> Ran(SqliteConnection connection) =>
        HasNames(connection)
            ? [.. connection.Query<string>("SELECT name FROM schema_script")]
            : CountedAs(connection.ExecuteScalar<int>("PRAGMA user_version"));

    private static bool HasNames(SqliteConnection connection) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'schema_script')");

    /// <summary>The names that a count stands for; a higher count than there are names stands for a script that nobody here knows.</summary>
    private static HashSet<string> CountedAs(int version) =>
        version > Counted.Length ? [.. Counted, $"number {version}"] : [.. Counted[..version]];

    private static void KeepNames(SqliteConnection connection, HashSet<string> ran) => Statement.Execute(
        connection,
        $"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS schema_script (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        {string.Concat(ran.Select(name => $"INSERT INTO schema_script (name) VALUES ('{name}') ON CONFLICT DO NOTHING;\n"))}
        COMMIT;
        """);
}
