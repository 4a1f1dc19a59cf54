using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Shares;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Services that decide and send side by side on one database of PostgreSQL come to what one comes to.</summary>
[Collection(SharedPostgres.Name)]
public sealed class ReplicaRaceTests(PostgresServer server) : IAsyncLifetime
{
    private const int Stories = 24;
    private const int Copies = 4;
    private const int News = 32;

    private static readonly WatchConfiguration Watch = SomeWatch.Of(
        Enumerable.Range(0, 6).Select(source => new Source { Id = $"source-{source}", Url = $"https://source-{source}.example.com/rss", FullText = FullText.Never }),
        [SomeWatch.Ceasefire, SomeWatch.Tariffs],
        [SomeWatch.Anna, SomeWatch.Ben]);

    private readonly List<ArticleDesk> _desks = [];
    private string _place = "";

    public async Task InitializeAsync() => _place = PostgresServer.Missing is null ? await server.CreateAsync() : "";

    public async Task DisposeAsync()
    {
        foreach (var desk in _desks)
        {
            await desk.DisposeAsync();
        }
    }

    [PostgresTheory]
    [InlineData(1, 1, false)]
    [InlineData(4, 2, true)]
    [InlineData(8, 3, false)]
    public async Task Any_number_of_services_decides_what_one_does_in_whatever_order(int services, int seed, bool rehearses)
    {
        await OpenAsync(services, Watch, rehearses);
        var news = Enumerable.Range(0, Stories * Copies).ToArray();
        new Random(seed).Shuffle(news);
        foreach (var number in news)
        {
            // Two sources carry an article under one address, the others have the headline at their own.
            var (story, copy) = (number % Stories, number / Stories);
            await _desks[0].AddAsync($"source-{copy}", Headline(story), $"https://news.example.com/{story}/{Math.Max(copy, 1)}", key: $"{number}");
        }

        await Task.WhenAll(_desks.Select(desk => desk.ProcessAsync()));

        Assert.Equal(
            (Stories, Stories * (Copies - 1), Stories * Copies), (_desks[0].Count("story"), _desks[0].Count("article"), _desks[0].Database.Read(db => Stored.Count(db, "item", new { state = "done" }))));
        Assert.Equal(
            Enumerable.Range(0, Stories).SelectMany(story => story % 2 == 0 ? new[] { $"ceasefire {Headline(story)}" } : [$"ceasefire {Headline(story)}", $"tariffs {Headline(story)}"]).Order(),
            _desks[0].Alerts().Select(alert => $"{alert.Rule.Id} {alert.Article.Title}").Order());
        Assert.All(_desks[0].Alerts(), alert => Assert.Equal((AlertReason.FirstReport, 1), (alert.Reason, alert.Step)));
        Assert.Equal(Stories / 2 * 4, _desks[0].Deliveries().Count(delivery => delivery.Kind != "cap"));
        Assert.Single(_desks[0].Deliveries(), delivery => delivery.Kind == "cap");
    }

    [PostgresFact]
    public async Task A_cap_holds_over_all_services_and_each_window_has_one_digest()
    {
        var cap = new Cap(3, TimeSpan.FromHours(1));
        await OpenAsync(3, SomeWatch.Of(Watch.Sources.Values, [SomeWatch.Tariffs], [SomeWatch.Anna with { Cap = cap }]));
        for (var round = 0; round < 7; round++)
        {
            for (var news = 0; news < 12; news++)
            {
                await _desks[0].AddAsync($"source-{news % 6}", $"Tariff {Headline((round * 12) + news)}", $"https://news.example.com/{round}/{news}");
            }

            await Task.WhenAll(_desks.Select(desk => desk.ProcessAsync()));
            await _desks[0].Database.WriteAsync(db => Stored.AcceptDue(db, _desks[0].Clock.GetUtcNow()));
            _desks.ForEach(desk => desk.Clock.Advance(TimeSpan.FromMinutes(25)));
        }

        var rows = _desks[0].Database.Read(db => Stored.Rows<(string Bundle, string Kind, long Due)>(db, "delivery", "bundle, kind, due"));
        Assert.Equal(7 * 12, rows.Count(row => row.Kind != "cap"));
        AssertAtMost(cap.Count, rows.Where(row => row.Kind is "alert" or "group"), cap.Window);
        AssertAtMost(1, rows.Where(row => row.Kind == "digest"), cap.Window);
        Assert.InRange(rows.Count(row => row.Kind == "digest"), 40, 7 * 12);
    }

