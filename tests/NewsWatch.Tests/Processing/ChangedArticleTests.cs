using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Changes;
using NewsWatch.Fetching;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

public sealed class ChangedArticleTests : IAsyncLifetime
{
    private const string Url = "https://wire.example.com/world/truce";
    private const string Headline = "Truce of 48 hours begins in the valley";
    private const string Lead = "A truce of 48 hours began in the valley at noon, and 14 prisoners were set free by the army of Northland in the morning.";

    private static readonly string Rest = string.Join(
        "</p><p>",
        "The bridge of Kesten stays closed until engineers have looked at its piers, which were hit twice in the spring and never mended since.",
        "Farmers on both banks hope that they can bring in the harvest before the rains, and have asked the observers to stay for the whole month.",
        "Nobody in the capital would say what happens when the time is over, but the talks are to go on in a hotel by the lake.");

    private readonly ArticleDesk _desk = new(SomeWatch.Of([SomeWatch.Wire with { FullText = FullText.Auto }, SomeWatch.Paper], [SomeWatch.Ceasefire, SomeWatch.Tariffs], [SomeWatch.Anna, SomeWatch.Ben]));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_headline_that_the_feed_corrects_is_told_to_those_who_were_alerted()
    {
        await _desk.AddAsync("wire", Headline, Url, key: "1");
        await _desk.ProcessAsync();
        await _desk.AddAsync("wire", "Truce of 72 hours begins in the valley", Url, key: "1");
        await _desk.ProcessAsync();

        var correction = Assert.Single(_desk.Alerts(), alert => alert.Reason == AlertReason.Correction);
        var change = Assert.Single(correction.Change!.Changes);
        Assert.Equal((ChangeClass.Number, Headline, "Truce of 72 hours begins in the valley"), (change.Class, change.Old!.Text, change.New!.Text));
        Assert.Equal((Headline, _desk.Alerts()[0].Key, 2), (correction.Change.ToldTitle, correction.Change.Corrects, correction.Step));
        Assert.Equal(["anna", "anna"], _desk.Deliveries().Select(delivery => delivery.Subscriber));
        Assert.Equal("pending", _desk.Deliveries()[1].State);
    }

    [Fact]
    public async Task A_denial_that_is_taken_back_is_told_as_no_denial()
    {
        await _desk.AddAsync("wire", "No truce in the valley, says the governor", Url, key: "1");
        await _desk.ProcessAsync();
        await _desk.AddAsync("wire", "Truce in the valley, says the governor", Url, key: "1");
        await _desk.ProcessAsync();

        Assert.Equal([true, false], _desk.Alerts().Select(alert => alert.Hits.Any(hit => hit.Negated)));
        Assert.Equal(ChangeClass.Negation, _desk.Alerts()[1].Change!.Class);
    }

