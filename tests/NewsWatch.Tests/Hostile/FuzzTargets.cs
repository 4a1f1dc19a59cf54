using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Polling.Items;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>What reads strangers' bytes: whatever they are, an answer comes back and nothing is thrown.</summary>
/// <param name="Good">Inputs that it reads; broken ones are made of them.</param>
/// <param name="Read">Reads.</param>
internal sealed record FuzzTarget(IReadOnlyList<byte[]> Good, Action<byte[]> Read);

internal static class FuzzTargets
{
    private static readonly Uri Here = new("https://news.example.com/feed");

    private static readonly string[] Feeds =
    [
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE rss [<!ENTITY own 'mine'>]><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>News &own;</title><ttl>30</ttl><link>https://news.example.com/</link><item><guid isPermaLink='false'>1</guid><title>Truce &amp; <![CDATA[<b>peace</b>]]></title><link>/a?b=c</link><dc:creator>Ada</dc:creator><pubDate>Wed, 06 Aug 2025 12:00:00 +0200</pubDate><content:encoded>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;nbsp; three&lt;/p&gt;</content:encoded></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://news.example.com/' xml:lang='en'><title type='html'>News</title><link rel='self' href='/feed'/><link rel='hub' href='https://hub.example.com/'/><entry><id>tag:1</id><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <i>truce</i></div></title><link href='a'/><updated>2025-08-06T12:00:00Z</updated><content type='html'>&lt;p&gt;Text</content><author><name>Ada</name></author></entry></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel><title>News</title></channel><item rdf:about='https://news.example.com/1'><title>Truce</title><link>https://news.example.com/1</link></item></rdf:RDF>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"News\",\"items\":[{\"id\":\"1\",\"url\":\"https://news.example.com/1\",\"title\":\"Truce \\u2014 now\",\"content_html\":\"<p>Text</p>\",\"date_published\":\"2025-08-06T12:00:00Z\",\"authors\":[{\"name\":\"Ada\"}],\"tags\":[\"a\"]}]}",
    ];

    private static readonly string[] Pages =
    [
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Truce | News</title><link rel=canonical href='/a'><meta property='og:title' content='Truce'><meta property='article:published_time' content='2025-08-06T12:00:00Z'><script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Truce\",\"datePublished\":\"2025-08-06\",\"author\":[{\"name\":\"Ada\"}],\"isAccessibleForFree\":\"False\",\"hasPart\":{\"cssSelector\":\".paywall\"}}]}</script></head><body><nav><ul><li><a href=/>Home</a></ul></nav><article><h1>Truce</h1><p class=byline>By Ada Sample, 6 August 2025</p><p>The truce holds in the north, officials said, and nobody was hurt in the night before.<p>Talks go on in the south, <b>they <i>said</b></i>.<table><tr><td>1</table></article><footer>About</footer></body></html>",
    ];

    private static readonly string[] Rules =
    [
        "(@putin OR @zelensky) AND #ceasefire NEAR/40 (deadline OR ultimatum)", "title:\"secondary tariffs\" AND NOT source:x", "atleast3(sanction~) OR {Kyiv|Kiev|Київ}", "Washington EXCEPT \"Washington Post\"", "/tarif+s?/ AND =US", "sanct* ONEAR/5 Uk?aine",
    ];

    private const string Configuration =
        """
        // a comment
        { "NewsWatch": { "Defaults": { "Poll": "5m", "TimeZone": "Europe/Berlin", "Via": "mail" },
          "Sources": { "a": { "Url": "https://news.example.com/rss", "Headers": { "X-Key": "env:KEY" }, "FirstRun": "alert-last:5" } },
          "Rules": { "r": { "When": "truce AND (a OR b)", "Severity": "urgent", "Examples": { "Fires": ["a truce"], "NotFires": ["b"] } } },
          "Channels": { "mail": { "Type": "email", "Host": "smtp.example.com", "Tls": "required", "From": "NewsWatch <alerts@example.com>", "User": "env:U", "Password": "file:/p" } },
          "Subscribers": { "anna": { "Email": "anna@example.com", "QuietHours": { "From": "22:00", "To": "07:00" }, "Cap": "20/1h" } },
          "Routes": { "Routes": [ { "When": "severity=urgent", "To": ["anna"], "Digest": "07:00,17:00" } ] },
          "Operator": { "To": ["ops@example.com"], "AllowPrivate": ["10.0.0.0/8"], "AllowPorts": [8000] }, } }
        """;

