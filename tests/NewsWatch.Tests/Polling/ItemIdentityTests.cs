using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>What counts as the same item, poll by poll. Each poll's items are processed before the next.</summary>
public sealed class ItemIdentityTests
{
    private static readonly DateTimeOffset Start = new(2025, 8, 6, 20, 0, 0, TimeSpan.Zero);

    private static FeedItem Item(int n, string? id = "guid", string? link = "https://news.example.com/story-", string title = "Story number ", string text = "What happened.") => new()
    {
        Id = id is "guid" ? $"guid-{n}" : id,
        Link = link is "https://news.example.com/story-" ? $"{link}{n}" : link,
        Title = title is "Story number " ? $"{title}{n}" : title,
        Text = text,
        Published = Start.AddMinutes(n),
    };

    private static FeedItem Bulletin(int n) => Item(n, link: "https://news.example.com/bulletins", title: $"Flood bulletin {n} for the lower valley and its towns");

    private static FeedItem[] Items(int count, Func<int, FeedItem> of) => [.. Enumerable.Range(1, count).Select(of)];

    /// <summary>Name; polls; for each poll how many items wait to be processed (new ones and updates).</summary>
    public static TheoryData<string, FeedItem[][], int[]> Scenarios() => new()
    {
        { "nothing changes", [Items(3, n => Item(n)), Items(3, n => Item(n))], [0, 0] },
        { "a new item", [Items(3, n => Item(n)), Items(4, n => Item(n))], [0, 1] },
        { "guid change", [Items(3, n => Item(n)), Items(3, n => Item(n, $"other-{n}"))], [0, 0] },
        { "all guids change at every poll", [.. Enumerable.Range(0, 4).Select(poll => Items(30, n => Item(n, $"{poll}-{n}")))], [0, 0, 0, 0] },
        { "all guids change and there are no links", [.. Enumerable.Range(0, 3).Select(poll => Items(30, n => Item(n, $"{poll}-{n}", null)))], [0, 0, 0] },
        { "unstable guids, then a headline edit", [Items(30, n => Item(n, $"a-{n}")), Items(30, n => Item(n, $"b-{n}")), Items(30, n => Item(n, $"c-{n}", title: n == 1 ? "Story number one" : "Story number "))], [0, 0, 1] },
        { "headline edit is an update", [Items(3, n => Item(n)), Items(3, n => Item(n, title: n == 2 ? "Story number two" : "Story number "))], [0, 1] },
        { "text edit of a baseline item is none", [Items(3, n => Item(n)), Items(3, n => Item(n, text: "What really happened."))], [0, 0] },
        { "text edit of a processed item is an update", [[], Items(1, n => Item(n)), Items(1, n => Item(n, text: "What really happened."))], [0, 1, 1] },
        { "other spacing and punctuation of the text", [[], Items(1, n => Item(n, text: "What  happened.")), Items(1, n => Item(n, text: "What\nhappened. "))], [0, 1, 0] },
        { "tracking parameters come and go", [Items(3, n => Item(n, null)), Items(3, n => Item(n, null, $"https://news.example.com/story-{n}?utm_source=rss&fbclid=x"))], [0, 0] },
        { "tracking parameters and other guids", [Items(3, n => Item(n)), Items(3, n => Item(n, $"new-{n}", $"https://news.example.com/story-{n}?utm_campaign=b"))], [0, 0] },
        { "a feed without guids", [Items(3, n => Item(n, null)), Items(4, n => Item(n, null))], [0, 1] },
        { "headline edit in a feed without guids", [Items(3, n => Item(n, null)), Items(3, n => Item(n, null, title: n == 1 ? "A better headline" : "Story number "))], [0, 1] },
        { "a feed with neither guids nor links", [Items(3, n => Item(n, null, null)), Items(4, n => Item(n, null, null))], [0, 1] },
        { "guids vanish", [Items(3, n => Item(n)), Items(3, n => Item(n, null))], [0, 0] },
        { "guids appear", [Items(3, n => Item(n, null)), Items(3, n => Item(n))], [0, 0] },
        { "one guid for all", [Items(3, n => Item(n, "same")), Items(4, n => Item(n, "same"))], [0, 1] },
        { "one link for all", [Items(3, n => Item(n, null, "https://news.example.com/")), Items(4, n => Item(n, null, "https://news.example.com/"))], [0, 1] },
        { "same link, other guid and title", [Items(1, n => Item(n, "a", "https://news.example.com/live")), [Item(2, "b", "https://news.example.com/live", "Quite another thing")]], [0, 1] },
        { "alike titles that stand together under one link", [[Bulletin(1)], [Bulletin(2), Bulletin(1)], [Bulletin(3), Bulletin(2)], [Bulletin(3), Bulletin(2)]], [0, 1, 1, 0] },
        { "three alike at once under one link", [[], [Bulletin(3), Bulletin(2), Bulletin(1)], [Bulletin(3), Bulletin(2), Bulletin(1)]], [0, 3, 0] },
        { "an item twice in a document", [[], [Item(1), Item(1)]], [0, 1] },
        { "two alternating versions", [[], [Item(1), Item(2)], [Item(2, title: "Story two"), Item(1, title: "Story one")], [Item(1), Item(2)], [Item(2, title: "Story two"), Item(1, title: "Story one")]], [0, 2, 2, 0, 0] },
        { "items leave and come back", [Items(3, n => Item(n)), [Item(4)], Items(4, n => Item(n))], [0, 1, 0] },
        { "an empty document forgets nothing", [Items(3, n => Item(n)), [], Items(3, n => Item(n))], [0, 0, 0] },
        { "site migration: other host, other guids", [Items(3, n => Item(n, $"http://old.example.com/story-{n}", $"http://old.example.com/story-{n}")), Items(3, n => Item(n, $"https://new.example.com/story-{n}", $"https://new.example.com/story-{n}"))], [0, 0] },
        { "site migration to other paths", [Items(3, n => Item(n)), Items(3, n => Item(n, $"https://new.example.com/2025/{n}.html", $"https://new.example.com/2025/{n}.html"))], [0, 0] },
        { "site migration from http to https without guids", [Items(3, n => Item(n, null, $"http://news.example.com/story-{n}")), Items(3, n => Item(n, null))], [0, 0] },
        { "same title, other story on another day", [Items(1, n => Item(n, title: "Morning briefing")), [Item(2, title: "Morning briefing") with { Published = Start.AddDays(1) }]], [0, 1] },
        { "dates change", [Items(3, n => Item(n)), Items(3, n => Item(n) with { Published = Start.AddMinutes(n + 30) })], [0, 0] },
        { "future dates", [[], [Item(1) with { Published = Start.AddYears(10) }], [Item(1) with { Published = Start.AddYears(10) }, Item(2)]], [0, 1, 1] },
        { "no dates", [Items(2, n => Item(n) with { Published = null }), Items(3, n => Item(n) with { Published = null })], [0, 1] },
        { "old items of a known source", [Items(1, n => Item(n)), [Item(2) with { Published = Start.AddDays(-3) }]], [0, 0] },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Each_item_is_told_once(string scenario, FeedItem[][] polls, int[] waiting)
    {
        Assert.NotEmpty(scenario);
        await using var world = await PollWorld.StartAsync();
        var source = world.Source();
        var seen = new List<int>();
        foreach (var items in polls)
        {
            await world.KeepAsync(source, items);
            seen.Add(await world.ProcessAsync());
            world.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(waiting, seen);
    }

    [Fact]
    public async Task A_source_whose_guids_flip_is_marked_and_told_of()
    {
        await using var world = await PollWorld.StartAsync();
        var source = world.Source();

        await world.KeepAsync(source, Items(5, n => Item(n, $"a-{n}")));
        var flipped = await world.KeepAsync(source, Items(5, n => Item(n, $"b-{n}")));

        Assert.True(flipped.After.UnstableIds);
    }

    [Theory]
    [InlineData(FirstRunKind.Baseline, 0, 0, 10)]
    [InlineData(FirstRunKind.AlertLast, 3, 3, 7)]
    [InlineData(FirstRunKind.AlertAll, 0, 8, 2)]
    public async Task First_sight_is_what_the_operator_says(FirstRunKind kind, int last, int waiting, int baseline)
    {
        await using var world = await PollWorld.StartAsync();
        var source = world.Source() with { FirstRun = new(kind, last) };

        await world.KeepAsync(source, Items(10, n => n <= 2 ? Item(n) with { Published = Start.AddDays(-n).AddDays(-1) } : Item(n)));

        var states = world.States();
        Assert.Equal((waiting, baseline), (states.GetValueOrDefault("new"), states.GetValueOrDefault("baseline")));
    }

    [Fact]
    public async Task A_link_of_many_items_identifies_none_of_them()
    {
        await using var world = await PollWorld.StartAsync();
        var source = world.Source();
        await world.KeepAsync(source, Items(30, n => Item(n, $"a-{n}", "https://news.example.com/", $"The same words for all but number {n}")));

        await world.KeepAsync(source, Items(30, n => Item(n, $"b-{n}", "https://news.example.com/", $"The same words for all but one, {n}")));

        Assert.Equal(30, world.States()["new"]);
    }

    [Fact]
    public async Task An_item_of_a_link_with_few_items_is_known_again_by_its_words()
    {
        await using var world = await PollWorld.StartAsync();
        var source = world.Source();
        await world.KeepAsync(source, Item(1, "a", "https://news.example.com/a", "Envoys meet in the harbour today"));

        await world.KeepAsync(source, Item(1, "b", "https://news.example.com/a", "Envoys meet in the harbour"));

        Assert.False(world.States().ContainsKey("new") && world.States()["new"] > 1);
        Assert.Equal(1, world.States().Values.Sum());
    }

    [Fact]
    public async Task A_date_in_the_future_is_kept_as_now()
    {
        await using var world = await PollWorld.StartAsync();

        await world.KeepAsync(world.Source(), Item(1) with { Published = Start.AddYears(10) });

        Assert.Equal(world.Now.ToUnixTimeMilliseconds(), world.Database.Read(db => Stored.Column<long>(db, "item", "published").Single()));
    }
}
