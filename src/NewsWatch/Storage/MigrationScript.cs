namespace NewsWatch.Storage;

/// <summary>One numbered script that changes the schema, embedded in this assembly.</summary>
/// <param name="Name">The name of its file, e.g. <c>0001_sources</c>: a database keeps the names of the scripts that ran on it.</param>
internal sealed record MigrationScript(string Name, string Sql)
{
    private const string Extension = ".sql";

    /// <summary>How a script says that versions which do not know it work beside it: it only adds what they need not fill or read.</summary>
    private const string ForOlderToo = "-- Older versions work beside this script.";

    /// <summary>True when a version that does not know this script may go on: replicas of both run while they are exchanged one after the other.</summary>
    public bool IsForOlderToo => Sql.StartsWith(ForOlderToo, StringComparison.Ordinal);

    /// <summary>The scripts of an engine, in the order of their numbers.</summary>
    /// <param name="folder">Where they lie, as the assembly names it, e.g. <c>Storage.Migrations</c>.</param>
    public static IReadOnlyList<MigrationScript> In(string folder)
    {
        var assembly = typeof(MigrationScript).Assembly;
        var prefix = $"{nameof(NewsWatch)}.{folder}.";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length]))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return new MigrationScript(name[prefix.Length..^Extension.Length], reader.ReadToEnd());
                }),
        ];
    }

    /// <summary>Those of the scripts that did not run on a database yet, whatever their numbers.</summary>
    /// <param name="ran">The names of those that did.</param>
    /// <param name="database">Its name, for the error.</param>
    /// <exception cref="SchemaMismatchException">A script ran that is not among these: a newer NewsWatch wrote the database.</exception>
    public static IReadOnlyList<MigrationScript> Missing(IReadOnlyList<MigrationScript> scripts, IReadOnlySet<string> ran, string database) =>
        ran.Except(scripts.Select(script => script.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? throw new SchemaMismatchException(
                $"The database {database} has the schema script {unknown}, which this NewsWatch does not know: a newer version wrote it. Run that version, or restore a backup (docs/operations.md, Restore).")
            : [.. scripts.Where(script => !ran.Contains(script.Name))];

    /// <summary>Refuses a database that lacks some of the scripts; for who only reads.</summary>
    /// <exception cref="SchemaMismatchException">The database has another schema, older or newer.</exception>
    public static void Expect(IReadOnlyList<MigrationScript> scripts, IReadOnlySet<string> ran, string database)
    {
        if (Missing(scripts, ran, database) is { Count: > 0 } missing)
        {
            throw new SchemaMismatchException(
                $"The database {database} lacks {missing.Count} schema {(missing.Count == 1 ? "script" : "scripts")} of this NewsWatch, {missing[0].Name} first: it was not started on it yet. Start the service once, or use the version that runs.");
        }
    }
}