    private static readonly string[] Dates = ["Wed, 06 Aug 2025 12:00:00 +0200", "2025-08-06T12:00:00.123Z", "6 août 2025 12h30", "Wed Aug 6 12:00:00 EST 2025", "2025-218T12:00", "20250806120000", "1754481600", "06.08.2025 12:00 Uhr MEZ", "6th of August, 2025 at 3 p.m."];

    private static readonly ConfigurationLoader Loader = new(new Secrets(_ => "a-secret-of-some-length-0123456789", _ => "a-secret-of-some-length-0123456789"), (_, _) => null);

    public static IReadOnlyDictionary<string, FuzzTarget> All { get; } = new Dictionary<string, FuzzTarget>
    {
        ["feed"] = new(Bytes(Feeds), ReadFeed),
        ["date"] = new(Bytes(Dates), input => ReadFeed(Encoding.UTF8.GetBytes($"{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{{\"id\":\"1\",\"date_published\":{System.Text.Json.JsonSerializer.Serialize(Encoding.UTF8.GetString(input))}}}]}}"))),
        ["page"] = new(Bytes(Pages), input => Assert.NotNull(PageReader.Read(PageDecoder.Decode(input, "text/html"), Here))),
        ["rule"] = new(Bytes(Rules), ReadRule),
        ["configuration"] = new(Bytes(Configuration), input => Assert.NotNull(Loader.Load(new ConfigurationFiles("/etc/newswatch", [new("appsettings.json", Encoding.UTF8.GetString(input))])))),
    };

    /// <summary>Unsubscribe tokens, which need an installation's key: none is taken for a grant that was not given. (Blanks in base64 count for nothing, so a token has several spellings.)</summary>
    public static async Task<FuzzTarget> TokensAsync(TestDatabase database)
    {
        var tokens = new UnsubscribeTokens(database.Database, new ConfigurationHolder(SomeWatch.Default));
        var grant = new UnsubscribeGrant("anna", "r", "00000000000000aa");
        var good = Encoding.ASCII.GetBytes(await tokens.CreateAsync(grant, CancellationToken.None));
        return new([good], input => Assert.Contains(tokens.ReadAsync(Encoding.UTF8.GetString(input), CancellationToken.None).GetAwaiter().GetResult(), new[] { null, grant }));
    }

    /// <summary>What a poll and the processing after it do with a document, short of the database.</summary>
    private static void ReadFeed(byte[] input)
    {
        if (FeedParser.Parse(input, null, Here) is not FeedResult.Parsed { Feed: var feed })
        {
            return;
        }

        Assert.InRange(ItemKeys.Of(feed.Items, SomeWatch.Wire).Items.Count, 0, feed.Items.Count);
        foreach (var item in feed.Items)
        {
            Assert.NotNull(TitleKey.Of(item.Title, ["News"]));
            Match(RuleSet.Compile([SomeWatch.Ceasefire.Rule], Vocabulary.Empty), item.Title, item.Text);
            Inertness.Of(TextCleaner.Line(item.Title), "");
        }
    }

    private static void ReadRule(byte[] input)
    {
        var parsed = Query.Parse(Encoding.UTF8.GetString(input), Vocabulary.Empty);
        Assert.Equal(parsed.Query is null, parsed.Errors.Count > 0);
        if (parsed.Query is { } query)
        {
            Match(RuleSet.Compile([new Rule("r", query, null)], Vocabulary.Empty), "Truce", "Washington sanctions tariffs Ukraine");
        }
    }

    private static void Match(RuleSet rules, string title, string text) => Assert.NotNull(rules.Match(new Document { Title = title, Body = text }));

    private static List<byte[]> Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
