using System.Text.RegularExpressions;

namespace NewsWatch.Tests.Storage;

/// <summary>The SQL of the stores says nothing that SQLite alone understands; what only one engine can say stands in the engine's own files.</summary>
public sealed partial class PortableSqlTests
{
    /// <summary>Files that speak to one engine: the connection, the search index, and what moves rows of an earlier version's file.</summary>
    private static readonly string[] Engine = [.. HouseRooms.Engine, "PostgresSchema.cs", "ArchiveMove.cs", "ArchiveSearch.cs", "SearchIndex.cs", "Session.cs"];

    /// <summary>Tests of an engine's own files and servers, and tests that look into the file of another process.</summary>
    private static readonly string[] OfOneEngine =
    [
        "EndToEnd/", "Health/ReplicaHealthTests.cs", "bin/", "obj/", "Simulation/Promises.cs", "Storage/ArchiveMoveTests.cs", "Storage/BackupTests.cs", "Storage/DatabaseTests.cs", "Storage/NativeLibraryTests.cs",
        "Storage/PortableSqlTests.cs", "Storage/PostgresBatchTests.cs", "Storage/PostgresLockTests.cs", "Storage/PostgresReplicaTests.cs", "Storage/PostgresSetupTests.cs", "Storage/PostgresTests.cs", "Storage/PreparedConnectionTests.cs", "Storage/SchemaTests.cs", "Storage/SqliteReadersTests.cs", "Storage/TransferTests.cs",
        "Storage/UnsubscribeJournalTests.cs", "Support/PostgresServer.cs", "Support/Stored.cs",
    ];

    /// <summary>What tests share to read and write rows that no store offers.</summary>
    private static readonly string[] Helpers = ["Processing/ArticleDesk.cs", "Simulation/SimulatedService.cs", "Storage/Rows.cs", "Support/DeliveryWorld.cs", "Support/PollWorld.cs", "Support/StoredRows.cs"];

    /// <summary>Tests that still ask a world in SQL; no other joins them.</summary>
    private static readonly string[] Still = ["Delivery/FeedbackTests.cs", "Drills/DrillTests.cs", "Noise/NoiseTests.cs"];

    [Fact]
    public void Every_engine_understands_the_SQL_of_the_stores()
    {
        var statements = HouseRooms.Read().Files
            .Where(file => !file.Room.StartsWith("Core", StringComparison.Ordinal) && !(file.Room.Split('.')[0] == "Storage" && Engine.Contains(Path.GetFileName(file.Path))))
            .SelectMany(file => Literal().Matches(file.Text).Select(literal => literal.Value).Where(text => Statement().IsMatch(text)).Select(sql => (File: Path.GetFileName(file.Path), Sql: sql)))
            .ToList();

        Assert.InRange(statements.Count, 100, int.MaxValue);
        Assert.Equal([], statements.SelectMany(one => Peculiar(one.Sql).Select(form => $"{one.File}: {form} in {one.Sql}")));
    }

