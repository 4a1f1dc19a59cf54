using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Health;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Upkeep;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Polling;
using NewsWatch.Tests.Support;
using NewsWatch.WebSub;

namespace NewsWatch.Tests.Health;

/// <summary>A system's clock that is wrong loses no news and makes none of what is old, and is told.</summary>
public sealed class WrongClockTests : PollTests
{
    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task News_is_news_by_the_time_of_its_server(int days)
    {
        var real = World.Now.AddDays(days);
        await PollAsync(real, real.AddMinutes(-30));

        await PollAsync(real, real.AddMinutes(-1), real.AddDays(-5));

        Assert.Equal((1L, 1L), (World.States()["new"], World.States()["old"]));
        var (seen, published, due) = World.Database.Read(db => Stored.Rows<(long, long, long)>(db, "item", "first_seen, published, due", new { state = "new" }).Single());
        Assert.Equal((real, real.AddMinutes(-1), World.Now), (UnixTime.At(seen), UnixTime.At(published), UnixTime.At(due)));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told_once_and_forgotten_when_it_is_right()
    {
        var health = new HealthCheck(World.Database, new Progress(World.Clock), Background.NewLoop(World.Clock), World.Clock);
        await WitnessAsync(TimeSpan.FromDays(-2));
        await World.Clocks.TellAsync(CancellationToken.None);
        await World.Clocks.TellAsync(CancellationToken.None);
        const string Words = "the system's clock is 2 days ahead of what the polled servers say; set it";

        Assert.Equal(["The system's clock is wrong"], World.Notices());
        Assert.Contains(Words, health.Look().Problems);
        Assert.Equal(Words, World.Database.Read(StatusStore.Read).Clock);

        await WitnessAsync(TimeSpan.Zero);
        await World.Clocks.TellAsync(CancellationToken.None);

        Assert.DoesNotContain(Words, health.Look().Problems);
        Assert.Null(World.Database.Read(StatusStore.Read).Clock);
    }

    [Fact]
    public async Task News_that_a_wrong_clock_called_old_is_news_once_the_clock_is_known_to_be_wrong()
    {
        var real = World.Now.AddDays(-2);
        await PollAsync(null, real, World.Now.AddMinutes(-30));
        await PollAsync(null, real, real.AddMinutes(-1), real.AddDays(-5));
        Assert.Equal(2L, World.States()["old"]);

        await WitnessAsync(TimeSpan.FromDays(-2));
        await World.Clocks.TellAsync(CancellationToken.None);

        Assert.Equal((1L, 1L), (World.States()["new"], World.States()["old"]));
        Assert.InRange(World.Database.Read(db => Stored.Column<long>(db, "item", "first_seen - published", new { state = "new" }).Single()), 0, 600_000);
    }

    [Fact]
    public async Task What_is_pushed_is_news_by_the_time_of_the_polled_servers()
    {
        var real = World.Now.AddDays(-2);
        await PollAsync(null, real, World.Now.AddMinutes(-30));
        await WitnessAsync(TimeSpan.FromDays(-2));
        World.Configure(World.Source());
        var now = World.Now;
        var push = new Push("bbc", "https://hub.example.com/", "https://news.example.com/feed", "token", "secret", PushState.Active, now, now.AddDays(1));
        var body = System.Text.Encoding.UTF8.GetBytes(Rss.Document("", [Rss.Item(1, published: now.AddDays(-2).AddMinutes(-1))]));
        var signature = "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("secret"u8, body));
        using var content = new MemoryStream(body);

        var outcome = await World.Receiver.TakeAsync(push, new(signature, "application/rss+xml", body.Length, content), CancellationToken.None);

        Assert.Equal((PushOutcome.Taken, 1L), (outcome, World.States()["new"]));
    }

    [Theory]
    [InlineData(6, "the system's clock is 6 min behind what the polled servers say; set it")]
    [InlineData(-180, "the system's clock is 3 h ahead of what the polled servers say; set it")]
    public void The_words_say_how_much_and_which_way(int minutes, string words) => Assert.Equal(words, WrongClock.Words(TimeSpan.FromMinutes(minutes)));

    /// <summary>Three servers say what time it is.</summary>
    private async Task WitnessAsync(TimeSpan offset)
    {
        Source[] sources = [.. Enumerable.Range(1, 3).Select(number => World.Source($"w{number}", "/feed", $"w{number}.example.com"))];
        World.Configure(sources);
        Server.Answer("/feed", Reply.Text(Rss.Of(3), ("Date", (World.Now.AddMinutes(6) + offset).ToString("r", CultureInfo.InvariantCulture))));
        await World.PollAfterAsync(TimeSpan.FromMinutes(6));
    }

    private Task PollAsync(DateTimeOffset real, params DateTimeOffset[] published) => PollAsync(real.ToString("r", CultureInfo.InvariantCulture), real, published);

    /// <summary>A poll of a feed with items of these times, from a server for which it is <paramref name="real"/>.</summary>
    /// <param name="date">Its Date header; null for an answer without one.</param>
    private async Task PollAsync(string? date, DateTimeOffset real, params DateTimeOffset[] published)
    {
        var items = published.Select(time => Rss.Item((int)(real - time).TotalMinutes, published: time));
        Server.Answer("/feed", Reply.Text(Rss.Document("", items), ("Date", date ?? "")));
        await World.Database.WriteAsync(db => PollQueue.SetAllDue(db, World.Now));
        await World.PollAfterAsync(TimeSpan.FromSeconds(2));
    }
}
