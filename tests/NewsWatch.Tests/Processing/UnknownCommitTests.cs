using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Polling;
using NewsWatch.Polling.Items;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>The connection to PostgreSQL breaks while a COMMIT is on its way or its answer is: nothing is lost and nothing comes twice, whichever it was.</summary>
[Collection(SharedPostgres.Name)]
public sealed class UnknownCommitTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly Source World = new() { Id = "world", Url = "https://world.example.com/rss", FullText = FullText.Never, FirstRun = new(FirstRunKind.AlertAll, 0) };
    private static readonly WatchConfiguration Watch = SomeWatch.Of([World], [SomeWatch.Ceasefire], [SomeWatch.Anna]);
    private PostgresProxy? _proxy;
    private ArticleDesk? _desk;

    private PostgresProxy Proxy => _proxy!;

    private ArticleDesk Desk => _desk!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.Missing is null)
        {
            _proxy = new(await server.CreateAsync());
            _desk = ArticleDesk.Of(new(PostgresEngine.Open(_proxy.Place)), Watch);
        }
    }

    public async Task DisposeAsync()
    {
        await (_desk?.DisposeAsync() ?? default);
        await (_proxy?.DisposeAsync() ?? default);
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_polls_items_are_there_once(bool arrives)
    {
        await Desk.Database.WriteAsync(db => SourceStore.Add(db, new(World.Id, World.Url, World.Poll), Desk.Clock.GetUtcNow()));
        var row = Assert.Single(await Desk.Database.WriteAsync(db => PollQueue.Claim(db, Desk.Leases, SourceStore.All(db))));
        var news = new PollResult.Updated(new Feed { Kind = "rss20", Items = [new() { Id = "1", Title = "Truce holds" }, new() { Id = "2", Title = "Truce ends" }] }, new HeaderFacts(), null, []);
        var (writer, items) = (new SourceWriter(Watch, World, row, Desk.Clock.GetUtcNow(), Desk.Clock.GetUtcNow()), PreparedItems.From(Desk.Database, World, news.Feed, Desk.Clock.GetUtcNow()));

        await CutAsync(arrives, () => Desk.Database.WriteAsync(LockSet.Of(LockKey.Source(World.Id)), db => writer.Save(db, news, items), CancellationToken.None));

        Assert.Equal((2, 1), (Desk.Count("item"), Desk.Database.Read(db => Stored.Count(db, "due", new { replica = (long?)null }))));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_article_is_decided_on_once(bool arrives)
    {
        await Desk.AddAsync("world", "Truce holds", "https://news.example.com/1");
        var claimed = await Desk.Database.WriteAsync(db => ItemQueue.Claim(db, Desk.Leases, Desk.Clock.GetUtcNow(), 1));
        Desk.Leases.Abandon(claimed[0].Lease); // the next claim of it shares no commit with the decision

        await CutAsync(arrives, () => Desk.Processor.ProcessItemsAsync(CancellationToken.None), commit: 2);
        await Desk.ProcessAsync();

        Assert.Equal((1, 1, 1, 1), (Desk.Count("article"), Desk.Count("alert"), Desk.Count("delivery"), Desk.Count("reading")));
        Assert.Equal("done", Desk.Item("state", 1));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_claimed_once_and_recorded_once(bool arrives)
    {
        await Desk.AddAsync("world", "Truce holds", "https://news.example.com/1");
        await Desk.ProcessAsync();
        var now = Desk.Clock.GetUtcNow();

        var bundle = await CutAsync(arrives, () => Desk.Database.WriteAsync(LockSet.None, db => DeliveryStore.Claim(db, Desk.Leases, "mail", now), WritePriority.Delivery, CancellationToken.None));
        Assert.Equal(1, bundle!.Attempt);
        var isRecorded = await CutAsync(
            arrives, () => Desk.Database.WriteAsync(LockSet.Of(LockKey.Subscriber("anna")), db => DeliveryStore.Sent(db, bundle, "id", "", "", now), WritePriority.Delivery, CancellationToken.None));

        Assert.True(isRecorded);
        Assert.Equal(("sent", 1), (Assert.Single(Desk.Deliveries()).State, Desk.Count("attempt")));
    }

    [PostgresFact]
    public async Task Units_that_run_twice_the_first_time_to_be_undone_leave_what_one_run_leaves()
    {
        await using var desk = ArticleDesk.Of(new(PostgresEngine.Open(await server.CreateAsync()), rehearses: true), Watch);
        var now = desk.Clock.GetUtcNow();
        await desk.Database.WriteAsync(db => SourceStore.Add(db, new(World.Id, World.Url, World.Poll), now));
        var row = Assert.Single(await desk.Database.WriteAsync(db => PollQueue.Claim(db, desk.Leases, SourceStore.All(db))));
        var news = new PollResult.Updated(new Feed { Kind = "rss20", Items = [new() { Id = "1", Title = "Truce holds", Link = "https://news.example.com/1" }] }, new HeaderFacts(), null, []);
        var (writer, items) = (new SourceWriter(Watch, World, row, now, now), PreparedItems.From(desk.Database, World, news.Feed, now));

        await desk.Database.WriteAsync(LockSet.Of(LockKey.Source(World.Id)), db => writer.Save(db, news, items), CancellationToken.None);
        await desk.ProcessAsync();
        var failed = await desk.Database.WriteAsync(LockSet.None, db => DeliveryStore.Claim(db, desk.Leases, "mail", now), WritePriority.Delivery, CancellationToken.None);
        await desk.Database.WriteAsync(LockSet.Of(LockKey.Subscriber("anna")), db => DeliveryStore.Again(db, failed!, "451 later", now, now), WritePriority.Delivery, CancellationToken.None);
        var bundle = await desk.Database.WriteAsync(LockSet.None, db => DeliveryStore.Claim(db, desk.Leases, "mail", now), WritePriority.Delivery, CancellationToken.None);
        Assert.True(await desk.Database.WriteAsync(
            LockSet.Of(LockKey.Subscriber("anna")), db => DeliveryStore.Sent(db, bundle!, "id", "", "", now), WritePriority.Delivery, CancellationToken.None));

        Assert.Equal((1, 2), (failed!.Attempt, bundle!.Attempt));
        Assert.Equal((1, 1, 1, 1, 2), (desk.Count("item"), desk.Count("article"), desk.Count("alert"), desk.Count("delivery"), desk.Count("attempt")));
        Assert.Equal("sent", Assert.Single(desk.Deliveries()).State);
    }

    /// <summary>The connection breaks at a commit of this work, which is done all the same: whose commit has not arrived, that runs again.</summary>
    /// <param name="commit">Which of the work's commits has no answer.</param>
    private async Task<T> CutAsync<T>(bool arrives, Func<Task<T>> work, int commit = 1)
    {
        Proxy.CutAtCommit(arrives, commit);
        var answer = await work();
        Assert.True(Proxy.HasCut);
        return answer;
    }
}
