using NewsWatch.Core.Alerts;
using NewsWatch.Ledger;
using NewsWatch.Silences;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>Silences made while the service runs: what they keep back, what waits for their end, and what `why` says.</summary>
public sealed class SilencedNewsTests : IAsyncLifetime
{
    private const string Url = "https://wire.example.com/world/truce";
    private const string Truce = "Negotiators announce a truce along the northern border";
    private static readonly Actor Ops = new("ops", IsCommand: true);
    private readonly ArticleDesk _desk = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task The_alert_is_decided_and_recorded_and_why_names_the_silence()
    {
        var silence = await MakeAsync("rule", "ceasefire");

        await NewsAsync(Url, Truce);

        Assert.Empty(_desk.Deliveries());
        Assert.Single(_desk.Alerts());
        var first = Why(Url).First;
        Assert.Equal((LedgerStage.Muted, $"silenced until 2025-08-06 16:00 +00:00 by ops: the printers strike (silence {silence})"), (first.Stage, first.Text));
        Assert.Equal(("anna", Truce), KeptBack(silence).Select(line => (line.Subscriber, line.Title)).Single());
    }

    [Fact]
    public async Task Its_story_does_not_alert_anew_when_the_silence_is_over()
    {
        await MakeAsync("rule", "ceasefire");
        await NewsAsync(Url, Truce);
        _desk.Clock.Advance(TimeSpan.FromHours(5));

        await NewsAsync("https://paper.example.com/a", Truce, "paper");
        Assert.Empty(_desk.Deliveries());

        await NewsAsync("https://paper.example.com/b", "Guards at the river talk of a truce until spring", "paper");
        Assert.Single(_desk.Deliveries());
    }

    [Fact]
    public async Task A_silenced_source_leaves_the_news_to_another()
    {
        await MakeAsync("source", "wire");

        await NewsAsync(Url, Truce);
        Assert.Empty(_desk.Alerts());
        Assert.Equal(LedgerStage.Muted, Why(Url).First.Stage);

        await NewsAsync("https://paper.example.com/a", Truce, "paper");
        Assert.Equal("anna", Assert.Single(_desk.Deliveries()).Subscriber);
    }

    [Fact]
    public async Task What_is_sent_at_the_end_waits_in_one_message_and_leaves_when_it_is_ended()
    {
        var silence = await MakeAsync("subscriber", "anna", isHeld: true);
        await NewsAsync(Url, Truce);
        await NewsAsync(Url + "-2", "Guards at the river talk of a truce until spring");
        Assert.Equal([($"silence/{silence}/anna/mail", ArticleDesk.Noon.AddHours(4))], _desk.Deliveries().Select(line => (line.Bundle, Due(line))).Distinct());
        Assert.StartsWith("held until 2025-08-06 16:00:00 +00:00", Why(Url).First.Text, StringComparison.Ordinal);

        _desk.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await Register.EndAsync(silence, Ops, CancellationToken.None));