    [Fact]
    public void Every_engine_understands_the_SQL_of_the_tests()
    {
        var tests = Path.Combine(HouseRooms.Source, "..", "tests", "NewsWatch.Tests");
        var statements = Directory.GetFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => !OfOneEngine.Any(one => Path.GetRelativePath(tests, file).Replace('\\', '/').StartsWith(one, StringComparison.Ordinal)))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(literal => literal.Value).Where(text => Statement().IsMatch(text)).Select(sql => (File: Path.GetFileName(file), Sql: sql)))
            .ToList();

        Assert.InRange(statements.Count, 10, int.MaxValue);
        Assert.Equal([], statements.SelectMany(one => Peculiar(one.Sql).Select(form => $"{one.File}: {form} in {one.Sql}")));
    }

    [Fact]
    public void Tests_read_and_write_rows_by_stores_and_helpers_and_hold_no_SQL()
    {
        var tests = Path.Combine(HouseRooms.Source, "..", "tests", "NewsWatch.Tests");
        var holders = Directory.GetFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => Literal().Matches(File.ReadAllText(file)).Any(literal => WholeStatement().IsMatch(literal.Value)))
            .Select(file => Path.GetRelativePath(tests, file).Replace('\\', '/')).ToList();

        Assert.Equal([], holders.Except(Still).Where(file => !Helpers.Contains(file) && !OfOneEngine.Any(one => file.StartsWith(one, StringComparison.Ordinal))));
        Assert.Equal([], Helpers.Except(holders));
    }

    [Theory]
    [InlineData("SELECT json_extract(content, '$.Title') FROM alert", "json_extract(")]
    [InlineData("SELECT id FROM item WHERE key IN (SELECT value FROM json_each(@keys))", "json_each(")]
    [InlineData("SELECT strftime('%s', 'now')", "strftime(")]
    [InlineData("INSERT OR REPLACE INTO fact VALUES (1, 2)", "INSERT OR")]
    [InlineData("UPDATE OR IGNORE fact SET value = 1", "UPDATE OR")]
    [InlineData("DELETE FROM article_search WHERE rowid = @id", "rowid")]
    [InlineData("SELECT 1 FROM delivery INDEXED BY delivery_open", "INDEXED BY")]
    [InlineData("PRAGMA user_version", "PRAGMA")]
    [InlineData("SELECT typeof(value) FROM fact", "typeof(")]
    [InlineData("SELECT iif(a > b, 1, 2) FROM fact", "iif(")]
    [InlineData("SELECT 1 FROM fact WHERE value IS NOT @value", "IS NOT @")]
    [InlineData("UPDATE story SET last_seen = MAX(last_seen, @seen)", "MAX( , )")]
    [InlineData("SELECT min(coalesce(a, b), max(c)) FROM fact", "min( , )")]
    public void A_form_that_only_SQLite_understands_is_found(string sql, string form) => Assert.Equal([form], Peculiar(sql));

    [Theory]
    [InlineData("SELECT max(id) FROM alert")]
    [InlineData("SELECT max(coalesce(a, b)), min(c) FROM alert WHERE a IS NOT NULL")]
    [InlineData("INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value")]
    public void What_every_engine_understands_passes(string sql) => Assert.Empty(Peculiar(sql));

    private static IEnumerable<string> Peculiar(string sql) => Forms().Matches(sql).Select(match => match.Value).Concat(SeveralArguments(sql));

    /// <summary>Aggregates have one argument; SQLite's max and min with several are functions of one row.</summary>
    private static IEnumerable<string> SeveralArguments(string sql) =>
        Extreme().Matches(sql).Where(match => HasComma(sql[(match.Index + match.Length)..])).Select(match => match.Groups["name"].Value + "( , )");

    private static bool HasComma(string arguments)
    {
        var depth = 0;
        foreach (var letter in arguments)
        {
            depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && letter == ','))
            {
                return depth == 0;
            }
        }

        return false;
    }

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|\"(\\\\.|[^\"\\\\\n])*\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\W*(SELECT|INSERT|UPDATE|DELETE|WITH|PRAGMA)\b|\b(WHERE|CASE WHEN|FROM)\b|\bSET\b.*=", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\bSELECT\b[\s\S]*\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+\s+SET\b|\bDELETE FROM\b|^\W*PRAGMA\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WholeStatement();

    [GeneratedRegex(
        @"\b(json_\w+|strftime|julianday|unixepoch|datetime|typeof|iif|ifnull|instr|printf|group_concat|randomblob|hex|last_insert_rowid|changes)\(|\b(INSERT|UPDATE) OR\b|\browid\b|\bINDEXED BY\b|\bPRAGMA\b|\bGLOB\b|\bIS (NOT )?@|\bsqlite_\w+",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Forms();

    [GeneratedRegex(@"\b(?<name>max|min|MAX|MIN)\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Extreme();
}
