using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NewsWatch.Configuration.Reading;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;

namespace NewsWatch.Bench;

/// <summary>
/// <c>badinputs FILE</c>: builds each hostile or broken input and says whether what must happen happened. A row that nothing here builds yet
/// is told as such, and counts as not passed.
/// </summary>
internal static class BadInputsVerb
{
    private const int Milliseconds = 5_000;

    /// <summary>What each row comes to: null when it passes, else what happened.</summary>
    private static readonly Dictionary<int, Func<string?>> Tries = new()
    {
        [37] = () => Refused(Feed("<!DOCTYPE rss [<!ENTITY a0 'ha'>" + string.Concat(Enumerable.Range(1, 9).Select(n => $"<!ENTITY a{n} '{string.Concat(Enumerable.Repeat($"&a{n - 1};", 10))}'>")) + "]>", "&a9;")),
        [38] = () => Refused(Feed($"<!DOCTYPE rss [<!ENTITY a '{new string('a', 100_000)}'>]>", string.Concat(Enumerable.Repeat("&a;", 10_000)))),
        [39] = () => Feed("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>", "A&x;B") is FeedResult.Parsed { Feed.Items: [{ Title: "AB" }] } ? null : "the entity was not left empty",
        [40] = () => Feed("<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>", "A&nbsp;B &rsquo;") is FeedResult.Parsed { Feed.Items.Count: 1 } ? null : "the entry was not read",
        [41] = () => Feed("<?xml-stylesheet href='http://127.0.0.1/x.xsl'?>", "A") is FeedResult.Parsed { Feed.Items.Count: 1 } ? null : "the entry was not read",
        [42] = () => Refused(Parse(string.Concat(Enumerable.Repeat("<a>", 1_000_000)))),
        [43] = () => Bounded(Parse($"<rss {string.Concat(Enumerable.Range(0, 100_000).Select(n => $"a{n}='1' "))}><channel/></rss>")),
        [44] = () => NoArticle(string.Concat(Enumerable.Repeat("<div>", 200_000))),
        [45] = () => Bounded(PageReader.Read($"<html><body><!-- {new string('x', 5_000_000)}", new Uri("https://example.com/"))),
        [46] = () => Refused(Parse(new string('[', 100_000))) ?? (Parse("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"\\ud800\",\"items\":[]}") is FeedResult.Parsed ? null : "half a surrogate lost the feed"),
        [47] = () => Parse($"<rss><channel>{string.Concat(Enumerable.Range(0, 100_000).Select(n => $"<item><guid>{n}</guid></item>"))}</channel></rss>") is FeedResult.Parsed { Feed: { Items.Count: 2_000, Dropped: 98_000 } } ? null : "the limit of items was not kept and told",
        [48] = () => Matches("/(a+)+$/ AND word", new string('a', 100_000) + "! word"),
        [49] = () => RefusedRule("/.{0,2000}x.{0,2000}y/ AND word"),
        [50] = () => RefusedRule("/(?=a)b/ AND word"),
        [53] = () => Values.Address("a@b.c, evil@x.y").Error is null || Values.Address("a@b.c\nRCPT TO:<evil>").Error is null ? "a list of addresses was taken for one" : null,
        [57] = () => Feed("", "War\u202E\u000B\u001B[31m" + new string('x', 1_000_000)) is FeedResult.Parsed { Feed.Items.Count: 1 } ? null : "the entry was lost",
        [75] = () => new[] { "30 Feb 2025 10:00", "0000-00-00", "yesterday", "" }.All(text => FeedDates.Parse(text) is null) ? null : "a date that is none was read",
    };

    public static Verb Verb { get; } = new("FILE", "hostile and broken inputs: a line for each row; exit 1 if one does not pass", RunAsync);

    private static Task<int> RunAsync(string[] args)
    {
        var rows = JsonDocument.Parse(File.ReadAllText(args[0])).RootElement.EnumerateArray().ToList();
        var passed = rows.Count(Passes);
        Console.WriteLine($"{passed} of {rows.Count}");
        return Task.FromResult(passed == rows.Count ? 0 : 1);
    }

    private static bool Passes(JsonElement row)
    {
        var (id, name) = (row.GetProperty("id").GetInt32(), row.GetProperty("name").GetString());
        var started = Stopwatch.GetTimestamp();
        var happened = SsrfRows.Tries.GetValueOrDefault(id, Tries.GetValueOrDefault(id, () => "not built by this verb yet"))();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        happened ??= took > Milliseconds ? $"it took {took:0} ms" : null;
        Console.WriteLine($"{id,3} {(happened is null ? "pass" : "FAIL")}  {name}{(happened is null ? "" : ": " + happened)}  ({took:0} ms)");
        return happened is null;
    }

    private static FeedResult Feed(string before, string title) =>
        Parse($"<?xml version='1.0'?>{before}<rss version='2.0'><channel><item><guid>1</guid><title>{title}</title></item></channel></rss>");

    private static FeedResult Parse(string text) => FeedParser.Parse(Encoding.UTF8.GetBytes(text), null, new Uri("https://example.com/feed"));

    private static string? Refused(FeedResult result) => result is FeedResult.NotAFeed ? null : "it was read as a feed";

    private static string? NoArticle(string html) => PageReader.Read(html, new Uri("https://example.com/")) is PageResult.NoArticle ? null : "it was read as an article";

    private static string? Bounded(object result) => result is null ? "nothing came back" : null;

    private static string? RefusedRule(string when) => Query.Parse(when, Vocabulary.Empty).Errors.Count > 0 ? null : "the rule was accepted";

    private static string? Matches(string when, string text)
    {
        if (Query.Parse(when, Vocabulary.Empty).Query is not { } query)
        {
            return null;
        }

        RuleSet.Compile([new Rule("a", query, null)], Vocabulary.Empty).Match(new Core.Text.Document { Title = "", Body = text });
        return null;
    }
}
