using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>What rules saw: documents, readings, matches, and the search over them.</summary>
public abstract class ArchiveStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task The_same_content_is_one_document_until_nothing_names_it()
    {
        var content = DocumentWrite.From(new Article { Url = "", Title = "Truce", Text = "The border is calm. 停火 🕊", Authors = ["Ada Sample"], Section = "World", Language = "en" });
        var (one, again) = await Database.WriteAsync(db => (DocumentStore.Keep(db, content), DocumentStore.Keep(db, content)));

        Assert.Equal(one, again);
        Assert.Equal(("Truce", "The border is calm. 停火 🕊", "Ada Sample"), Database.Read(db => DocumentStore.Find(db, one)) is { } kept ? (kept.Title, kept.Text, kept.Authors[0]) : default);
        await Database.WriteAsync(db => DocumentStore.DeleteUnused(db, [one]));
        Assert.Null(Database.Read(db => DocumentStore.Find(db, one)));
    }

    [StoreFact]
    public async Task A_document_that_an_article_or_a_reading_names_stays()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one", text: "text"));
        await Database.WriteAsync(db => Kept.Reading(db, article));

        await Database.WriteAsync(db => DocumentStore.DeleteUnused(db, [article.Document!.Value]));

        Assert.NotNull(Database.Read(db => DocumentStore.Find(db, article.Document!.Value)));
    }

    [StoreFact]
    public async Task Readings_come_in_the_order_of_decisions_and_go_with_time()
    {
        var (article, ids) = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one");
            return (one, (long[])[Kept.Reading(db, one, Now.AddDays(-2)), Kept.Reading(db, one, Now)]);
        });

        Assert.Equal(ids, Database.Read(db => ReadingStore.OfArticle(db, article.Id)).Select(reading => reading.Id));
        Assert.Equal([ids[1]], Database.Read(db => ReadingStore.After(db, ids[0], 10)).Select(reading => reading.Id));
        Assert.Equal(ids[1], Database.Read(db => ReadingStore.LastOf(db, article.Id)));
        Assert.Equal((Now.AddDays(-2), "world", ReadingStage.Headline), Database.Read(db => ReadingStore.OfArticle(db, article.Id))[0] is var first ? (first.At, first.Source, first.Stage) : default);
        Assert.Equal(1, await Database.WriteAsync(db => ReadingStore.DeleteOlder(db, Now.AddDays(-1), 10)));
        Assert.Equal([ids[1]], Database.Read(db => ReadingStore.After(db, 0, 10)).Select(reading => reading.Id));
    }

    [StoreFact]
    public async Task A_match_is_kept_with_its_hits()
    {
        var reading = await Database.WriteAsync(db => Kept.Reading(db, Kept.Article(db, "one")));
        var match = new ExcerptedMatch("truce", [new(Field.Title, 0, 5, "Truce", "#truce", "truce", null), new(Field.Body, 7, 5, "truce", "#truce", "truce", "no")], []);

        await Database.WriteAsync(db => MatchStore.Add(db, reading, match, alerted: false));
        await Database.WriteAsync(db => MatchStore.Add(db, reading, match, alerted: true));

        var kept = Assert.Single(Database.Read(db => MatchStore.Of(db, reading)));
        Assert.Equal(("truce", true), (kept.Rule, kept.Alerted));
        Assert.Equal([(Field.Title, 0, "#truce", false), (Field.Body, 7, "#truce", true)], kept.Hits.Select(hit => (hit.Field, hit.Start, hit.Clause, hit.Negated)));
    }

    [StoreFact]
    public async Task Changes_that_were_not_told_are_kept_in_the_order_of_their_times()
    {
        var article = await Database.WriteAsync(db => Kept.Article(db, "one").Id);
        foreach (var change in new QuietChange[] { new("truce", Now, "a typing error"), new("truce", Now.AddMinutes(-1), "a comma"), new("truce", Now, "a name's spelling") })
        {
            await Database.WriteAsync(db => QuietChangeStore.Add(db, article, change));
        }

        Assert.Equal(["a comma", "a name's spelling"], Database.Read(db => QuietChangeStore.OfArticle(db, article)).Select(change => change.Why));
    }

    [StoreFact]
    public async Task A_window_of_readings_is_replayed_with_what_came_before_in_its_stories()
    {
        var (story, alert) = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one", text: "first words");
            Kept.Reading(db, one, Now.AddDays(-3), "v1");
            Kept.Reading(db, Kept.Article(db, "apart"), Now.AddDays(-3));
            Kept.Reading(db, one, Now, "v2");
            Kept.Reading(db, one, Now.AddMinutes(1), "v1");
            return (one.Story, Kept.Alert(db, one, at: Now.AddDays(-3)));
        });

        var window = Database.Read(db => ReplayStore.Window(db, Now.AddDays(-1), null));

        Assert.Equal((2, Now, Now.AddMinutes(1)), (window.Readings, window.From, window.To));
        Assert.Equal(["v2", "v1"], Database.Read(db => ReplayStore.Page(db, window, window.First - 1, 10).Select(reading => reading.Configuration).ToList()));
        Assert.Equal(["v2", "v1"], Database.Read(db => ReplayStore.ConfigurationsOf(db, window)));
        var before = Assert.Single(Database.Read(db => ReplayStore.Before(db, window, 0, 10).ToList()));
        Assert.Equal((story, "first words"), (before.Place.Story, before.Article.Text));
        Assert.Equal(before.Id, Database.Read(db => ReplayStore.Find(db, before.Id))?.Id);
        Assert.Equal([story], Database.Read(db => ReplayStore.AlertsBefore(db, Now).Select(told => told.Place.Story).ToList()));
        Assert.Empty(Database.Read(db => ReplayStore.KeysOf(db, window).ToList()));
        await Database.WriteAsync(db => Kept.Delivery(db, alert));
        Assert.Equal([("anna", Now)], Database.Read(db => ReplayStore.MessagesOf(db, Now, Now.AddSeconds(1))).Select(message => (message.Subscriber, message.At)));
        Assert.Empty(Database.Read(db => ReplayStore.MessagesOf(db, Now.AddSeconds(1), Now.AddHours(1))));
    }

    [StoreFact]
    public async Task Articles_are_found_by_their_words_until_they_are_forgotten()
    {
        var articles = await Database.WriteAsync(db => (StoredArticle[])[Kept.Article(db, "truce", text: "The border is calm."), Kept.Article(db, "harvest", source: "paper", text: "Rain at the border.")]);
        Assert.Equal(2, Database.Read(ArchiveSearch.Missing));
        var ready = Database.Read(db => SearchIndex.Next(db, 10));
        await Database.WriteAsync(db => SearchIndex.Write(db, ready));

        Assert.Equal(0, Database.Read(ArchiveSearch.Missing));
        Assert.Equal(["harvest", "truce"], Found("border"));
        Assert.Equal(["harvest"], Found("border", new(Source: "paper")));
        Assert.Equal(["truce"], Found("border", new(Before: articles[1].Id)));
        Assert.Equal(["truce"], Found("\"border is\" cal*"));
        await Database.WriteAsync(db => SearchIndex.Forget(db, articles[0].Id));
        Assert.Equal(["harvest"], Found("border"));
        await Database.WriteAsync(db => SearchIndex.ForgetStory(db, articles[1].Story));
        Assert.Empty(Found("border"));
    }

    [StoreFact]
    public async Task A_short_beginning_is_found_among_the_newest_articles_and_a_rare_one_among_all()
    {
        await Database.WriteAsync(db =>
        {
            Kept.Article(db, "oldest", text: "Zebras cross the border.");
            for (var number = 1; number <= 410; number++)
            {
                Kept.Article(db, $"n{number:000}", text: number % 2 == 0 ? "A truce, don't they say." : "Talks in Труа-Ривьер: un-truthful.");
            }

            SearchIndex.Write(db, SearchIndex.Next(db, 500));
        });

        Assert.Equal(["n410", "n409", "n408"], Found("tr*", new(Most: 3)));
        Assert.Equal(["n410", "n408", "n406"], Found("\"a tr*\" sa*", new(Most: 3)));
        Assert.Equal(["n409"], Found("тр*", new(Most: 1)));
        Assert.Equal(["n408", "n406"], Found("tr* don't", new(Before: 410, Most: 2)));
        Assert.Equal(["oldest"], Found("ze*"));
        Assert.Equal(["oldest"], Found("ze* border"));
        Assert.Empty(Found("ze* truce"));
    }

    private List<string> Found(string words, SearchFilter? filter = null) =>
        [.. Database.Read(db => ArchiveSearch.Find(db, SearchQuery.Parse(words)!, filter ?? new())).Select(found => found.Title)];
}

public sealed class SqliteArchiveStoreTests() : ArchiveStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedArchiveStoreTests() : ArchiveStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresArchiveStoreTests(PostgresServer server) : ArchiveStoreTests(StorageEngine.Postgres, server);
