using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Fetching;
using NewsWatch.Storage;
using NewsWatch.Storage.Articles;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

public sealed class PageProcessorTests : IAsyncLifetime
{
    private const string Url = "https://wire.example.com/world/talks-go-on";
    private const string Dull = "Talks between the delegations go on in the capital";
    private static readonly string LongTruce = string.Join(' ', Enumerable.Repeat("The delegations met again in the capital, and a truce along the northern border was agreed on.", 30));
    private readonly ArticleDesk _desk = new(SomeWatch.Of([SomeWatch.Wire with { FullText = FullText.Auto }, SomeWatch.Paper], [SomeWatch.Ceasefire], [SomeWatch.Anna]));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_teasers_page_adds_the_hits_that_the_headline_does_not_have()
    {
        _desk.Serve(Url, Dull, LongTruce);
        await _desk.AddAsync("wire", Dull, Url, "They meet again on Friday.");

        await _desk.ProcessAsync();

        var alert = Assert.Single(_desk.Alerts());
        Assert.Equal((AlertReason.FirstReport, Completeness.Full, Url), (alert.Reason, alert.Article.Completeness, alert.Article.Url));
        Assert.Single(_desk.Deliveries());
    }

    [Fact]
    public async Task A_headline_that_matches_alerts_before_its_page_is_asked_for()
    {
        _desk.Serve(Url, "A truce is near, negotiators say", LongTruce);
        await _desk.AddAsync("wire", "A truce is near, negotiators say", Url);

        await _desk.Processor.ProcessItemsAsync(CancellationToken.None);

        Assert.Equal(Completeness.Partial, Assert.Single(_desk.Alerts()).Article.Completeness);
        Assert.Empty(_desk.Asked);

        await _desk.ProcessAsync();
        Assert.Equal([Url], _desk.Asked);
        Assert.Single(_desk.Alerts());
        Assert.Equal("full", _desk.Database.Read(db => Stored.Column<string>(db, "article", "completeness").Single()));
    }

    [Fact]
    public async Task The_address_that_a_page_calls_its_own_is_the_same_article()
    {
        _desk.Serve(Url, Dull, LongTruce, "<link rel=canonical href='/world/its-own-name'>");
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.ProcessAsync();

        await _desk.AddAsync("paper", "Delegations agree on a truce", "https://wire.example.com/world/its-own-name");
        await _desk.ProcessAsync();

        Assert.Equal((1, 1), (_desk.Count("article"), _desk.Alerts().Count));
    }

    [Fact]
    public async Task Two_stories_that_were_both_told_stay_two_when_a_page_turns_out_to_be_both()
    {
        _desk.Serve(Url, "A truce is near, negotiators say", LongTruce, "<link rel=canonical href='/world/its-own-name'>");
        await _desk.AddAsync("paper", "Delegations agree on a truce", "https://wire.example.com/world/its-own-name");
        await _desk.AddAsync("wire", "A truce is near, negotiators say", Url);

        await _desk.ProcessAsync();

        Assert.Equal((2, 2, 2), (_desk.Count("article"), _desk.Count("story"), _desk.Alerts().Count));
        Assert.Equal(2, _desk.Database.Read(db => Stored.Column<long>(db, "article", "story")).Distinct().Count());
    }

    [Fact]
    public async Task The_amp_version_that_a_page_names_is_the_same_article()
    {
        _desk.Serve(Url, Dull, LongTruce, "<link rel=amphtml href='/amp/talks-go-on'>");
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.ProcessAsync();

        await _desk.AddAsync("paper", "Delegations agree on a truce", "https://wire.example.com/amp/talks-go-on");
        await _desk.ProcessAsync();

        Assert.Equal((1, 1), (_desk.Count("article"), _desk.Alerts().Count));
    }

