using NewsWatch.Core.Feeds;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>How many commands a unit of work sends to PostgreSQL and waits for: each costs the way there and back.</summary>
[Collection(SharedPostgres.Name)]
public sealed class NetworkCommandTests(PostgresServer server)
{
    /// <summary>Beside the unit that decides on an article: a look whether items are due, three for the claim of up to a hundred, and a read before the write.</summary>
    private const int Around = 5;

    /// <summary>The source's row and what is known of the items are read before the unit that keeps a poll.</summary>
    private const int Before = 2;

    [PostgresTheory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_poll_with_news_is_written_down_in_as_many_whatever_their_number(int news)
    {
        await using var proxy = new PostgresProxy(await server.CreateAsync());
        await using var world = await PollWorld.StartAsync(new Database(PostgresEngine.Open(proxy.Place)));
        var source = world.Source();
        await world.KeepAsync(source, Item(0));
        world.Clock.Advance(TimeSpan.FromHours(1));
        var before = proxy.Commands;

        await world.KeepAsync(source, [.. Enumerable.Range(1, news).Select(Item)]);

        Assert.Equal(Before + 4, proxy.Commands - before);

        static FeedItem Item(int number) => new() { Id = $"{number}", Link = $"https://news.example.com/{number}", Title = $"News number {number}" };
    }

    [PostgresTheory]
    [InlineData(1, 16)]
    [InlineData(3, 18)]
    public async Task They_do_not_become_more(int subscribers, int alert)
    {
        await using var proxy = new PostgresProxy(await server.CreateAsync());
        var everybody = Enumerable.Range(1, subscribers).Select(number => SomeWatch.Anna with { Id = $"reader{number}", Email = $"reader{number}@example.com" });
        await using var desk = ArticleDesk.Of(
            new(PostgresEngine.Open(proxy.Place)), SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], everybody));
        await desk.AddAsync("wire", "Nothing of note", "https://news.example.com/1");
        await desk.ProcessAsync();

        await desk.AddAsync("wire", "Nothing of note is told today", "https://news.example.com/2");
        var unmatched = await CountAsync(() => desk.Processor.ProcessItemsAsync(CancellationToken.None));
        await desk.AddAsync("wire", "Truce holds", "https://news.example.com/3");
        var alerted = await CountAsync(() => desk.Processor.ProcessItemsAsync(CancellationToken.None));
        ClaimedBundle? bundle = null;
        var claimed = await CountAsync(async () => bundle = await desk.Database.WriteAsync(
            LockSet.None, db => DeliveryStore.Claim(db, desk.Leases, "mail", desk.Clock.GetUtcNow()), WritePriority.Delivery, CancellationToken.None));
        var recorded = await CountAsync(() => desk.Database.WriteAsync(
            LockSet.Of(LockKey.Subscriber("reader1")), db => DeliveryStore.Sent(db, bundle!, "id", "", "", desk.Clock.GetUtcNow()), WritePriority.Delivery, CancellationToken.None));

        Assert.Equal(subscribers, desk.Count("delivery"));
        Assert.Equal((Around + 8, Around + alert, 4, 2), (unmatched, alerted, claimed, recorded));

        async Task<int> CountAsync(Func<Task> work)
        {
            var before = proxy.Commands;
            await work();
            return proxy.Commands - before;
        }
    }
}
