using Microsoft.Data.Sqlite;

namespace NewsWatch.Storage;

/// <summary>Brings a database file to this version's schema: the numbered scripts in Migrations, each in one transaction, each once.</summary>
internal static class Schema
{
    /// <summary>Runs what is missing; <c>PRAGMA user_version</c> counts what has run.</summary>
    /// <exception cref="InvalidOperationException">The file was written by a newer NewsWatch.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var scripts = Scripts();
        var version = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > scripts.Count)
        {
            throw new InvalidOperationException(
                $"The database has schema {version}, this NewsWatch knows {scripts.Count}: it was written by a newer version. Run that version, or restore a backup.");
        }

        foreach (var (script, index) in scripts.Select((script, index) => (script, index)).Skip(version))
        {
            Scalar(connection, $"BEGIN IMMEDIATE; {script}\nPRAGMA user_version = {index + 1};");
            CrashPoint.Reached("migration");
            Scalar(connection, "COMMIT");
        }
    }

    private static List<string> Scripts()
    {
        var assembly = typeof(Schema).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                }),
        ];
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the scripts are ours, embedded in this assembly
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
