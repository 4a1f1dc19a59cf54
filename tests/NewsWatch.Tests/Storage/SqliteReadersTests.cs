using System.Data.Common;
using Microsoft.Data.Sqlite;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Stories;
using SQLitePCL;

namespace NewsWatch.Tests.Storage;

/// <summary>Connections that read a file stay open for the next read; nobody can tell but by the time it takes.</summary>
public sealed class SqliteReadersTests : IDisposable
{
    private const int MostOpen = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;
    private readonly SqliteConnection _writer;
    private readonly SqliteReaders _readers;

    public SqliteReadersTests()
    {
        _writer = new($"Data Source={Path.Combine(_folder, "words.db")};Pooling=False");
        _writer.Open();
        Statement.Execute(_writer, "PRAGMA journal_mode=WAL; CREATE TABLE word (text TEXT NOT NULL)");
        _readers = new(_writer.ConnectionString);
    }

    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_read_sees_what_was_committed_since_the_last_and_holds_no_log()
    {
        Assert.Empty(Words());
        Statement.Execute(_writer, "INSERT INTO word VALUES ('truce')");

        Assert.Equal(["truce"], Words());

        Assert.Equal(0L, new Session(_writer).ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)")); // a reader in the middle of a read would make it busy
        Assert.Equal(0, new FileInfo(Path.Combine(_folder, "words.db-wal")).Length);
    }

    [Fact]
    public void A_table_that_changes_between_two_reads_is_read_as_it_is()
    {
        Statement.Execute(_writer, "INSERT INTO word VALUES ('truce')");
        Words();
        Statement.Execute(_writer, "ALTER TABLE word RENAME TO old; CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL); INSERT INTO word (text) VALUES ('talks')");

        Assert.Equal(["talks"], Words());
    }

    [Fact]
    public void A_read_that_fails_leaves_the_next_one_alone()
    {
        using (var reader = _readers.Open())
        {
            Assert.ThrowsAny<DbException>(() => new Session(reader).Query<string>("SELECT text FROM nothing"));
        }

        Assert.Empty(Words());
    }

    [Fact]
    public void Many_read_at_once_and_few_stay_open()
    {
        var first = Enumerable.Range(0, 3 * MostOpen).Select(_ => _readers.Open()).ToList();
        Assert.All(first, reader => Assert.Empty(new Session(reader).Query<string>("SELECT text FROM word")));
        first.ForEach(reader => reader.Dispose());

        Assert.Equal(MostOpen, first.Count(reader => reader.State == System.Data.ConnectionState.Open));
        _readers.Dispose();
        Assert.DoesNotContain(first, reader => reader.State == System.Data.ConnectionState.Open);
    }

    [Fact]
    public void One_that_is_in_use_when_all_are_closed_is_closed_after_its_read()
    {
        var reader = _readers.Open();
        _readers.Dispose();
        Assert.Empty(new Session(reader).Query<string>("SELECT text FROM word"));

        reader.Dispose();

        Assert.Equal(System.Data.ConnectionState.Closed, reader.State);
    }

    [Fact]
    public async Task What_a_subscriber_was_told_of_a_story_costs_the_same_however_much_else_there_was()
    {
        await using var database = new Database(Path.Combine(_folder, "newswatch.db"));
        var story = await database.WriteAsync(db => Kept.Sent(db, "one", DateTimeOffset.UnixEpoch).Story);
        var alert = database.Read(LedgerStore.NewestAlert);
        var before = await database.WriteAsync(Steps);

        await database.WriteAsync(db => Enumerable.Range(0, 200).Select(n => Kept.Sent(db, $"other {n}", DateTimeOffset.UnixEpoch.AddMinutes(n))).ToList());
        await database.WriteAsync(db => db.Execute(
            """
            INSERT INTO delivery (key, bundle, kind, subscriber, channel, created, state, due, alert)
            SELECT @name, @name, kind, @name, channel, delivery.created, state, due, alert FROM delivery JOIN alert ON alert.id = delivery.alert WHERE story = @story AND subscriber = 'anna'
            """,
            Enumerable.Range(0, 200).Select(n => new { name = $"reader {n}", story })));

        Assert.InRange(await database.WriteAsync(Steps), before / 2, 2 * before);

        int Steps(Session db)
        {
            var steps = 0;
            var connection = ((SqliteConnection)db.Connection).Handle!;
            raw.sqlite3_progress_handler(connection, 1, (delegate_progress)(_ => ++steps > 0 ? 0 : 1), null);
            Assert.Single(ThreadStore.Known(db, "anna", "mail", [story], ""));
            Assert.Single(ThreadStore.Of(db, "anna", "mail", story, ""));
            Assert.Single(LedgerStore.OfStory(db, story, "anna"));
            Assert.InRange(FeedbackStore.Give(db, alert, "anna", FeedbackVerdict.Useful, DateTimeOffset.UnixEpoch), 0, 1);
            raw.sqlite3_progress_handler(connection, 0, (delegate_progress?)null, null);
            return steps;
        }
    }

    private IReadOnlyList<string> Words()
    {
        using var reader = _readers.Open();
        return new Session(reader).Query<string>("SELECT text FROM word");
    }
}
