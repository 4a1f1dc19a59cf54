using NewsWatch.Core.Articles;
using NewsWatch.Core.Stories;
using NewsWatch.Processing;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Services that share a database place articles in the same stories as one does.</summary>
public sealed class SharedStoriesTests
{
    private static readonly DateTimeOffset Start = new(2025, 8, 6, 21, 0, 0, TimeSpan.Zero);
    private static readonly string[] Happenings =
    [
        "earthquake shakes {0} and damages the old bridge", "parliament of {0} votes on the pension reform", "ferry sinks off {0} with forty passengers aboard",
        "central bank of {0} raises its key rate by half a point", "wildfire near {0} forces hundreds to leave their homes",
    ];

    private static readonly string[] Places = ["Lisbon", "Oslo", "Manila"];
    private static readonly string[] Forms = ["{0}", "Breaking: {0}", "{0}, officials say", "Report: {0}", "What we know: {0}", "{0} - live"];

    [Fact]
    public async Task Three_services_place_articles_as_one_does()
    {
        var one = await PlaceAsync(services: 1);
        var three = await PlaceAsync(services: 3);

        Assert.Equal(one, three);
        Assert.InRange(one.Select(line => line.Split(' ')[2]).Distinct().Count(), 4, 60);
        Assert.Contains(one, line => line.Split(' ') is var words && words[0] != words[1]);
    }

    [Fact]
    public async Task An_article_whose_write_was_undone_is_in_no_story()
    {
        await using var test = new TestDatabase(losesCommitsOnPowerFailure: true);
        var (own, other) = (new StoryShelf(), new StoryShelf());
        await PlaceAsync(test.Database, other, 0);
        await PlaceAsync(test.Database, own, 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Database.WriteAsync(db =>
        {
            Place(db, own, 2, "Volcano on Luzon erupts and closes three airports");
            throw new InvalidOperationException();
        }));
        var placed = await test.Database.WriteAsync(db => Place(db, own, 3, "Volcano on Luzon erupts and closes three airports"));

        Assert.Equal(PlacementKind.NewStory, placed.Kind);
    }

    private static async Task<IReadOnlyList<string>> PlaceAsync(int services)
    {
        await using var test = new TestDatabase(losesCommitsOnPowerFailure: true);
        var shelves = Enumerable.Range(0, services).Select(_ => new StoryShelf()).ToList();
        var random = new Random(7);
        for (var number = 0; number < 150; number++)
        {
            await PlaceAsync(test.Database, shelves[random.Next() % services], number);
        }

        return [.. test.Database.Read(db => Stored.Rows<(long Article, long Report, long Story)>(db, "placement", "article, report, story")).OrderBy(placed => placed.Article).Select(placed => $"{placed.Article} {placed.Report} {placed.Story}")];
    }

    private static Task PlaceAsync(Database database, StoryShelf shelf, int number)
    {
        var headline = string.Format(System.Globalization.CultureInfo.InvariantCulture, Happenings[number * 7 % Happenings.Length], Places[number * 5 % Places.Length]);
        return database.WriteAsync(db => Place(db, shelf, number, string.Format(System.Globalization.CultureInfo.InvariantCulture, Forms[number % Forms.Length], headline)));
    }

    private static Placement Place(Session db, StoryShelf shelf, int number, string title)
    {
        var now = Start.AddMinutes(number * 20);
        var placement = shelf.Place(db, new() { Id = ArticleStore.NextId(db), Title = title, Publisher = $"publisher-{number % 11}" }, now);
        var article = new Article { Url = $"https://news.example.com/{number}", Title = title, Text = title };
        var story = StoryStore.Begin(db, article.Url, title, now);
        PlacementStore.Add(db, ArticleStore.Add(db, article, DocumentStore.Keep(db, DocumentWrite.From(article)), story.Id, "wire", now, now), $"publisher-{number % 11}", placement, now);
        return placement;
    }
}
