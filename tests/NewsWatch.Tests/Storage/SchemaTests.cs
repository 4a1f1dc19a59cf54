using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("INSERT INTO schema_script (name) VALUES ('9999_later')", "schema script 9999_later")]
    [InlineData("DROP TABLE schema_script; PRAGMA user_version = 99", "schema script number 99")]
    public async Task A_file_of_a_newer_version_is_refused_and_left_as_it_is(string change, string words)
    {
        await using var test = new TestDatabase();
        await test.Database.WriteAsync(db => db.Execute("INSERT INTO fact VALUES ('kept', '1')"));
        TestDatabase.Change(test.Database.Path, change);

        var refusal = Assert.Throws<NewsWatch.Storage.SchemaMismatchException>(() => new NewsWatch.Storage.Database(test.Database.Path));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["kept"], TestDatabase.Read(test.Database.Path, "SELECT name FROM fact"));
    }

    [Theory]
    [InlineData("DELETE FROM schema_script WHERE name > '0004'", "0004_deliveries first")]
    [InlineData("DROP TABLE schema_script; PRAGMA user_version = 3", "0004_deliveries first")]
    public async Task A_file_of_an_older_version_is_not_read_before_the_service_has_raised_it(string change, string words)
    {
        await using var test = new TestDatabase();
        TestDatabase.Change(test.Database.Path, change);

        var refusal = Assert.Throws<NewsWatch.Storage.SchemaMismatchException>(() => NewsWatch.Storage.Database.ForReading(test.Database.Path));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_runs_although_one_with_a_higher_number_did()
    {
        await using var test = new TestDatabase();
        TestDatabase.Change(test.Database.Path, "DROP TABLE placement; DELETE FROM schema_script WHERE name = '0021_placements'");

        await using var raised = new NewsWatch.Storage.Database(test.Database.Path);

        Assert.Equal(0, raised.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM placement")));
        Assert.Equal(Schema.Scripts.Count, raised.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM schema_script")));
    }

    [Fact]
    public async Task A_file_that_counted_its_scripts_gets_their_names_and_those_that_it_lacks()
    {
        var folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;
        try
        {
            var path = Path.Combine(folder, "newswatch.db");
            await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                Schema.Migrate(connection, before: "0016");
                await connection.ExecuteAsync("INSERT INTO fact VALUES ('kept', '1'); DROP TABLE schema_script");
            }

            await using var raised = new NewsWatch.Storage.Database(path);

            Assert.Equal(Schema.Scripts.Select(script => script.Name), raised.Read(db => db.Query<string>("SELECT name FROM schema_script ORDER BY name")));
            Assert.Equal(Schema.Scripts.Count, raised.Read(db => db.ExecuteScalar<int>("PRAGMA user_version")));
            Assert.Equal("1", raised.Read(db => InstallationSettings.Get(db, "kept")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Each_step_on_an_earlier_file_is_told_before_it_begins_and_none_on_a_new_one()
    {
        var (told, folder) = (new List<string>(), Directory.CreateTempSubdirectory("newswatch-test-").FullName);
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "newswatch.db")};Pooling=False");
            connection.Open();
            Schema.Migrate(connection, before: "0036", tell: told.Add);
            Assert.Empty(told);

            Schema.Migrate(connection, tell: told.Add);

            Assert.Equal(Schema.Scripts.Count(script => string.CompareOrdinal(script.Name, "0036") >= 0), told.Count);
            Assert.Equal($"The database is brought to this version's schema: 0036_due, 1 of {told.Count}.", told[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Every_table_is_strict_so_that_no_column_takes_what_it_does_not_mean()
    {
        await using var test = new TestDatabase();

        var loose = test.Database.Read(db => db.Query<string>(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'").ToList());

        Assert.Empty(loose);
    }

    [Fact]
    public async Task Every_column_that_names_another_table_has_an_index_that_begins_with_it()
    {
        await using var test = new TestDatabase();

        var bare = test.Database.Read(db => db.Query<string>(
            """
            SELECT tables.name || '.' || reference."from"
            FROM pragma_table_list AS tables JOIN pragma_foreign_key_list(tables.name) AS reference
            WHERE tables.schema = 'main' AND NOT EXISTS (
              SELECT 1 FROM pragma_index_list(tables.name) AS list JOIN pragma_index_info(list.name) AS info
              WHERE info.seqno = 0 AND info.name = reference."from" AND list.partial = 0)
              AND NOT EXISTS (SELECT 1 FROM pragma_table_info(tables.name) AS field WHERE field.name = reference."from" AND field.pk = 1 AND field.type = 'INTEGER')
            """).ToList());

        Assert.Empty(bare);
    }

    [Theory]
    [InlineData("reading", "stage", typeof(ReadingStage))]
    [InlineData("reading", "change", typeof(ArticleChange))]
    [InlineData("attempt", "outcome", typeof(AttemptOutcome))]
    [InlineData("verdict", "reason", typeof(VerdictReason))]
    public async Task A_state_is_one_list_in_the_code_and_in_the_database(string table, string column, Type states)
    {
        await using var test = new TestDatabase();

        var sql = test.Database.Read(db => db.QuerySingle<string>("SELECT sql FROM sqlite_schema WHERE name = @table", new { table }));

        var check = Regex.Match(sql, $@"\b{column}\s+TEXT[^,]*CHECK \({column} IN \((?<names>[^)]*)\)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["names"].Value;
        var names = Enum.GetNames(states).Select(name => Regex.Replace(name, "\\B(?<capital>[A-Z])", "-${capital}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).ToLowerInvariant());
        Assert.Equal(names.Order(), check.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('\'')).Order());
    }

    [Fact]
    public async Task A_reference_to_nothing_is_refused()
    {
        await using var test = new TestDatabase();

        var failure = await Assert.ThrowsAsync<SqliteException>(() => test.Database.WriteAsync(db => db.Execute("INSERT INTO article_alias VALUES ('https://news.example.com/', 7)")));

        Assert.Contains("FOREIGN KEY", failure.Message, StringComparison.Ordinal);
    }
}