    [Fact]
    public async Task What_only_the_page_says_alerts_beside_what_the_headline_told()
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire with { FullText = FullText.Auto }], [SomeWatch.Ceasefire, SomeWatch.Tariffs], [SomeWatch.Anna]));
        _desk.Serve(Url, "A truce is near, negotiators say", LongTruce + " New tariffs on grain are part of the paper that both have signed.");
        await _desk.AddAsync("wire", "A truce is near, negotiators say", Url);

        await _desk.ProcessAsync();

        Assert.Equal(
            [("ceasefire", AlertReason.FirstReport, Completeness.Partial), ("tariffs", AlertReason.FirstReport, Completeness.Full)],
            _desk.Alerts().Select(alert => (alert.Rule.Id, alert.Reason, alert.Article.Completeness)));
    }

    [Fact]
    public async Task What_stands_before_a_paywall_alerts_and_the_alert_says_so()
    {
        const string Ld = """{"@type":"NewsArticle","headline":"Talks go on","isAccessibleForFree":"false"}""";
        _desk.Web[Url] = new FetchResult.Fetched(
            System.Text.Encoding.UTF8.GetBytes($"<html><head><script type='application/ld+json'>{Ld}</script></head><body><article><h1>Talks go on</h1><p>The delegations met again in the capital today, and a truce along the border is what both want.</p></article></body></html>"),
            "text/html",
            new Uri(Url),
            new HeaderFacts());
        await _desk.AddAsync("wire", Dull, Url);

        await _desk.ProcessAsync();

        Assert.Equal(Completeness.Paywalled, Assert.Single(_desk.Alerts()).Article.Completeness);
    }

    [Fact]
    public async Task A_page_that_cannot_be_had_is_asked_for_three_times_and_leaves_the_feeds_text_partial()
    {
        _desk.Web[Url] = new FetchResult.Failed(FailureKind.Server, "the server answered 503", 503);
        await _desk.AddAsync("wire", Dull, Url);

        for (var minute = 0; minute < 20; minute++)
        {
            await _desk.ProcessAsync();
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, _desk.Asked.Count);
        Assert.Equal(
            ("partial", "the server answered 503", null),
            _desk.Database.Read(Stored.Pages).Select(page => (page.Completeness, page.Error, page.Due)).Single());
    }

    [Fact]
    public async Task A_page_that_robots_txt_refuses_is_not_asked_for_and_the_headline_alerts_all_the_same()
    {
        _desk.Serve(Url, Dull, LongTruce);
        _desk.Robots("https://wire.example.com", "User-agent: *\nDisallow: /world/");
        await _desk.AddAsync("wire", "A truce is near, negotiators say", Url);

        await _desk.ProcessAsync();

        Assert.Empty(_desk.Asked);
        Assert.Equal(Completeness.Partial, Assert.Single(_desk.Alerts()).Article.Completeness);
        Assert.Equal(
            ("partial", "robots.txt does not allow this address", null),
            _desk.Database.Read(Stored.Pages).Select(page => (page.Completeness, page.Error, page.Due)).Single());
    }

    [Fact]
    public async Task A_host_whose_robots_txt_cannot_be_had_is_asked_for_it_three_times_and_for_no_page()
    {
        _desk.Serve(Url, Dull, LongTruce);
        _desk.Web["https://wire.example.com/robots.txt"] = new FetchResult.Failed(FailureKind.Server, "the server answered 503", 503);
        await _desk.AddAsync("wire", Dull, Url);

        for (var minute = 0; minute < 20; minute++)
        {
            await _desk.ProcessAsync();
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(_desk.Asked);
        Assert.Equal("robots.txt could not be fetched: the server answered 503", _desk.Database.Read(db => Stored.Column<string>(db, "page", "error").Single()));
    }

    [Theory]
    [InlineData("<body><noscript>Please switch on JavaScript to read this.</noscript><div id=app></div></body>")]
    [InlineData("<body><main><h1>We value your privacy</h1><p>We and our partners store and read cookies on your device to show you this page. You may accept or refuse.</p></main></body>")]
    [InlineData("<meta property='og:type' content='article'><meta property='og:title' content='Talks go on'><meta property='og:description' content='They meet again.'><body><div id=app></div></body>")]
    public async Task A_page_without_its_text_does_not_replace_the_longer_text_of_the_feed(string page)
    {
        var summary = string.Join(' ', Enumerable.Repeat("They meet again on Friday, and a truce along the northern border is what both want.", 4));
        _desk.Web[Url] = new FetchResult.Fetched(System.Text.Encoding.UTF8.GetBytes($"<html><head><title>Just a moment</title></head>{page}</html>"), "text/html", new Uri(Url), new HeaderFacts());
        await _desk.AddAsync("wire", Dull, Url, summary);

        await _desk.ProcessAsync();

        Assert.Equal([Url], _desk.Asked);
        Assert.Equal((Dull, summary, "partial"), _desk.Database.Read(db => (_desk.Article().Title, _desk.Article().Text, Stored.Column<string>(db, "article", "completeness").Single())));
        Assert.Single(_desk.Alerts());
    }

    [Fact]
    public async Task A_page_behind_a_paywall_leaves_the_feeds_longer_text_and_says_so()
    {
        var summary = string.Join(' ', Enumerable.Repeat("They meet again on Friday, and the border is what both talk about.", 8));
        const string Ld = """{"@type":"NewsArticle","headline":"Talks go on","isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".wall"}}""";
        _desk.Web[Url] = new FetchResult.Fetched(
            System.Text.Encoding.UTF8.GetBytes($"<html><head><script type='application/ld+json'>{Ld}</script></head><body><article><h1>Talks go on</h1><p>The delegations met again in the capital today, for the third time in a week.</p><p>Nobody expects a result before the weekend, said people who are near the talks.</p></article></body></html>"),
            "text/html",
            new Uri(Url),
            new HeaderFacts());
        await _desk.AddAsync("wire", Dull, Url, summary);

        await _desk.ProcessAsync();

        Assert.Equal((summary, "paywalled", "the page has less text than was known"), _desk.Database.Read(db => (_desk.Article().Text, Stored.Column<string>(db, "article", "completeness").Single(), Stored.Column<string>(db, "page", "error").Single())));
    }

    [Fact]
    public async Task A_refusal_for_good_is_not_asked_again()
    {
        _desk.Web[Url] = new FetchResult.Failed(FailureKind.Refused, "the server answered 403", 403);
        await _desk.AddAsync("wire", Dull, Url);

        await _desk.ProcessAsync();
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        await _desk.ProcessAsync();

        Assert.Single(_desk.Asked);
    }

    [Fact]
    public async Task Retry_After_is_waited_for_and_is_no_attempt()
    {
        _desk.Web[Url] = new FetchResult.Failed(FailureKind.Throttled, "the server answered 429", 429, ArticleDesk.Noon.AddMinutes(30));
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.ProcessAsync();
        _desk.Clock.Advance(TimeSpan.FromMinutes(29));
        await _desk.ProcessAsync();
        Assert.Single(_desk.Asked);

        _desk.Serve(Url, Dull, LongTruce);
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.ProcessAsync();

        Assert.Single(_desk.Alerts());
    }

    [Theory]
    [InlineData(FullText.Never, "short", 0)]
    [InlineData(FullText.Auto, "short", 1)]
    [InlineData(FullText.Auto, "long", 0)]
    [InlineData(FullText.Always, "long", 1)]
    public async Task The_source_says_when_pages_are_asked_for(FullText fullText, string text, int asked)
    {
        _desk.Configuration.Swap(SomeWatch.Of([SomeWatch.Wire with { FullText = fullText }], [SomeWatch.Ceasefire], [SomeWatch.Anna]));
        await _desk.AddAsync("wire", Dull, Url, text == "long" ? LongTruce : text);

        await _desk.ProcessAsync();

        Assert.Equal(asked, _desk.Asked.Count);
    }

    [Fact]
    public async Task Two_urls_whose_page_is_one_are_one_story()
    {
        const string Amp = "https://wire.example.com/amp-edition/talks";
        _desk.Serve(Url, Dull, LongTruce);
        _desk.Web[Amp] = _desk.Web[Url];
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.ProcessAsync();

        await _desk.AddAsync("wire", "Delegations: what they said, in full length", Amp);
        await _desk.ProcessAsync();

        Assert.Equal((2, 1), (_desk.Asked.Count, _desk.Count("alert")));
    }

    [Fact]
    public async Task A_page_that_shows_how_old_the_article_is_does_not_alert()
    {
        var old = System.Text.Encoding.UTF8.GetBytes(
            $"<html><head><title>{Dull}</title><meta property='article:published_time' content='2024-01-05T10:00:00Z'></head><body><article><h1>{Dull}</h1><p>{LongTruce}</p></article></body></html>");
        _desk.Web[Url] = new FetchResult.Fetched(old, "text/html", new Uri(Url), new HeaderFacts());
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "item", new { payload = StoredJson.Write(Assert.Single(Stored.Items(db)) with { Published = null }) }));

        await _desk.ProcessAsync();

        Assert.Empty(_desk.Alerts());
        Assert.Contains(_desk.Verdicts(), verdict => verdict.Contains("too old: published 2024-01-05", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edited_item_has_its_page_read_again_but_not_at_once()
    {
        _desk.Serve(Url, Dull, "The delegations met again in the capital. " + LongTruce.Replace("truce", "date", StringComparison.Ordinal));
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.ProcessAsync();
        Assert.Empty(_desk.Alerts());

        _desk.Serve(Url, Dull, LongTruce);
        await _desk.AddAsync("wire", Dull + ", updated", Url);
        await _desk.ProcessAsync();
        Assert.Single(_desk.Asked);
        _desk.Clock.Advance(TimeSpan.FromMinutes(15));
        await _desk.ProcessAsync();

        Assert.Equal((2, 1), (_desk.Asked.Count, _desk.Count("alert")));
    }

    [Fact]
    public async Task An_article_that_nobody_can_read_holds_up_no_page()
    {
        _desk.Serve("https://paper.example.com/truce", Dull, LongTruce);
        var broken = await _desk.AddAsync("wire", Dull, Url);
        await _desk.AddAsync("wire", "Delegations meet in the capital", "https://paper.example.com/truce");
        await _desk.Processor.ProcessItemsAsync(CancellationToken.None);
        await _desk.Database.WriteAsync(db => Stored.Set(db, "article", new { authors = "no JSON" }, new { id = Stored.Column<long>(db, "item", "article", new { id = broken }).Single() }));

        await _desk.ProcessAsync();

        Assert.Equal("https://paper.example.com/truce", Assert.Single(_desk.Alerts()).Article.Url);
        Assert.Equal("JsonException", _desk.Database.Read(Stored.Pages)[0].Error);
    }

    [Fact]
    public async Task A_page_that_kills_the_process_each_time_is_left_alone()
    {
        await _desk.AddAsync("wire", Dull, Url);
        await _desk.Processor.ProcessItemsAsync(CancellationToken.None);
        for (var start = 0; start < 3; start++)
        {
            await _desk.Database.WriteAsync(db => PageQueue.Claim(db, Background.NewProcess(), [1], _desk.Clock.GetUtcNow()));
        }

        await _desk.ProcessAsync();

        Assert.Empty(_desk.Asked);
        Assert.Equal("reading it was started three times and never ended", _desk.Database.Read(db => Stored.Column<string>(db, "page", "error").Single()));
        Assert.Equal("A page of wire was given up", Assert.Single(_desk.Database.Read(Stored.Notices)).Subject);
    }
}