    [PostgresFact]
    public async Task A_message_leaves_once_and_nothing_is_added_to_it_then()
    {
        var routes = new Route { GroupBy = GroupBy.Rule };
        await OpenAsync(5, SomeWatch.Of(Watch.Sources.Values, [SomeWatch.Ceasefire], [SomeWatch.Anna with { Cap = Cap.None }, SomeWatch.Ben with { Rules = null, Cap = Cap.None }], routes));
        for (var news = 0; news < 90; news++)
        {
            await _desks[0].AddAsync($"source-{news % 6}", Headline(news), $"https://news.example.com/{news}");
        }

        var deciding = _desks.Take(3).Select(desk => desk.ProcessAsync()).ToList();
        var sent = (await Task.WhenAll(_desks.Skip(3).Select(desk => SendAsync(desk, Task.WhenAll(deciding))))).SelectMany(one => one).ToList();

        var messages = sent.GroupBy(one => one.Bundle).ToList();
        var rows = _desks[0].Database.Read(db => Stored.Rows<(string Bundle, string State)>(db, "delivery", "bundle, state"));
        Assert.Equal([], messages.Where(message => message.Count() > 1).Select(message => message.Key));
        Assert.Equal(180, rows.Count);
        Assert.Equal(rows.CountBy(row => row.Bundle).ToDictionary(), messages.ToDictionary(message => message.Key, message => message.Single().Alerts));
        Assert.All(rows, row => Assert.Equal("sent", row.State));
    }

    [PostgresFact]
    public async Task Work_of_all_kinds_side_by_side_never_waits_in_a_circle()
    {
        var watch = SomeWatch.Of(Watch.Sources.Values.Select(source => source with { FullText = FullText.Always }), [SomeWatch.Ceasefire, SomeWatch.Tariffs], [SomeWatch.Anna, SomeWatch.Ben]);
        await OpenAsync(8, watch);
        for (var news = 0; news < News; news++)
        {
            await _desks[0].AddAsync($"source-{news % 6}", Headline(news), $"https://news.example.com/{news}");
        }

        var share = _desks[0].Database.Share;
        share.Hold(Enumerable.Range(0, OwnedKey.Shards).Select(shard => OwnedKey.OfShard(shard)), share.Joined);
        await Task.WhenAll(_desks.Select(WorkAsync));
        await _desks[0].ProcessAsync();

        Assert.Equal(News, _desks[0].Database.Read(db => Stored.Count(db, "item", new { state = "done", attempts = 0 })));
        Assert.Equal((News, News), (_desks[0].Count("story"), _desks[0].Count("page")));
        await DisposeAsync(); // the server counts what a connection did when it ends
        _desks.Clear();
        Assert.Equal(0, await PostgresServer.DeadlocksAsync(_place));
    }

    private static string Headline(int story) => $"{(story % 2 == 0 ? "Truce" : "Tariff truce")} in {(char)('A' + (story / 26))}{(char)('a' + (story % 26))}land begins at dawn";

    /// <summary>No span that is shorter than the window has more than so many messages.</summary>
    private static void AssertAtMost(int most, IEnumerable<(string Bundle, string Kind, long Due)> rows, TimeSpan window)
    {
        var times = rows.DistinctBy(row => row.Bundle).Select(row => row.Due).Order().ToList();
        Assert.NotEmpty(times);
        Assert.All(times.Skip(most).Zip(times), pair => Assert.InRange(pair.First - pair.Second, (long)window.TotalMilliseconds, long.MaxValue));
    }

