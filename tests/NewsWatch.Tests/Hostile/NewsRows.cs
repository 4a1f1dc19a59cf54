using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsWatch.Configuration;
using NewsWatch.Ledger;
using NewsWatch.Tests.Support;
using NewsWatch.WebSub;

namespace NewsWatch.Tests.Hostile;

/// <summary>Sources that are not what they were at the last poll, and addresses that feeds name.</summary>
public sealed class NewsRows
{
    private static readonly DateTimeOffset Noon = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Icons and pictures are fetched by nobody; pages, hubs and older pages of a feed are.</summary>
    [Fact]
    public async Task Row_24_addresses_inside_that_a_feed_names()
    {
        await using var world = await HostileWorld.OpenAsync();
        var inside = $"http://127.0.0.1:{world.Site.Port}";
        world.Configure(watch => watch with { Operator = watch.Operator with { PublicUrl = new Uri("https://newswatch.example.com/") } });
        world.Site.Answer("/feed", Reply.Text(
            "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel xml:base='" + inside + "'><title>News</title>"
            + $"<atom:link rel='hub' href='{inside}/hub'/><atom:link rel='self' href='{inside}/self'/><atom:link rel='prev-archive' href='{inside}/older'/><image><url>{inside}/icon.png</url></image>"
            + $"<item><guid>1</guid><title>Truce inside</title><link>{inside}/admin</link><enclosure url='{inside}/a.mp3' type='audio/mpeg' length='1'/></item>"
            + $"<item><guid>2</guid><title>Truce relative</title><link>/admin2</link></item>"
            + $"<item><guid>3</guid><title>Truce outside</title><link>{world.Site.At("/page")}</link></item></channel></rss>"));
        world.Site.Answer("/page", Reply.Text(
            $"<html><head><link rel=canonical href='{inside}/c'><link rel=icon href='{inside}/favicon.ico'><meta property='og:image' content='{inside}/i.png'><meta http-equiv=refresh content='0;url={inside}/r'>"
            + $"<base href='{inside}/'><title>Truce outside</title></head><body><article><h1>Truce outside</h1><p>{string.Concat(Enumerable.Repeat("The truce holds in the north and in the south. ", 20))}</p><img src='{inside}/x.png'></article></body></html>",
            ("Content-Type", "text/html")));

        await world.PollAsync(world.Source("news", "/feed") with { FullText = FullText.Always });
        await world.Services.GetServices<IHostedService>().OfType<PushSubscriber>().Single().KeepAsync(CancellationToken.None);
        for (var round = 0; round < 3; round++)
        {
            await world.SettleAsync();
            world.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(3, world.Items("news"));
        Assert.Contains(world.Site.Requests, request => request.Target == "/page");
        Assert.Contains("blocked", world.Outcomes);
        Assert.Contains(world.Log.Lines, line => line.Contains("could not be asked: blocked", StringComparison.Ordinal));
        Assert.Equal(0, world.Trespasses);
    }

    /// <summary>An entry may have no link (RFC 4287, 4.1.1); its id is an IRI that leads nowhere.</summary>
    [Theory]
    [InlineData("tag:news.example.com,2025:1")]
    [InlineData("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("truce-1")]
    public async Task An_entry_without_a_link_is_told_and_nothing_leads_to_its_id(string id)
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Site.Answer("/feed", Reply.Text($"<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry><id>{id}</id><title>Truce without a link</title><updated>2025-08-06T20:30:00Z</updated><summary>The truce holds.</summary></entry></feed>"));

        await world.PollAsync(world.Source("news", "/feed") with { FullText = FullText.Always });
        await world.SettleAsync();

        var mail = Assert.Single(world.Mail.Mails);
        Assert.Contains("Truce without a link", mail.Message.Subject, StringComparison.Ordinal);
        Assert.Contains("(no link given)", mail.Message.TextBody, StringComparison.Ordinal);
        Assert.All([mail.Message.TextBody, mail.Message.HtmlBody!, .. world.Hook.Calls.Select(call => call.Body)], text => Assert.DoesNotContain(id, text, StringComparison.Ordinal));
        Assert.DoesNotContain("href=\"\"", mail.Message.HtmlBody, StringComparison.Ordinal);
        Assert.Null(Assert.Single(world.Hook.Calls).Json["data"]!["article"]!["url"]);
        Assert.Empty(world.Log.Broke);

        var ledger = new LedgerQueries(world.Database, new ConfigurationHolder(world.Configuration));
        var alert = Assert.Single(ledger.Alerts(), alert => alert.Title == "Truce without a link");
        Assert.StartsWith("urn:newswatch:news:", alert.Url, StringComparison.Ordinal);
        Assert.Equal("Truce without a link", ledger.Why(alert.Url, "anna").Title);
    }

    [Fact]
    public async Task Row_72_every_guid_changes_at_every_poll()
    {
        await using var world = await HostileWorld.OpenAsync();
        for (var poll = 0; poll < 5; poll++)
        {
            await world.ShowAsync(Rss.Document("", Enumerable.Range(1, 30).Select(n => Item($"{poll}-{n}", $"Truce number {n} {Words(n)[0]} {Words(n)[1]}", n))));
            Assert.Equal(30, world.Told.Count);
        }

        Assert.True(world.Row("shown").UnstableIds);
        Assert.Contains(world.Log.Lines, line => line.Contains("unstable ids", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_73_two_versions_in_turn()
    {
        await using var world = await HostileWorld.OpenAsync();
        var one = Enumerable.Range(1, 10).Select(n => Item($"{n}", $"Truce number {n} is near {Words(n)[0]} {Words(n)[1]}", n)).ToList();
        var other = Enumerable.Range(1, 10).Reverse().Select(n => Item($"{n}", $"Truce number {n} draws near {Words(n)[0]} {Words(n)[1]}", n)).ToList();
        for (var poll = 0; poll < 6; poll++)
        {
            await world.ShowAsync(Rss.Document("", poll % 2 == 0 ? one : other), $"\"{poll % 2}\"");
        }

        Assert.Equal(10, world.Database.Read(db => Stored.Texts(db, "alert", "story", "rule")).Distinct().Count());
        Assert.Equal(10, world.Told.Count);
    }

    [Fact]
    public async Task Row_74_a_new_source_with_500_items()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Site.Answer("/feed", Reply.Text(Rss.Document("", Enumerable.Range(1, 500).Select(n => Item($"{n}", $"Truce number {n} {Words(n)[0]} {Words(n)[1]}", n)))));

        await world.PollAsync(world.Source("news", "/feed") with { FirstRun = new Source { Id = "", Url = "" }.FirstRun });
        await world.SettleAsync();

        Assert.Equal(500, world.Column("item", "state", new { state = "baseline" }).Count);
        Assert.Equal(500, world.Column("item", "state").Count);
        Assert.Empty(world.Column("alert", "key"));
        Assert.Empty(world.Told);
        Assert.Single(world.Log.Lines, line => line.Contains("first poll, 500 items: 500 recorded without an alert, 0 may alert", StringComparison.Ordinal));
    }

    /// <summary>
    /// A date in the future is now; one before 1990 is no date. A day that does not exist, or a word, is none either. What is left is a real old date:
    /// that is what MaxAge is for.
    /// </summary>
    [Fact]
    public async Task Row_75_dates_that_cannot_be()
    {
        string[] dates = ["Wed, 06 Aug 2035 12:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "0000-00-00", "Sun, 30 Feb 2025 10:00:00 GMT", "Wed, 06 Aug 2025 24:00:00 GMT", "Wed, 06 Aug 25 13:00:00 GMT", "", "Wed, 06 Aug 2025 08:00:00 EST", "Wed, 06 Aug 2025 15:00:00 CEST", "Mi, 06 Aug 2025 14:00:00 MEZ", "yesterday"];
        await using var world = await HostileWorld.OpenAsync();

        await world.ShowAsync(Rss.Document("", dates.Select((date, n) => Item($"{n}", $"Truce number {n} of its own kind {Words(n)[0]} {Words(n)[1]}", n, date))));

        Assert.Equal([], dates.Where((_, n) => !world.Told.Any(subject => subject.Contains($"number {n} ", StringComparison.Ordinal))));
        var now = world.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.All(world.Column("item", "coalesce(published, first_seen)"), published => Assert.InRange(long.Parse(published, System.Globalization.CultureInfo.InvariantCulture), 0, now));
        Assert.All(
            new[] { "Wed, 06 Aug 2025 08:00:00 EST", "Wed, 06 Aug 2025 15:00:00 CEST", "Mi, 06 Aug 2025 14:00:00 MEZ", "Wed, 06 Aug 25 13:00:00 GMT" },
            date => Assert.Equal(
                Noon.AddHours(1), Assert.Single(world.Headlines(), item => item.Title.StartsWith($"Truce number {Array.IndexOf(dates, date)} of", StringComparison.Ordinal)).Published));
    }

    [Fact]
    public async Task Row_76_a_source_that_dies_in_silence()
    {
        const string Page = "<html><head><title>{0}</title></head><body><form><input type=password></form></body></html>";
        var deaths = new Dictionary<string, (Reply Answer, string State)>
        {
            ["the same for ever"] = (Reply.Text(Rss.Of(10), ("ETag", "\"10\"")), "stale"),
            ["an empty channel"] = (Reply.Text(Rss.Document("", [])), "stale"),
            ["304 for ever"] = (Reply.Of(304), "stale"),
            ["a parked page"] = (Reply.Text(Page.Replace("{0}", "This domain is for sale", StringComparison.Ordinal), ("Content-Type", "text/html")), "failing"),
            ["a login page"] = (Reply.Text(Page.Replace("{0}", "Log in", StringComparison.Ordinal), ("Content-Type", "text/html")), "failing"),
        };
        foreach (var (death, (answer, state)) in deaths)
        {
            await using var world = await HostileWorld.OpenAsync();
            var source = world.Source("news", "/feed");
            for (var last = 1; last <= 10; last++)
            {
                world.Site.Answer("/feed", Reply.Text(Rss.Of(last), ("ETag", $"\"{last}\"")));
                await world.PollAsync(source);
                world.Clock.Advance(TimeSpan.FromMinutes(30));
            }

            world.Site.Answer("/feed", answer);
            for (var look = 0; look < 24; look++)
            {
                world.Clock.Advance(TimeSpan.FromHours(3));
                await world.PollAsync(source);
                await world.SettleAsync();
            }

            Assert.True(world.Row("news").State.ToString().Equals(state, StringComparison.OrdinalIgnoreCase), $"{death}: {world.Row("news").State}");
            Assert.Single(world.Mail.Mails, mail => mail.To[0] == "ops@example.com");
        }
    }

    [Fact]
    public async Task Row_77_bodies_that_are_cut_off_or_in_another_charset()
    {
        await using var world = await HostileWorld.OpenAsync();
        var source = world.Source("news", "/feed");
        var whole = "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + Rss.Document("", [Item("1", "Truce перемир’я one", 1), Item("2", "Truce перемир’я two", 2)]).Split("?>", 2)[1];
        var bytes = Encoding.UTF8.GetBytes(whole);
        var inLetter = Encoding.UTF8.GetBytes(whole[..(whole.LastIndexOf("перемир", StringComparison.Ordinal) + 2)]).Length - 1;
        var zipped = Bombs.Compress(bytes, "gzip");
        await using var raw = new RawServer((stream, stop) => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{Rss.Of(2)[..400]}"), stop).AsTask(), HostileWorld.Outside);
        world.Configure(watch => watch with { Operator = watch.Operator with { AllowPorts = [.. watch.Operator.AllowPorts, raw.Port] } });
        var cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
        var bad = new[]
        {
            new Reply { Body = bytes[..inLetter] },
            new Reply { Body = zipped[..(zipped.Length / 2)], Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } },
            new Reply { Body = cyrillic.GetBytes(whole) },
            new Reply { Body = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(whole)] },
            new Reply { Body = bytes },
        };

        await world.PollAsync(source with { Url = $"http://news.example.com:{raw.Port}/" });
        Assert.Equal(0, world.Items("news"));
        foreach (var answer in bad)
        {
            world.Site.Answer("/feed", answer);
            world.Clock.Advance(TimeSpan.FromHours(1));
            await world.PollAsync(source);
            await world.SettleAsync();
            Assert.All(world.Headlines(), item => Assert.Matches("^Truce .* (one|two)$", item.Title));
        }

        Assert.Equal(2, world.Items("news"));
        Assert.Equal(2, world.Told.Count);
    }

    private static string Item(string guid, string title, int n, string? date = null) =>
        $"<item><guid isPermaLink=\"false\">{guid}</guid><title>{title}</title><link>https://news.example.com/{n}-{Words(n)[0]}</link>"
        + $"<description>{string.Join(' ', Words(n))}</description><pubDate>{date ?? Noon.AddMinutes(n % 400).ToString("r", System.Globalization.CultureInfo.InvariantCulture)}</pubDate></item>";

    /// <summary>Words of their own for each, so that no two are one story.</summary>
    private static List<string> Words(int n) => [.. Enumerable.Range(1, 15).Select(k => $"word{(char)('a' + (n % 26))}{(char)('a' + (n / 26))}{(char)('a' + k)}")];
}
