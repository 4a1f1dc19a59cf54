using System.Text;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Origins;
using NewsWatch.Core.Text;
using NewsWatch.Messages;
using NewsWatch.Polling.Items;
using NewsWatch.Storage.Sources;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Something that reads strangers' text, a usual text for it, and texts of the same length that were made to be dear.</summary>
/// <param name="Normal">A usual text of so many characters.</param>
/// <param name="Hostile">By name, texts of so many characters.</param>
/// <param name="Prepare">What is not to be measured; its result is read.</param>
internal sealed record StrangersReader(string Name, Func<int, string> Normal, IReadOnlyList<(string Name, Func<int, string> Build)> Hostile, Func<string, Action> Prepare)
{
    /// <summary>Work on hostile text is at most this many times that on normal text of the same length.</summary>
    public const int MaxRatio = 20;

    private static readonly Uri Here = new("https://news.example.com/a");

    private static readonly RuleSet Terms = Rules("truce", "\"truce deadline\"", "sanct*", "deadline~", "atleast3(truce)", "truce NOT deadline", "truce EXCEPT \"truce deadline\"");
    private static readonly RuleSet Near = Rules("truce NEAR/5 deadline", "(truce NEAR/50 deadline) NEAR/50 (truce OR deadline)", "((truce NEAR/100 deadline) NEAR/100 truce) NEAR/100 deadline", "truce ONEAR/100 truce");
    private static readonly RuleSet Regexes = Rules("truce AND /tr[a-z]+e/", "truce AND /[0-9]+ (dead|alive)/");

    private static readonly OriginFinder Origins = new([new("herald", "The Herald", "herald"), new("tolva", "Truce", "tolva") { IsWire = true }]);

    /// <summary>Everything that reads what strangers wrote.</summary>
    public static IReadOnlyList<StrangersReader> All { get; } =
    [
        Of("matcher", HostileTexts.Prose, HostileTexts.Texts, text => Terms.Match(Document(text))),
        Of("matcher with NEAR", HostileTexts.Prose, HostileTexts.Texts, text => Near.Match(Document(text))),
        Of("matcher with regular expressions", HostileTexts.Prose, HostileTexts.Texts, text => Regexes.Match(Document(text))),
        Of("matcher, headline", HostileTexts.Prose, HostileTexts.Texts, text => Terms.Match(new Document { Title = text, Body = "" })),
        new("excerpt cutter", HostileTexts.Prose, HostileTexts.Texts, text =>
        {
            var matches = Terms.Match(Document(text));
            return () => Excerpts.CutEach(Document(text), matches);
        }),
        Of("title key", HostileTexts.Prose, HostileTexts.Texts, text => TitleKey.Of(text, ["News"])),
        Of("item keys", HostileTexts.Prose, HostileTexts.Texts, text => ItemKeys.Of([new FeedItem { Title = text, Text = text }], SomeWatch.Wire)),
        Of("language", HostileTexts.Prose, HostileTexts.Texts, text => TextLanguage.Of(text)),
        Of("teaser", HostileTexts.Prose, HostileTexts.Texts, text => Teaser.Looks(text, text)),
        Of("text cleaner, line", HostileTexts.Prose, HostileTexts.Texts, text => TextCleaner.Line(text)),
        Of("text cleaner, terminal", HostileTexts.Prose, HostileTexts.Texts, text => TextCleaner.Visible(text)),
        Of("text cleaner, excerpt", HostileTexts.Prose, HostileTexts.Texts, text => TextCleaner.Marked(new Excerpt(Field.Body, text, [.. Enumerable.Range(0, 200).Select(i => new Mark(i * 5, 3, false))]))),
        Of("changes of a page", HostileTexts.Prose, HostileTexts.Texts, text => ArticleDiff.Between(new("A headline", text), new("Another headline", Edited(text)), new([new(Field.Body, 0, text.Length)], ["truce"]), "en")),
        Of("changes of a page, in German", HostileTexts.Prose, HostileTexts.Texts, text => ArticleDiff.Between(new(text, text), new(Edited(text), Edited(text)), new([], ["truce"]), "de")),
        Of("story of an article", HostileTexts.Prose, HostileTexts.Texts, text => new StoryBook().Place(new() { Id = 1, Title = text, Text = text, Publisher = "wire" }, DateTimeOffset.UnixEpoch)),
        Of("sources of a story", HostileTexts.Prose, HostileTexts.Texts, text => Origins.Of([Printed(text, "herald"), Printed(Edited(text), "ledger")])),
        Of("canonical address", HostileTexts.Address, HostileTexts.Addresses, text => CanonicalUrl.Of(text)),
        Of("article identity", HostileTexts.Address, HostileTexts.Addresses, text => ArticleIdentity.Of(text, "wire", text, shared: false)),
        Of("page", HostileTexts.Page, HostileTexts.Pages, text => PageReader.Read(text, Here)),
        Of("page with a selector", HostileTexts.Page, HostileTexts.Pages, text => PageReader.Read(text, Here, new PageOptions("div, p", [".ad"]))),
        Of("links of a page", HostileTexts.Page, HostileTexts.Pages, text => WatchedPage.Links(text, Here, null, [])),
        Of("links of a page, selected", HostileTexts.Page, HostileTexts.Pages, text => WatchedPage.Links(text, Here, "div", [])),
        Of("paragraphs of a page", HostileTexts.Page, HostileTexts.Pages, text => WatchedPage.Paragraphs(text, Here, "div, p, li", [], ["[0-9]+ comments"])),
        Of("feeds of a page", HostileTexts.Page, HostileTexts.Pages, text => PageFeeds.Of(text, Here)),
        OfBytes("RSS", HostileTexts.Rss, HostileTexts.Feeds, bytes => FeedParser.Parse(bytes, null, Here)),
        OfBytes("JSON feed", HostileTexts.JsonFeed, HostileTexts.JsonFeeds, bytes => FeedParser.Parse(bytes, null, Here)),
        OfBytes("sitemap", HostileTexts.Sitemap, HostileTexts.Sitemaps, bytes => SitemapParser.Parse(bytes, Here, default)),
        OfBytes("OPML", HostileTexts.Opml, HostileTexts.Opmls, bytes => Opml.Read(bytes)),
        OfBytes("robots.txt", HostileTexts.Robots, HostileTexts.RobotsFiles, bytes => RobotsTxt.Parse(bytes, "NewsWatch").Allows(Here)),
        new("items known again", HostileTexts.Titles, HostileTexts.ManyTitles, Identity),
    ];