        Assert.All(_desk.Deliveries(), line => Assert.Equal(ArticleDesk.Noon.AddHours(1), Due(line)));
        Assert.False(await Register.EndAsync(silence, Ops, CancellationToken.None));
    }

    [Fact]
    public async Task What_waits_is_held_to_the_end_and_two_silences_hold_it_to_the_later()
    {
        await NewsAsync(Url, Truce);
        var story = await MakeAsync("story", "1", "8h");
        var rule = await MakeAsync("rule", "ceasefire");
        Assert.Equal(("held", ArticleDesk.Noon.AddHours(8)), Waiting());

        await Register.EndAsync(story, Ops, CancellationToken.None);
        Assert.Equal(("held", ArticleDesk.Noon.AddHours(4)), Waiting());

        await Register.ExtendAsync(rule, ArticleDesk.Noon.AddHours(6), Ops, CancellationToken.None);
        Assert.Equal(("held", ArticleDesk.Noon.AddHours(6)), Waiting());

        await Register.EndAsync(rule, Ops, CancellationToken.None);
        Assert.Equal(ArticleDesk.Noon, Waiting().Due);
        Assert.Single(KeptBack(rule));

        (string State, DateTimeOffset Due) Waiting() => _desk.Deliveries().Select(line => (line.State, Due(line))).Single();
    }

    [Fact]
    public async Task What_was_tried_and_what_is_flash_goes_on()
    {
        await NewsAsync(Url, Truce);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", new { attempts = 1 }));
        await MakeAsync("rule", "ceasefire");
        Assert.Equal("pending", Assert.Single(_desk.Deliveries()).State);

        await _desk.Database.WriteAsync(db => Stored.Set(db, "delivery", new { attempts = 0, severity = 2 }));
        await MakeAsync("rule", "ceasefire");
        Assert.Equal("pending", Assert.Single(_desk.Deliveries()).State);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_silence_and_one_act()
    {
        var first = await MakeAsync("rule", "ceasefire", request: "form-1");
        var second = await MakeAsync("rule", "ceasefire", request: "form-1");

        Assert.Equal(first, second);
        Assert.Equal((1, 1), (_desk.Count("silence"), _desk.Count("act")));
        Assert.Equal(("ops", "silence", "rule ceasefire"), _desk.Database.Read(db => ActStore.List(db, null, 5)).Select(row => (row.Act.Actor, row.Act.What, row.Act.Target)).Single());
    }

    [Fact]
    public async Task A_preview_counts_what_it_would_have_kept_back_and_changes_nothing()
    {
        await NewsAsync(Url, Truce);

        (SilenceScope Scope, string Target)[] silences = [(SilenceScope.Rule, "ceasefire"), (SilenceScope.Rule, "tariffs"), (SilenceScope.Subscriber, "anna"), (SilenceScope.Source, "wire")];
        var effects = silences.Select(silence => _desk.Database.Read(db => SilenceStore.Effect(db, silence.Scope, silence.Target, withFlash: false, ArticleDesk.Noon.AddDays(-7))));

        Assert.Equal([new(1, 1, 1), new(0, 0, 0), new(1, 1, 1), new(1, 1, 1)], effects);
        Assert.Equal(0, _desk.Count("silence"));
    }

    [Theory]
    [InlineData("rule", "ceasefir", "4h", "the printers strike", "target", "Did you mean \"ceasefire\"?")]
    [InlineData("story", "99", "4h", "the printers strike", "target", "There is no story 99.")]
    [InlineData("word", "ceasefire", "4h", "the printers strike", "scope", "rule, story, subscriber, source")]
    [InlineData("rule", "ceasefire", "31d", "the printers strike", "for", "Use 1m to 30d.")]
    [InlineData("rule", "ceasefire", "", "the printers strike", "for", "Say for how long")]
    [InlineData("rule", "ceasefire", "4h", "no", "reason", "3 to 200 characters")]
    public void What_is_wrong_is_said_field_by_field(string scope, string target, string span, string reason, string field, string says)
    {
        var (silence, problems) = _desk.Database.Read(db => new SilenceForm(scope, target, span, reason, false, false).Read(_desk.Configuration.Current, db, "ops", ArticleDesk.Noon));

        Assert.Null(silence);
        Assert.Equal([field], problems.Keys);
        Assert.Contains(says, problems[field], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-08-06T03:00Z", "2025-08-06T09:00Z")]
    [InlineData("2025-08-06T12:00Z", "2025-08-07T09:00Z")]
    public void Until_the_morning_is_until_the_next_nine_o_clock(string now, string until) => Assert.Equal(
        DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture),
        SilenceForm.End("morning", _desk.Configuration.Current with { Defaults = new() { Via = "mail", TimeZone = TimeZoneInfo.Utc } }, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).Until);

    [Fact]
    public async Task It_survives_a_restart_and_a_clock_that_is_set_back()
    {
        await MakeAsync("rule", "ceasefire");
        await using var restarted = _desk.Restart();
        restarted.Clock.SetUtcNow(ArticleDesk.Noon);

        var early = restarted.Database.Read(db => SilenceStore.On(db, ArticleDesk.Noon.AddHours(-2)));

        Assert.True(Assert.Single(early).Covers(new() { Rule = "ceasefire", Severity = Severity.Urgent, Story = 1, StoryKey = "k" }, "anna", ArticleDesk.Noon.AddHours(-2)));
    }

    private SilenceRegister Register => new(_desk.Database, _desk.Clock);

    private async Task<long> MakeAsync(string scope, string target, string span = "4h", bool isHeld = false, string? request = null)
    {
        var made = _desk.Database.Read(db => new SilenceForm(scope, target, span, "the printers strike", WithFlash: false, isHeld).Read(_desk.Configuration.Current, db, Ops.Name, _desk.Clock.GetUtcNow())).Silence;
        return await Register.MakeAsync(made!, Ops, request, CancellationToken.None);
    }

    private async Task NewsAsync(string url, string title, string source = "wire")
    {
        await _desk.AddAsync(source, title, url);
        await _desk.ProcessAsync();
    }

    private LedgerAnswer Why(string url) => new LedgerQueries(_desk.Database, _desk.Configuration).Why(url, "anna");

    private IReadOnlyList<SilencedLine> KeptBack(long silence) => _desk.Database.Read(db => SilenceViews.KeptBack(db, silence, 50));

    private static DateTimeOffset Due(DeliveryLine line) => UnixTime.At(line.Due);
}
