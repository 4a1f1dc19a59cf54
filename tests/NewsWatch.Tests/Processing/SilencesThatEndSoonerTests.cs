using NewsWatch.Core.Alerts;
using NewsWatch.Silences;
using NewsWatch.Storage.Views;

namespace NewsWatch.Tests.Processing;

/// <summary>Silences of rules and stories that end when their news grows.</summary>
public sealed class SilencesThatEndSoonerTests : IAsyncLifetime
{
    private static readonly Actor Ops = new("ops", IsCommand: true);
    private static readonly DateTimeOffset Noon = ArticleDesk.Noon;
    private readonly ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task The_second_publisher_ends_it_and_what_was_held_and_what_comes_leaves()
    {
        var id = await MakeAsync("publishers:2");
        await NewsAsync("wire", "Negotiators announce a truce along the northern border", "https://wire.example.com/a");
        var held = _desk.Deliveries().Select(line => line.State).ToList();
        await NewsAsync("paper", "Negotiators announce a truce along the northern border", "https://paper.example.com/a");
        await NewsAsync("wire", "Guards at the river talk of a truce until spring", "https://wire.example.com/b");

        Assert.Equal(["held"], held);
        var line = _desk.Database.Read(db => SilenceViews.Find(db, id))!;
        Assert.Equal((_desk.Clock.GetUtcNow(), "2 publishers"), (line.Ended, line.EndedBy));
        Assert.Equal(2, _desk.Deliveries().Count);
        Assert.All(_desk.Deliveries(), delivery => Assert.True(delivery.Due <= _desk.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task One_publisher_alone_does_not_end_it_however_often_it_tells()
    {
        var id = await MakeAsync("flash, publishers:2");

        await NewsAsync("wire", "Negotiators announce a truce along the northern border", "https://wire.example.com/a");
        await NewsAsync("wire", "Guards at the river talk of a truce until spring", "https://wire.example.com/b");

        Assert.Null(_desk.Database.Read(db => SilenceViews.Find(db, id))!.Ended);
        Assert.All(_desk.Deliveries(), delivery => Assert.Equal("held", delivery.State));
    }

    [Theory]
    [InlineData(SilenceScope.Rule, "ceasefire", Severity.Flash, 0, "a flash alert")]
    [InlineData(SilenceScope.Rule, "ceasefire", Severity.Urgent, 5, "5 publishers")]
    [InlineData(SilenceScope.Story, "k", Severity.Urgent, 6, "6 publishers")]
    [InlineData(SilenceScope.Rule, "ceasefire", Severity.Urgent, 4, null)]
    [InlineData(SilenceScope.Rule, "tariffs", Severity.Flash, 9, null)]
    [InlineData(SilenceScope.Subscriber, "anna", Severity.Flash, 9, null)]
    public void A_flash_alert_or_five_publishers_of_its_own_news_end_it(SilenceScope scope, string target, Severity severity, int publishers, string? by)
    {
        var silence = new Silence(1, scope, target, Noon, Noon.AddHours(4), "strike", "ops") { WithFlash = true, OrFlash = true, OrPublishers = 5 };
        var alert = new AlertFacts { Rule = "ceasefire", Severity = severity, Story = 1, StoryKey = "k", Publishers = publishers };

        Assert.Equal(by, silence.EndedBy(alert, Noon));
        Assert.Equal(by is null && target != "tariffs", silence.Covers(alert, "anna", Noon));
        Assert.Null(silence.EndedBy(alert, Noon.AddHours(4)));
    }

    [Theory]
    [InlineData("rule", "ceasefire", "publishers:1")]
    [InlineData("rule", "ceasefire", "publishers:many")]
    [InlineData("rule", "ceasefire", "noon")]
    [InlineData("subscriber", "anna", "flash")]
    public void What_ends_no_silence_is_said(string scope, string target, string sooner)
    {
        var (silence, problems) = _desk.Database.Read(db => new SilenceForm(scope, target, "4h", "strike", false, false) { OrUntil = sooner }.Read(_desk.Configuration.Current, db, "ops", Noon));

        Assert.Null(silence);
        Assert.Equal(["or"], problems.Keys);
    }

    private async Task<long> MakeAsync(string sooner)
    {
        var made = _desk.Database.Read(db => new SilenceForm("rule", "ceasefire", "4h", "strike", false, IsHeld: true) { OrUntil = sooner }.Read(_desk.Configuration.Current, db, Ops.Name, _desk.Clock.GetUtcNow())).Silence;
        return await new SilenceRegister(_desk.Database, _desk.Clock).MakeAsync(made!, Ops, null, CancellationToken.None);
    }

    private async Task NewsAsync(string source, string title, string url)
    {
        await _desk.AddAsync(source, title, url);
        await _desk.ProcessAsync();
    }
}