    /// <summary>Sends what is due until all was decided on; returns each message with the number of its alerts.</summary>
    private static async Task<List<(string Bundle, int Alerts)>> SendAsync(ArticleDesk desk, Task decided)
    {
        var sent = new List<(string, int)>();
        for (var isOver = false; ;)
        {
            if (await SendAsync(desk) is { } bundle)
            {
                sent.Add((bundle.Bundle, bundle.Alerts.Count));
            }
            else if (isOver)
            {
                return sent;
            }
            else
            {
                isOver = decided.IsCompleted;
                await Task.Yield();
            }
        }
    }

    private static async Task<ClaimedBundle?> SendAsync(ArticleDesk desk)
    {
        var bundle = await ClaimAsync(desk);
        if (bundle is not null)
        {
            await desk.Database.WriteAsync(LockSet.Of(LockKey.Subscriber(bundle.Subscriber)), db => DeliveryStore.Sent(db, bundle, "id", "", "", desk.Clock.GetUtcNow()), WritePriority.Delivery, CancellationToken.None);
        }

        return bundle;
    }

    private static async Task<ClaimedBundle?> ClaimAsync(ArticleDesk desk)
    {
        var locks = LockSet.None;
        while (true)
        {
            var passedOver = new List<string>();
            var bundle = await desk.Database.WriteAsync(locks, db => DeliveryStore.Claim(db, desk.Leases, "mail", desk.Clock.GetUtcNow(), passedOver: passedOver), WritePriority.Delivery, CancellationToken.None);
            if (bundle is not null || passedOver.Count == 0)
            {
                return bundle;
            }

            locks = LockSet.Of(LockKey.Subscriber(passedOver[0]));
        }
    }

    /// <summary>Items are seen again while others are decided on, pages are read, messages leave, and some writes are alone.</summary>
    private static Task WorkAsync(ArticleDesk desk, int number)
    {
        for (var news = 0; news < News; news++)
        {
            desk.Serve($"https://news.example.com/{news}", Headline(news), $"It has held since dawn, says reader {news}.");
        }

        var random = new Random(number);
        return Task.WhenAll([DecideAsync(desk), desk.Database.WriteAsync(db => InstallationSettings.Set(db, "alone", $"{number}")), .. Enumerable.Range(0, 8).SelectMany(_ => new[] { SeeAgainAsync(desk, random), SendAsync(desk) })]);
    }

    /// <summary>Decides on what is there, and reads the pages whose hosts are this service's.</summary>
    private static async Task DecideAsync(ArticleDesk desk)
    {
        while (await desk.Processor.ProcessItemsAsync(CancellationToken.None) > 0)
        {
            await desk.Pages.ProcessDueAsync(CancellationToken.None);
        }
    }

    /// <summary>What commit 1 writes of a source's items, in an order that no other has.</summary>
    private static Task SeeAgainAsync(ArticleDesk desk, Random random)
    {
        var source = $"source-{random.Next(6)}";
        var items = desk.Database.Read(db => Stored.Column<long>(db, "item", "id", new { source })).ToArray();
        random.Shuffle(items);
        return desk.Database.WriteAsync(
            LockSet.Of(LockKey.Source(source)), db => Array.ForEach(items, id => Stored.Set(db, "item", new { last_seen = Environment.TickCount64 }, new { id })), CancellationToken.None);
    }

    private async Task OpenAsync(int services, WatchConfiguration configuration, bool rehearses = false)
    {
        for (var service = 0; service < services; service++)
        {
            _desks.Add(await ArticleDesk.OfReplicaAsync(_place, $"service-{service}", configuration, rehearses));
        }
    }
}
