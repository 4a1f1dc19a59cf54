using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class ArticleStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task An_article_is_found_by_its_number_its_address_and_its_other_addresses()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one", text: "Hello."));
        await Database.WriteAsync(db => ArticleStore.AddAlias(db, article.Id, "https://amp.example.com/one"));
        await Database.WriteAsync(db => ArticleStore.AddAlias(db, article.Id, "https://amp.example.com/one"));

        Assert.Equal(article.Id, Database.Read(db => ArticleStore.Find(db, "https://amp.example.com/one"))?.Id);
        Assert.Equal("Hello.", Database.Read(db => ArticleStore.Find(db, article.Article.Url))?.Article.Text);
        Assert.Null(Database.Read(db => ArticleStore.Find(db, "https://news.example.com/two")));
        Assert.Equal(article.Id + 1, Database.Read(ArticleStore.NextId));
    }

    [StoreFact]
    public async Task A_new_version_raises_the_revision_and_its_old_document_goes()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one", text: "First."));
        var changed = article.Article with { Text = "Second.", Authors = ["Ada Sample"], Published = Now };

        await Database.WriteAsync(db => ArticleStore.Update(db, article, changed, DocumentStore.Keep(db, DocumentWrite.From(changed)), Now));

        var kept = Database.Read(db => ArticleStore.Find(db, article.Id))!;
        Assert.Equal((article.Revision + 1, "Second.", "Ada Sample", (DateTimeOffset?)Now), (kept.Revision, kept.Article.Text, kept.Article.Authors[0], kept.Article.Published));
        Assert.Null(Database.Read(db => DocumentStore.Find(db, article.Document!.Value)));
    }

    [StoreFact]
    public async Task Every_source_that_carries_a_story_is_named_once()
    {
        var story = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one");
            var two = Kept.Article(db, "two", source: "paper");
            ArticleStore.Move(db, two.Id, one.Story);
            var item = Rows.Item(db, "copy", Now);
            var claimed = ItemQueue.Claim(db, Background.NewProcess(), Now, 1).Single(claimed => claimed.Id == item);
            ItemQueue.Done(db, claimed, two.Id, "alerted");
            return one.Story;
        });

        Assert.Equal(
            ["world one", "paper two", "world two"],
            Database.Read(db => ArticleStore.Carriers(db, story, null)).Select(carrier => $"{carrier.Source} {carrier.Title}"));
        Assert.Equal(["one", "two"], Database.Read(db => ArticleStore.Newest(db)).Select(article => article.Article.Title).Order(StringComparer.Ordinal));
    }

    [StoreFact]
    public async Task A_sites_repeated_paragraphs_are_remembered_until_it_was_not_seen_for_long()
    {
        string[] pages = ["https://news.example.com/1", "https://www.news.example.com/2", "https://news.example.com/3"];
        foreach (var page in pages)
        {
            await Database.WriteAsync(db => BoilerplateStore.Add(db, page, ["Subscribe to our newsletter for the news of the day."], Now));
        }

        Assert.True(Database.Read(db => BoilerplateStore.Find(db, pages[0])).Count > 0);
        Assert.Equal(0, Database.Read(db => BoilerplateStore.Find(db, "https://other.example.org/")).Count);
        Assert.Equal(0, await Database.WriteAsync(db => BoilerplateStore.DeleteOlder(db, Now, 10)));
        Assert.Equal(1, await Database.WriteAsync(db => BoilerplateStore.DeleteOlder(db, Now.AddSeconds(1), 10)));
    }

    [StoreFact]
    public async Task A_page_is_watched_once_and_what_is_missing_is_counted_until_it_is_seen()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one").Id);
        await Database.WriteAsync(db => PageWatchStore.Begin(db, article, Now));
        await Database.WriteAsync(db => PageWatchStore.Begin(db, article, Now.AddHours(1)));
        await Database.WriteAsync(db => PageWatchStore.Missing(db, article, Now.AddHours(1)));
        await Database.WriteAsync(db => PageWatchStore.Missing(db, article, Now.AddHours(2)));

        Assert.Equal(new PageWatchRow(Now, 2, Now.AddHours(1), null), Database.Read(db => PageWatchStore.Find(db, article)));
        Assert.Equal(Now.AddMinutes(5), Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())));
        await Database.WriteAsync(db => PageWatchStore.Seen(db, article, "etag"));
        var watch = Database.Read(db => PageWatchStore.Find(db, article))!;
        await Database.WriteAsync(db =>
        {
            PageQueue.Done(db, PageQueue.Claim(db, Background.NewProcess(), [article], Now.AddMinutes(5)).Single(), null);
            PageWatchStore.Next(db, article, watch, Now.AddMinutes(5));
        });

        Assert.Equal(new PageWatchRow(Now, 0, null, "etag"), watch);
        Assert.Equal(Now.AddMinutes(15), Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())));
    }
}

public sealed class SqliteArticleStoreTests() : ArticleStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedArticleStoreTests() : ArticleStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresArticleStoreTests(PostgresServer server) : ArticleStoreTests(StorageEngine.Postgres, server);
