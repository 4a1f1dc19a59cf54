using System.Net;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>From a feed's bytes to the alerts: whatever a publisher does with ids, links, titles and dates, each piece of news is told once.</summary>
public sealed class IdentityAlertsTests
{
    private const string Talks = "Delegations agree on a truce in the capital";
    private const string Mine = "Miners walk out after truce talks collapse";
    private const string Port = "Harbour reopens as truce holds for a week";
    private const string Site = "https://news.example.com/";

    /// <summary>Name; the documents, poll by poll; the headlines that alert at each poll.</summary>
    public static TheoryData<string, string[], string[]> Scenarios() => new()
    {
        { "first sight is a baseline", [Doc(Item("a", Talks, "a"), Item("b", Mine, "b"))], [""] },
        { "what comes later alerts", [Doc(Item("a", Talks, "a")), Doc(Item("b", Mine, "b"), Item("a", Talks, "a"))], ["", Mine] },
        { "guid change", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("z", Talks, "a"))], ["", Talks, ""] },
        { "a guid that changes at every poll", [Doc(), Doc(Item("1", Talks, "a")), Doc(Item("2", Talks, "a")), Doc(Item("3", Talks, "a"))], ["", Talks, "", ""] },
        { "headline edit", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("a", Talks + ", sources say", "a"))], ["", Talks, ""] },
        { "a headline edit that first brings the word", [Doc(), Doc(Item("a", "Delegations meet in the capital", "a")), Doc(Item("a", Talks, "a"))], ["", "", Talks] },
        { "guid change together with a headline edit", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("z", Talks + " at last", "a"))], ["", Talks, ""] },
        { "tracking parameter", [Doc(), Doc(Item(null, Talks, "a")), Doc(Item(null, Talks, "a?utm_source=rss&fbclid=9"))], ["", Talks, ""] },
        { "tracking parameter inside the guid", [Doc(), Doc(Item($"{Site}a", Talks, "a")), Doc(Item($"{Site}a?utm_medium=feed", Talks, "a?utm_medium=feed"))], ["", Talks, ""] },
        { "a feed without guids", [Doc(Item(null, Talks, "a", date: null)), Doc(Item(null, Mine, "b", date: null), Item(null, Talks, "a", date: null))], ["", Mine] },
        { "headline edit in a feed without guids", [Doc(), Doc(Item(null, Talks, "a")), Doc(Item(null, Talks + ", sources say", "a"))], ["", Talks, ""] },
        { "one guid for all", [Doc(Item("same", Talks, "a")), Doc(Item("same", Mine, "b"), Item("same", Talks, "a")), Doc(Item("same", Port, "c"), Item("same", Mine, "b"), Item("same", Talks, "a"))], ["", Mine, Port] },
        { "one link for all", [Doc(Item(null, Talks, "")), Doc(Item(null, Mine, ""), Item(null, Talks, ""))], ["", Mine] },
        { "same link, other guid and title", [Doc(), Doc(Item("a", Talks, "briefing")), Doc(Item("b", Mine, "briefing"), Item("a", Talks, "briefing"))], ["", Talks, Mine] },
        { "same link, other guid and title, in one document", [Doc(), Doc(Item("b", Mine, "briefing"), Item("a", Talks, "briefing")), Doc(Item("b", Mine, "briefing"), Item("a", Talks + " at last", "briefing"))], ["", $"{Talks}; {Mine}", ""] },
        { "same link, other guid and title, one after the other", [Doc(), Doc(Item("a", Talks, "live")), Doc(Item("b", Mine, "live")), Doc(Item("b", Mine + ", union says", "live")), Doc(Item("c", Port, "live"))], ["", Talks, Mine, "", Port] },
        { "alike titles that stand together under one link", [Doc(Bulletin(1)), Doc(Bulletin(2), Bulletin(1)), Doc(Bulletin(3), Bulletin(2))], ["", "Bulletin 2: truce holds along the lower valley and its towns", "Bulletin 3: truce holds along the lower valley and its towns"] },
        { "a guid with a version number", [Doc(), Doc(Item($"{Site}a#0", Talks, "a")), Doc(Item($"{Site}a#1", "Delegations agree on a long truce in the capital", "a"))], ["", Talks, ""] },
        { "two alternating versions", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("a", Mine, "a")), Doc(Item("a", Talks, "a")), Doc(Item("a", Mine, "a"))], ["", Talks, "", "", ""] },
        { "items leave and come back", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("b", Mine, "b")), Doc(Item("b", Mine, "b"), Item("a", Talks, "a"))], ["", Talks, Mine, ""] },
        { "a document that is empty for once", [Doc(Item("a", Talks, "a")), Doc(), Doc(Item("a", Talks, "a"))], ["", "", ""] },
        { "site migration", [Doc(), Doc(Item("http://old.example.com/a", Talks, "http://old.example.com/a")), Doc(Item("https://new.example.com/a", Talks, "https://new.example.com/a"))], ["", Talks, ""] },
        { "site migration to other paths", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("n-1", Talks, "https://new.example.com/2025/08/a.html"))], ["", Talks, ""] },
        { "lastBuildDate alone", [Doc(Item("a", Talks, "a")), Built(1, Item("a", Talks, "a")), Built(2, Item("a", Talks, "a"))], ["", "", ""] },
        { "pubDate is always now", [Doc(), Doc(Item("a", Talks, "a")), Doc(Item("a", Talks, "a", date: "Wed, 06 Aug 2025 21:05:00 GMT")), Doc(Item("a", Talks, "a", date: "Wed, 06 Aug 2025 21:10:00 GMT"))], ["", Talks, "", ""] },
        { "future dates", [Doc(), Doc(Item("a", Talks, "a", date: "Fri, 01 Jan 2100 00:00:00 GMT")), Doc(Item("b", Mine, "b"), Item("a", Talks, "a", date: "Fri, 01 Jan 2100 00:00:00 GMT"))], ["", Talks, Mine] },
        { "dates are never the cursor", [Doc(Item("a", Talks, "a")), Doc(Item("b", Mine, "b", date: "Wed, 06 Aug 2025 09:00:00 GMT"), Item("a", Talks, "a"))], ["", Mine] },
        { "older than MaxAge", [Doc(Item("a", Talks, "a")), Doc(Item("b", Mine, "b", date: "Mon, 04 Aug 2025 09:00:00 GMT"), Item("a", Talks, "a"))], ["", ""] },
    };

    private static string Bulletin(int n) => Item($"b-{n}", $"Bulletin {n}: truce holds along the lower valley and its towns", "bulletins");

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Each_piece_of_news_is_told_once(string scenario, string[] documents, string[] alerts)
    {
        Assert.NotEmpty(scenario);
        await using var world = await PollWorld.StartAsync();
        Watch(world);
        var told = new List<string>();
        foreach (var document in documents)
        {
            world.Server.Answer("/feed", Reply.Text(document));
            await (told.Count == 0 ? (Task)world.PollAsync() : world.PollWhenDueAsync());
            told.Add(string.Join("; ", await world.AlertAsync()));
        }

        Assert.Equal(alerts, told);
    }

    [Fact]
    public async Task One_guid_for_all_items_is_warned_of_once()
    {
        await using var world = await PollWorld.StartAsync();
        Watch(world);
        world.Server.Answer("/feed", Reply.Text(Doc(Item("same", Talks, "a"), Item("same", Mine, "b"))));
        await world.PollAsync();
        world.Server.Answer("/feed", Reply.Text(Doc(Item("same", Port, "c"), Item("same", Mine, "b"))));
        await world.PollWhenDueAsync();

        Assert.Single(world.Log.Lines, line => line.StartsWith("Warning: Source bbc: several items have the same guid", StringComparison.Ordinal));
    }

    private static void Watch(PollWorld world)
    {
        var rule = SomeWatch.Rule("truce", "truce", Severity.Urgent);
        var loopback = WatchConfigurations.Of([], world.Server.Port).Operator;
        world.Configure(SomeWatch.Of([world.Source() with { FullText = FullText.Never }], [rule], [SomeWatch.Anna]) with { Operator = loopback });
    }

    private static string Doc(params string[] items) => Rss.Document("", items);

    private static string Built(int minute, params string[] items) => Rss.Document($"<lastBuildDate>Wed, 06 Aug 2025 20:{minute:00}:00 GMT</lastBuildDate>", items);

    private static string Item(string? guid, string title, string link, string? date = "Wed, 06 Aug 2025 20:00:00 GMT") =>
        $"<item>{(guid is null ? "" : $"<guid>{guid}</guid>")}<title>{title}</title>"
        + $"<link>{WebUtility.HtmlEncode(link.StartsWith("http", StringComparison.Ordinal) ? link : Site + link)}</link>{(date is null ? "" : $"<pubDate>{date}</pubDate>")}</item>";
}