    [Fact]
    public async Task A_number_that_changes_on_the_page_after_a_quarter_of_an_hour_is_told_once()
    {
        await AlertedAsync();
        _desk.Serve(Url, Headline, $"{Lead.Replace("14", "41", StringComparison.Ordinal)}</p><p>{Rest}");
        await PassAsync(TimeSpan.FromHours(80));

        var correction = Assert.Single(_desk.Alerts(), alert => alert.Reason == AlertReason.Correction);
        Assert.Equal(ArticleDesk.Noon + TimeSpan.FromMinutes(15), correction.Change!.Seen);
        Assert.Contains("41 prisoners", Assert.Single(correction.Change.Changes).New!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a typing error", "valley at noon", "valley at nono", "wording")]
    [InlineData("a time stamp", "at the lake.", "at the lake.</p><p>Updated 3 minutes ago", "")]
    public async Task What_means_the_same_is_not_told(string what, string before, string after, string why)
    {
        await AlertedAsync();
        _desk.Serve(Url, Headline, $"{Lead}</p><p>{Rest}".Replace(before, after, StringComparison.Ordinal));
        await PassAsync(TimeSpan.FromHours(2));

        Assert.True(_desk.Alerts().Count == 1, what);
        Assert.Equal(why.Length > 0, Quiet().Any(change => change.Contains($"changed ({why})", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_that_becomes_a_wall_is_no_version_and_the_text_stays()
    {
        await AlertedAsync();
        var text = _desk.Article().Text;
        _desk.Serve(Url, Headline, $"{Lead}</p><p>Subscribe to read the full article.");
        await PassAsync(TimeSpan.FromHours(2));

        Assert.Single(_desk.Alerts());
        Assert.Equal(text, _desk.Article().Text);
        Assert.Contains(Quiet(), change => change.Contains("the last good version stays", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notice_in_place_of_the_text_withdraws_the_alert_once()
    {
        await AlertedAsync();
        _desk.Serve(Url, Headline, "This article has been withdrawn because the truce that it tells of was never agreed on, and we regret the error that was made.");
        await PassAsync(TimeSpan.FromHours(80));

        var withdrawal = Assert.Single(_desk.Alerts(), alert => alert.Reason != AlertReason.FirstReport);
        Assert.Equal((AlertReason.Withdrawal, ChangeClass.Withdrawn), (withdrawal.Reason, withdrawal.Change!.Class));
        Assert.StartsWith("This article has been withdrawn", Assert.Single(withdrawal.Change.Changes).New!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_missing_for_an_hour_is_not_withdrawn()
    {
        await AlertedAsync();
        _desk.Web.Remove(Url);
        await PassAsync(TimeSpan.FromHours(2));
        _desk.Serve(Url, Headline, $"{Lead}</p><p>{Rest}");
        await PassAsync(TimeSpan.FromHours(78));

        Assert.Single(_desk.Alerts());
    }

    [Fact]
    public async Task A_page_that_is_missing_in_three_looks_over_two_hours_is_withdrawn_once()
    {
        await AlertedAsync();
        _desk.Web.Remove(Url);
        await PassAsync(TimeSpan.FromHours(80));

        var withdrawal = Assert.Single(_desk.Alerts(), alert => alert.Reason != AlertReason.FirstReport);
        Assert.Equal((ChangeClass.Gone, ArticleDesk.Noon + TimeSpan.FromHours(6)), (withdrawal.Change!.Class, withdrawal.Change.Seen));
    }

    [Fact]
    public async Task A_page_that_its_server_calls_gone_is_withdrawn_at_once()
    {
        await AlertedAsync();
        _desk.Web[Url] = new FetchResult.Gone();
        await PassAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(AlertReason.Withdrawal, _desk.Alerts()[^1].Reason);
        Assert.Equal(2, _desk.Deliveries().Count);
    }

    [Fact]
    public async Task An_alerted_page_is_asked_for_six_times_at_most()
    {
        await AlertedAsync();
        await PassAsync(TimeSpan.FromHours(100));

        Assert.Equal(6, _desk.Asked.Count);
        Assert.All(_desk.Database.Read(db => Stored.Column<long?>(db, "page", "due")), Assert.Null);
    }

    [Fact]
    public async Task A_page_that_robots_txt_refuses_is_not_looked_at()
    {
        _desk.Robots("https://wire.example.com", "User-agent: *\nDisallow: /world/");
        await _desk.AddAsync("wire", Headline, Url, Long(Lead), key: "1");
        await PassAsync(TimeSpan.FromHours(80));

        Assert.Empty(_desk.Asked);
    }

    [Fact]
    public async Task An_article_that_alerted_nobody_is_not_looked_at_again()
    {
        _desk.Serve(Url, "Rain in the valley", $"The rain goes on.</p><p>{Rest}");
        await _desk.AddAsync("wire", "Rain in the valley", Url, Long("The rain goes on in the valley and on the hills around it."), key: "1");
        await PassAsync(TimeSpan.FromHours(80));

        Assert.Single(_desk.Asked);
    }

    [Fact]
    public async Task Another_process_goes_on_after_a_death_and_tells_the_correction_once()
    {
        await AlertedAsync();
        _desk.Serve(Url, Headline, $"{Lead.Replace("14", "41", StringComparison.Ordinal)}</p><p>{Rest}");
        _desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await using var other = _desk.Restart();
        other.Serve(Url, Headline, $"{Lead.Replace("14", "41", StringComparison.Ordinal)}</p><p>{Rest}");
        for (var look = 0; look < 3; look++)
        {
            other.Clock.SetUtcNow(ArticleDesk.Noon + TimeSpan.FromHours(1 + look));
            await _desk.Database.WriteAsync(db => Stored.Set(db, "page", new { due = 0 }));
            await other.ProcessAsync();
        }

        Assert.Single(_desk.Alerts(), alert => alert.Reason == AlertReason.Correction);
    }

    [Fact]
    public async Task Two_edits_that_are_decided_together_are_both_told()
    {
        await _desk.AddAsync("wire", Headline, Url, key: "1");
        await _desk.ProcessAsync();
        await _desk.AddAsync("wire", "Truce of 72 hours begins in the valley", Url, key: "1");
        await _desk.AddAsync("wire", "Truce of 96 hours begins in the valley", Url, key: "2");
        await _desk.ProcessAsync();

        Assert.Equal(
            [("48", "72"), ("72", "96")],
            _desk.Alerts().Where(alert => alert.Change is not null).Select(alert => (Marked(alert.Change!.Changes[0].Old!), Marked(alert.Change.Changes[0].New!))));
    }

    [Fact]
    public async Task A_correction_passes_the_cap_and_waits_in_quiet_hours_as_the_alert_did()
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna with { Cap = new(1, TimeSpan.FromHours(1)) }]));
        await _desk.AddAsync("wire", Headline, Url, key: "1");
        await _desk.ProcessAsync();
        await _desk.AddAsync("wire", "Truce of 72 hours begins in the valley", Url, key: "1");
        await _desk.ProcessAsync();
        Assert.Equal(["pending", "pending"], _desk.Deliveries().Select(delivery => delivery.State));

        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna with { QuietHours = new(new(11, 0), new(18, 0), Severity.Flash) }]));
        await _desk.AddAsync("wire", "Truce of 96 hours begins in the valley", Url, key: "1");
        await _desk.ProcessAsync();
        Assert.Equal("held", _desk.Deliveries()[^1].State);
    }

    private static string Marked(Core.Rules.Excerpt sentence) => string.Join(' ', sentence.Marks.Select(mark => sentence.Text.Substring(mark.Start, mark.Length)));

    private IEnumerable<string> Quiet() => _desk.Database.Read(db => QuietChangeStore.OfArticle(db, 1)).Select(change => change.Why);

    private static string Long(string lead) => $"{lead}\n\n{Rest.Replace("</p><p>", "\n\n", StringComparison.Ordinal)}";

    /// <summary>An article that was alerted by its headline and whose page was read after that.</summary>
    private async Task AlertedAsync()
    {
        _desk.Serve(Url, Headline, $"{Lead}</p><p>{Rest}");
        await _desk.AddAsync("wire", Headline, Url, Long(Lead), key: "1");
        await PassAsync(TimeSpan.FromMinutes(6));
        Assert.Single(_desk.Alerts());
    }

    private async Task PassAsync(TimeSpan time)
    {
        var end = _desk.Clock.GetUtcNow() + time;
        await _desk.ProcessAsync();
        while (_desk.Database.Read(db => PageQueue.NextDue(db, Background.NewProcess())) is { } due && due <= end)
        {
            _desk.Clock.SetUtcNow(due > _desk.Clock.GetUtcNow() ? due : _desk.Clock.GetUtcNow());
            await _desk.ProcessAsync();
        }

        _desk.Clock.SetUtcNow(end);
    }
}
