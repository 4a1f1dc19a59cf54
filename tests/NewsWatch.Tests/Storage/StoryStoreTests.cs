using NewsWatch.Storage;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;
using static NewsWatch.Tests.Storage.Rows;

namespace NewsWatch.Tests.Storage;

public abstract class StoryStoreTests(StorageEngine engine, PostgresServer? server = null) : StorageContract(engine, server)
{
    [StoreTheory]
    [InlineData(24 * 60, true)]
    [InlineData(-24 * 60, true)]
    [InlineData(24 * 60 + 1, false)]
    public async Task An_equal_headline_within_a_day_is_the_same_story(int minutes, bool same)
    {
        var story = await BeginAsync("https://news.example.com/a", "truce holds");

        var found = Database.Read(db => StoryStore.SameTitle(db, "truce holds", Now.AddMinutes(minutes)));

        Assert.Equal(same ? story.Id : null, found?.Id);
    }

    [StoreFact]
    public async Task An_edited_headline_belongs_to_the_story_as_well()
    {
        var story = await BeginAsync("https://news.example.com/a", "truce holds");
        await Database.WriteAsync(db => StoryStore.Touch(db, story.Id, "truce breaks", Now.AddHours(2)));

        Assert.Equal(story.Id, Database.Read(db => StoryStore.SameTitle(db, "truce breaks", Now.AddHours(3)))?.Id);
        Assert.Equal(story.Id, Database.Read(db => StoryStore.SameTitle(db, "truce holds", Now.AddHours(3)))?.Id);
    }

    [StoreFact]
    public async Task A_headline_that_tells_nothing_joins_nothing()
    {
        await BeginAsync("https://news.example.com/a", "");

        Assert.Null(Database.Read(db => StoryStore.SameTitle(db, "", Now)));
    }

    [StoreFact]
    public async Task The_newest_story_of_a_headline_is_the_one_that_goes_on()
    {
        await BeginAsync("https://news.example.com/monday", "morning briefing", Now.AddHours(-20));
        var newer = await BeginAsync("https://news.example.com/tuesday", "morning briefing", Now);

        Assert.Equal(newer.Id, Database.Read(db => StoryStore.SameTitle(db, "morning briefing", Now.AddHours(1)))?.Id);
    }

    [StoreFact]
    public async Task The_key_is_a_function_of_the_first_articles_identity()
    {
        var story = await BeginAsync("https://news.example.com/a", "truce holds");
        var again = await BeginAsync("https://news.example.com/a", "another headline");
        await using var restored = new TestDatabase(losesCommitsOnPowerFailure: true);

        var elsewhere = await restored.Database.WriteAsync(db => StoryStore.Begin(db, "https://news.example.com/a", "truce holds", Now.AddDays(3)));

        Assert.Equal(story.Id, again.Id);
        Assert.Equal(story.Key, elsewhere.Key);
    }

    private Task<Story> BeginAsync(string identity, string titleKey, DateTimeOffset? seen = null) => Database.WriteAsync(db =>
    {
        var story = StoryStore.Begin(db, identity, titleKey, seen ?? Now);
        StoryStore.Touch(db, story.Id, titleKey, seen ?? Now);
        return story;
    });
}

public sealed class SqliteStoryStoreTests() : StoryStoreTests(StorageEngine.Sqlite);

public sealed class RehearsedStoryStoreTests() : StoryStoreTests(StorageEngine.Rehearsed);

[Collection(SharedPostgres.Name)]
public sealed class PostgresStoryStoreTests(PostgresServer server) : StoryStoreTests(StorageEngine.Postgres, server);
