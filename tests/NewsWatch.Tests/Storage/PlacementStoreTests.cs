using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;
using NewsWatch.Storage;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

/// <summary>The book of stories: where articles were placed, which stories became one, their texts and deadlines.</summary>
public abstract class PlacementStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreFact]
    public async Task Stories_that_are_merged_are_one_and_the_reason_is_kept()
    {
        var (one, two) = await Database.WriteAsync(db => (Placed(db, "one"), Placed(db, "two")));
        var merge = new StoryChange(StoryChangeKind.Merged, one.Id, two.Id, [], "both tell of the truce");

        await Database.WriteAsync(db => Placed(db, "three", one.Id, merge));

        Assert.Equal([one.Story, two.Story], Database.Read(db => PlacementStore.Merged(db, two.Story)).Order().Take(2));
        Assert.Equal(one.Story, Database.Read(db => PlacementStore.ThreadOf(db, one.Id)));
        Assert.Null(Database.Read(db => PlacementStore.ThreadOf(db, two.Id)));
        Assert.Equal(["both tell of the truce"], Database.Read(db => StoryEventStore.OfArticle(db, two.Id)).Select(told => told.Why));
    }

    [StoreFact]
    public async Task A_report_that_is_split_off_takes_its_articles_along()
    {
        var (one, two) = await Database.WriteAsync(db =>
        {
            var first = Placed(db, "one");
            return (first, Placed(db, "two", first.Id));
        });

        await Database.WriteAsync(db => Placed(db, "three", two.Id, new StoryChange(StoryChangeKind.Split, one.Id, two.Id, [two.Id], "another happening")));

        Assert.Equal([(one.Id, one.Id), (two.Id, two.Id)], Database.Read(db => PlacementStore.Since(db, Now)).Take(2).Select(placed => (placed.Article, placed.Story)));
        Assert.Equal(("why", true), Database.Read(db => PlacementStore.Of(db, one.Id)) is { } kept ? (kept.Why, kept.IsDoubtful) : default);
        Assert.Equal((2, 2, Now), Database.Read(db => PlacementStore.Size(db, [one.Story, two.Story])));
    }

    [StoreFact]
    public async Task The_texts_of_a_story_are_those_of_their_last_readings_up_to_then()
    {
        var (story, reading) = await Database.WriteAsync(db =>
        {
            var one = Kept.Article(db, "one", text: "first words");
            var last = Kept.Reading(db, one);
            Kept.Reading(db, Kept.Article(db, "two", one.Story, text: "second words"));
            return (one.Story, last);
        });

        Assert.Equal(["first words"], Texts(story, reading));
        Assert.Equal(["first words", "second words"], Texts(story, long.MaxValue));
    }

    [StoreFact]
    public async Task A_deadline_is_told_and_reminded_of_as_it_stands()
    {
        var (story, alert) = await Database.WriteAsync(db =>
        {
            var article = Kept.Article(db, "one");
            return (article.Story, Kept.Alert(db, article));
        });
        var deadline = new StoryDeadline(1, new(null, Now.AddHours(5), Granularity.Instant, "UTC", DeadlineModality.Set, "the ministry", "by noon") { Ends = Now.AddHours(5) }, 0, "wire");
        var id = await Database.WriteAsync(db => DeadlineStore.Keep(db, story, deadline));
        Assert.Equal(id, await Database.WriteAsync(db => DeadlineStore.Keep(db, story, deadline with { Sequence = 1 })));
        await Database.WriteAsync(db => DeadlineStore.Tell(db, new(id, "truce", 0, alert), Now));

        Assert.Empty(Database.Read(db => DeadlineStore.Near(db, Now, TimeSpan.FromHours(6)))); // what was told is not how it stands
        await Database.WriteAsync(db => DeadlineStore.Tell(db, new(id, "truce", 1, alert), Now));
        var near = Assert.Single(Database.Read(db => DeadlineStore.Near(db, Now, TimeSpan.FromHours(6))));
        await Database.WriteAsync(db => DeadlineStore.Remind(db, near, TimeSpan.FromHours(6)));

        Assert.Equal((Now.AddHours(5), 1), (near.Ends, Database.Read(db => DeadlineStore.OfStory(db, story)).Single().Deadline.Sequence));
        Assert.Equal([TimeSpan.FromHours(6)], Database.Read(db => DeadlineStore.Reminded(db, near)));
        Assert.Equal([new ToldDeadline(id, "truce", 1, alert)], Database.Read(db => DeadlineStore.Told(db, story)));
        Assert.Empty(Database.Read(db => DeadlineStore.Near(db, Now, TimeSpan.FromHours(4))));
        Assert.Empty(Database.Read(db => DeadlineStore.Near(db, Now.AddHours(5), TimeSpan.FromHours(6))));
    }

    /// <summary>An article in a report of its own.</summary>
    private static StoredArticle Placed(Session db, string name, long? story = null, params StoryChange[] changes)
    {
        var article = Kept.Article(db, name);
        PlacementStore.Add(db, article.Id, "world", new(article.Id, story ?? article.Id, PlacementKind.NewReport, IsDoubtful: true, "why", new byte[] { 1, 2 }, changes), Now);
        return article;
    }

    private List<string> Texts(long story, long reading) =>
        [.. Database.Read(db => StoryTexts.Of(db, [story], reading, (source, _) => new(source, source, source))).Select(text => text.Text)];
}

public sealed class SqlitePlacementStoreTests() : PlacementStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedPlacementStoreTests() : PlacementStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresPlacementStoreTests(PostgresServer server) : PlacementStoreTests(StorageEngine.Postgres, server);
