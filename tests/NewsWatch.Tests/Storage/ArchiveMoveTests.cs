using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Feeds;
using NewsWatch.Maintenance;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

/// <summary>A file that an earlier version wrote becomes an archive.</summary>
public sealed class ArchiveMoveTests : IDisposable
{
    private const int Articles = 70; // more than two batches
    private readonly string _folder = Directory.CreateTempSubdirectory("newswatch-test-").FullName;

    [Fact]
    public async Task Every_text_of_an_earlier_version_is_moved_and_found()
    {
        await using var database = Earlier();
        using var loop = Loop(database);

        await loop.RunAsync(CancellationToken.None);

        for (var id = 1; id <= Articles; id++)
        {
            Assert.Equal(Text(id), database.Read(db => ArticleStore.Find(db, id)!.Article.Text));
            Assert.Equal([ReadingStage.Kept], database.Read(db => ReadingStore.OfArticle(db, id)).Select(reading => reading.Stage));
            Assert.Equal([id], database.Read(db => ArchiveSearch.Find(db, SearchQuery.Parse($"\"report number {id}\"")!, new())).Select(found => found.Id));
        }

        Assert.Equal(0, database.Read(db => db.ExecuteScalar<long>("SELECT sum(length(text)) FROM article")));
    }

    [Fact]
    public async Task Items_that_are_done_lose_their_payload_and_keep_the_link_that_they_were_seen_under()
    {
        await using var database = Earlier();
        using var loop = Loop(database);

        await loop.RunAsync(CancellationToken.None);

        Assert.Equal(0, database.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM item WHERE state = 'done' AND payload <> ''")));
        Assert.Equal("old", Assert.Single(database.Read(db => LedgerStore.Seen(db, "https://world.example.com/old?ref=1"))).State);
        Assert.Equal("Old", StoredJson.Read<FeedItem>(database.Read(db => db.QuerySingle<string>("SELECT payload FROM item WHERE state = 'old'"))).Title);
        Assert.Equal(0, await loop.RunAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("nothing", "too old: published 2025-08-04 23:00 UTC, first seen 2025-08-06 12:00 UTC; MaxAge is 36h", VerdictReason.TooOld)]
    [InlineData("nothing", "same story as alert r/a of 2025-08-06 12:00 UTC; a copy or an edit adds no alert", VerdictReason.SameStory)]
    [InlineData("nothing", "anna unsubscribed from rule r", VerdictReason.Unsubscribed)]
    [InlineData("nothing", "a route brings it, but anna's Rules leave r out", VerdictReason.NotWanted)]
    [InlineData("nothing", "rule r is muted until 2026-12-01 08:00 +01:00 because the desk moves", VerdictReason.Muted)]
    [InlineData("cap", "over the cap of 20 messages in 1h: goes into the overflow digest of 2025-08-06 13:00 +00:00", VerdictReason.Cap)]
    public async Task A_verdict_of_an_earlier_version_gets_its_reason(string outcome, string why, VerdictReason reason)
    {
        await using var database = Earlier();
        await database.WriteAsync(db => db.Execute(
            "INSERT INTO verdict (article, rule, subscriber, at, outcome, why) VALUES (1, 'r', 'anna', 0, @outcome, @why)", new { outcome, why }));
        using var loop = Loop(database);

        await loop.RunAsync(CancellationToken.None);

        Assert.Equal(reason, Assert.Single(database.Read(db => VerdictStore.OfArticle(db, 1))).Reason);
    }

    [Fact]
    public async Task An_article_that_changes_while_it_is_moved_keeps_its_new_text()
    {
        await using var database = Earlier();
        var read = database.Read(db => ArchiveMove.Articles(db, 1));
        await database.WriteAsync(db =>
        {
            var known = ArticleStore.Find(db, 1)!;
            var edited = known.Article with { Text = "Edited." };
            ArticleStore.Update(db, known, edited, DocumentStore.Keep(db, DocumentWrite.From(edited)), Rows.Now);
        });

        await database.WriteAsync(db => ArchiveMove.Write(db, read));

        Assert.Equal("Edited.", database.Read(db => ArticleStore.Find(db, 1)!.Article.Text));
        Assert.Equal(1, database.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM document")));
    }

    [Fact]
    public async Task A_service_that_dies_while_it_moves_goes_on_where_it_was()
    {
        await using (var died = Earlier())
        {
            await died.WriteAsync(db => ArchiveMove.Write(db, ArchiveMove.Articles(db, 25)));
            await died.WriteAsync(db => ArchiveMove.Write(db, ArchiveMove.Items(db, 25)));
        }

        await using var database = new Database(Path.Combine(_folder, "newswatch.db"));
        using var loop = Loop(database);

        Assert.Equal((Articles - 25) + (Articles + 1 - 25) + Articles, await loop.RunAsync(CancellationToken.None));
        Assert.Equal(Articles, database.Read(db => db.ExecuteScalar<long>("SELECT count(*) FROM reading")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ArchiveLoop Loop(Database database) => new(database, Background.NewLoop(TimeProvider.System), new FakeTimeProvider());

    private static string Text(int id) => $"This is report number {id} of the delegation.";

    /// <summary>A file as the version before the archive wrote it, opened by this one.</summary>
    private Database Earlier()
    {
        var path = Path.Combine(_folder, "newswatch.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Schema.Migrate(connection, before: "0016");
            var db = new Session(connection);
            for (var id = 1; id <= Articles; id++)
            {
                var article = Rows.Article(db, $"https://world.example.com/{id}");
                db.Execute("UPDATE article SET text = @text WHERE id = @article", new { article, text = Text(id) });
                Add(db, article.ToString(System.Globalization.CultureInfo.InvariantCulture), "done", new FeedItem { Title = "Done", Text = Text(id), Link = $"https://world.example.com/{id}" });
            }

            Add(db, "old", "old", new FeedItem { Title = "Old", Link = "https://world.example.com/old?ref=1" });
        }

        return new(path);
    }

    private static void Add(Session db, string key, string state, FeedItem payload)
    {
        var item = Rows.Item(db, key, Rows.Now, state);
        db.Execute("UPDATE item SET payload = @payload, link_key = @key WHERE id = @item", new { item, payload = StoredJson.Write(payload), key = $"https://world.example.com/{key}" });
    }
}
