using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Ledger;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>What is muted alerts nobody until its end, and `why` says so.</summary>
public sealed class MutedTests : IAsyncLifetime
{
    private const string Url = "https://wire.example.com/world/truce";
    private static readonly Muting UntilThree = new(ArticleDesk.Noon.AddHours(3), "the desk moves");
    private readonly ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Theory]
    [InlineData("rule", 0, "rule ceasefire is muted until 2025-08-06 15:00 +00:00 because the desk moves")]
    [InlineData("source", 0, "source wire is muted until 2025-08-06 15:00 +00:00 because the desk moves")]
    [InlineData("subscriber", 1, "subscriber anna is muted until 2025-08-06 15:00 +00:00 because the desk moves")]
    [InlineData("channel", 1, "channel mail is muted until 2025-08-06 15:00 +00:00 because the desk moves")]
    public async Task It_tells_nobody_until_its_end_and_why_says_so(string what, int alerts, string why)
    {
        var all = SomeWatch.Of(
            [SomeWatch.Wire with { Muted = On("source") }], [SomeWatch.Ceasefire with { Muted = On("rule") }], [SomeWatch.Anna with { Muted = On("subscriber") }]);
        _desk.Configuration.Swap(what == "channel" ? all with { Channels = new Dictionary<string, Channel> { ["mail"] = all.Channels["mail"] with { Muted = UntilThree } } } : all);
        await NewsAsync(Url, "Negotiators announce a truce along the northern border");
        Assert.Empty(_desk.Deliveries());
        Assert.Equal(alerts, _desk.Alerts().Count);
        Assert.Equal(why, new LedgerQueries(_desk.Database, _desk.Configuration).Why(Url, "anna").First.Text);

        _desk.Clock.Advance(TimeSpan.FromHours(3));
        await NewsAsync(Url + "-2", "Guards at the river talk of a truce until spring");

        Assert.Equal("anna", Assert.Single(_desk.Deliveries()).Subscriber);

        Muting? On(string entry) => entry == what ? UntilThree : null;
    }

    [Fact]
    public async Task A_muted_source_that_fails_is_no_notice()
    {
        await using var world = await PollWorld.StartAsync();
        var source = world.Source("wire", "/feed", "wire.example.com");
        world.Configure(source with { Muted = new(world.Now.AddDays(1), "it moves") }, source with { Id = "paper", Url = source.Url + "2" });
        await world.PollAsync();

        Assert.Contains("paper", Assert.Single(world.Notices()), StringComparison.Ordinal);
    }

    private async Task NewsAsync(string url, string title)
    {
        await _desk.AddAsync("wire", title, url);
        await _desk.ProcessAsync();
    }
}
