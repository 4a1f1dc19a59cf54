using Dapper;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage;
using SQLitePCL;

namespace NewsWatch.Tests.Storage;

/// <summary>A connection that keeps its prepared statements answers as one that does not.</summary>
public sealed class PreparedConnectionTests : IDisposable
{
    private readonly PreparedConnection _connection = new("Data Source=:memory:");
    private readonly Session _session;

    public PreparedConnectionTests()
    {
        _session = new(_connection);
        _connection.Open();
        _connection.Execute("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)");
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void The_same_statement_takes_other_values_each_time()
    {
        foreach (var text in new[] { "one", "two", "three" })
        {
            _connection.Execute("INSERT INTO word (text) VALUES (@text)", new { text });
        }

        Assert.Equal([1L, 2L, 3L], new[] { "one", "two", "three" }.Select(text => _connection.ExecuteScalar<long>("SELECT id FROM word WHERE text = @text", new { text })));
    }

    [Fact]
    public void A_statement_is_planned_once_whatever_its_values_are()
    {
        var planned = 0;
        raw.sqlite3_set_authorizer(_connection.Handle!, (strdelegate_authorizer)((_, _, _, _, _, _) => ++planned > 0 ? raw.SQLITE_OK : raw.SQLITE_DENY), null); // asked while a statement is planned
        Count(1);
        var once = planned;

        Count(2);
        Count(2);

        Assert.True(once > 0);
        Assert.Equal(once, planned);

        void Count(int most) => _connection.ExecuteScalar<long>("SELECT count(*) FROM (SELECT 1 FROM word WHERE text > @after LIMIT @most)", new { after = $"{most}", most });
    }

    [Fact]
    public void A_list_of_values_may_have_another_length_each_time()
    {
        _connection.Execute("INSERT INTO word (text) VALUES (@text)", new[] { new { text = "one" }, new { text = "two" } });

        Assert.Equal(
            [1, 2, 0],
            new[] { new long[] { 1 }, [1, 2], [] }.Select(ids => _session.ExecuteScalar<int>("SELECT count(*) FROM word WHERE id IN @ids AND text <> @none", new { none = "", ids })));
    }

    [Fact]
    public void Every_parameter_counts_wherever_it_stands_among_several_lists()
    {
        _connection.Execute("INSERT INTO word (text) VALUES ('one'), ('two'), ('three'), ('four')");

        string[] Texts(long[] ids, string[] texts, string none) =>
            [.. _session.Query<string>("SELECT text FROM word WHERE id IN @ids AND text IN @texts AND text <> @none ORDER BY id", new { ids, texts, none })];

        Assert.Equal(["one", "three"], Texts([1, 2, 3], ["three", "two", "one"], "two"));
        Assert.Equal(["four"], Texts([4, 1], ["four"], "one"));
        Assert.Equal([], Texts([], ["four"], "one"));
        Assert.Equal(["one", "four"], _session.Query<string>("SELECT text FROM word WHERE id NOT IN @ids ORDER BY id", new { ids = new List<long> { 2, 3 } }));
        Assert.Equal(["o'ne\"", "one"], _session.Query<string>("SELECT 'o''ne\"' WHERE 'o''ne\"' IN @texts UNION ALL SELECT text FROM word WHERE id = 1", new { texts = new[] { "o'ne\"" } }));
    }

    [Fact]
    public void A_list_counts_in_each_execution_of_one_statement()
    {
        _connection.Execute("INSERT INTO word (text) VALUES ('one'), ('two'), ('three')");

        _session.Execute("DELETE FROM word WHERE id IN @ids AND text IN @texts", new[] { new { ids = new long[] { 1, 2 }, texts = new[] { "one" } }, new { ids = new long[] { 3 }, texts = new[] { "three", "two" } } });

        Assert.Equal(["two"], _connection.Query<string>("SELECT text FROM word"));
    }

    [Fact]
    public void A_statement_may_be_begun_again_while_it_is_read()
    {
        _connection.Execute("INSERT INTO word (text) VALUES ('one'), ('two')");

        var pairs = _connection.Query<string>("SELECT text FROM word ORDER BY id", buffered: false)
            .SelectMany(one => _connection.Query<string>("SELECT text FROM word ORDER BY id", buffered: false).Select(other => one + other)).ToList();

        Assert.Equal(["oneone", "onetwo", "twoone", "twotwo"], pairs);
    }

    [Fact]
    public void A_statement_that_failed_works_again_with_other_values()
    {
        _connection.Execute("INSERT INTO word (text) VALUES (@text)", new { text = "one" });

        Assert.Throws<SqliteException>(() => _connection.Execute("INSERT INTO word (text) VALUES (@text)", new { text = "one" }));
        _connection.Execute("INSERT INTO word (text) VALUES (@text)", new { text = "two" });

        Assert.Equal(2, _connection.ExecuteScalar<int>("SELECT count(*) FROM word"));
    }

    [Fact]
    public void A_statement_follows_a_changed_schema()
    {
        _connection.Execute("INSERT INTO word (text) VALUES ('one')");
        Assert.Single(_connection.Query("SELECT * FROM word"));

        _connection.Execute("ALTER TABLE word ADD COLUMN language TEXT NOT NULL DEFAULT 'en'");

        Assert.Equal("en", _connection.Query("SELECT * FROM word").Single().language);
    }
}