    private static StrangersReader Of(string name, Func<int, string> normal, IReadOnlyList<(string, Func<int, string>)> hostile, Func<string, object?> read) =>
        new(name, normal, hostile, text => () => read(text));

    private static StrangersReader OfBytes(string name, Func<int, string> normal, IReadOnlyList<(string, Func<int, string>)> hostile, Func<byte[], object?> read) =>
        new(name, normal, hostile, text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return () => read(bytes);
        });

    /// <summary>A line an item: link, blank, title. Half of them are known already, under other guids.</summary>
    private static Action Identity(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(4_000).Select(line => line.Split(' ', 2)).ToList();
        var known = lines.Where((_, place) => place % 2 == 0).Select((line, place) => new KnownItem(place, $"id:k{place}", line[0], line[1], "h", "", 1, 0, 0, "done")).ToList();
        var items = lines.Where((_, place) => place % 2 == 1)
            .Select((line, place) => new ItemKeys(new FeedItem { Id = $"n{place}", Title = "x", Published = DateTimeOffset.FromUnixTimeSeconds(place + 86_400) }, $"id:n{place}", line[0], line[1], "g")).ToList();
        return () => ItemIdentity.Match(items, known, unstableIds: false);
    }

    /// <summary>Another version of a text: every 40th character is another, and what stands between is moved about.</summary>
    private static string Edited(string text) => string.Concat(text.Chunk(40).Select((chunk, at) => (at % 3 == 0 ? "No " : "") + new string(chunk[1..]) + (char)('a' + (at % 26))));

    private static PrintedText Printed(string text, string outlet) => new(new(outlet, outlet, outlet), text, text, [text]);

    private static Document Document(string text) => new() { Title = "A headline", Body = text };

    private static RuleSet Rules(params string[] queries) =>
        RuleSet.Compile([.. queries.Select((query, place) => new Rule($"rule-{place}", Query.Parse(query, Vocabulary.Empty).Query!, null))], Vocabulary.Empty);
}
