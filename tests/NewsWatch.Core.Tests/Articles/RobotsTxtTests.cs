using System.Text;
using CsCheck;
using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

/// <summary>RFC 9309, sentence by sentence.</summary>
public sealed class RobotsTxtTests
{
    private static RobotsTxt Read(string file) => RobotsTxt.Parse(Encoding.UTF8.GetBytes(file), "NewsWatch");

    private static bool Allows(string file, string path) => Read(file).Allows(new Uri($"https://news.example.com{path}"));

    /// <summary>What; the file, lines separated by bars; the path; may it be asked for?</summary>
    public static TheoryData<string, string, string, bool> Cases() => new()
    {
        { "an empty file allows everything", "", "/a", true },
        { "a group for everybody", "User-agent: *|Disallow: /private", "/private/a", false },
        { "what it does not name", "User-agent: *|Disallow: /private", "/public", true },
        { "a group for others", "User-agent: OtherBot|Disallow: /", "/a", true },
        { "our own group goes before the one for everybody", "User-agent: *|Disallow: /||User-agent: newswatch|Disallow: /x", "/a", true },
        { "wherever it stands", "User-agent: NewsWatch|Disallow: /x||User-agent: *|Allow: /", "/x", false },
        { "an empty line between two agents ends no group", "User-agent: NewsWatch||User-agent: *|Disallow: /", "/a", false },
        { "our own group with an empty Disallow", "User-agent: NewsWatch|Disallow:||User-agent: *|Disallow: /", "/a", true },
        { "a name with a version", "User-agent: NewsWatch/2.0|Disallow: /", "/a", false },
        { "a longer name is another product", "User-agent: NewsWatchers|Disallow: /", "/a", true },
        { "several agents of one group", "User-agent: OtherBot|User-agent: NewsWatch|Disallow: /x", "/x", false },
        { "groups of the same agent are one", "User-agent: NewsWatch|Disallow: /x||User-agent: OtherBot|Disallow: /y||User-agent: NewsWatch|Disallow: /z", "/z/1", false },
        { "lines of other kinds end no group", "User-agent: *|Crawl-delay: 10|Disallow: /x|Sitemap: https://a.example.com/s|Disallow: /y", "/y", false },
        { "a rule before any group", "Disallow: /", "/a", true },
        { "the longest pattern decides", "User-agent: *|Disallow: /news|Allow: /news/today", "/news/today/1", true },
        { "in whatever order", "User-agent: *|Allow: /news|Disallow: /news/today", "/news/today/1", false },
        { "Allow goes before Disallow of the same length", "User-agent: *|Disallow: /news|Allow: /news", "/news", true },
        { "an asterisk is any text", "User-agent: *|Disallow: /*/print", "/2025/08/a/print", false },
        { "an asterisk is no text too", "User-agent: *|Disallow: /a*b", "/ab", false },
        { "a dollar sign is the end", "User-agent: *|Disallow: /*.pdf$", "/a.pdf", false },
        { "and nothing after it", "User-agent: *|Disallow: /*.pdf$", "/a.pdf?page=2", true },
        { "the end may repeat what came before", "User-agent: *|Disallow: /*b$", "/abab", false },
        { "an end does not overlap the beginning", "User-agent: *|Disallow: /ab*b$", "/ab", true },
        { "the root alone", "User-agent: *|Disallow: /$", "/a", true },
        { "the query counts", "User-agent: *|Disallow: /*?session=", "/a?session=1", false },
        { "paths tell case", "User-agent: *|Disallow: /News", "/news", true },
        { "encoded and plain octets are the same", "User-agent: *|Disallow: /caf%C3%A9", "/café", false },
        { "plain and encoded octets too", "User-agent: *|Disallow: /café", "/caf%c3%a9", false },
        { "an encoded letter is the letter", "User-agent: *|Disallow: /%61b", "/ab", false },
        { "an encoded slash is no slash", "User-agent: *|Disallow: /a/b", "/a%2Fb", true },
        { "robots.txt itself", "User-agent: *|Disallow: /", "/robots.txt", true },
        { "comments", "User-agent: * # all|Disallow: /x # not this|#Disallow: /", "/x", false },
        { "keys in any case and spacing", " USER-AGENT :*|  disallow  :  /x  ", "/x", false },
        { "a path that does not begin with a slash", "User-agent: *|Disallow: x", "/x", true },
        { "a byte order mark", "\uFEFFUser-agent: *|Disallow: /x", "/x", false },
        { "an HTML page is no file", "<html>|<body>Not found: /|</html>", "/a", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_read_as_the_RFC_says(string what, string file, string path, bool allowed)
    {
        Assert.NotEmpty(what);
        Assert.All(["\n", "\r\n", "\r"], end => Assert.Equal(allowed, Allows(file.Replace("|", end, StringComparison.Ordinal), path)));
    }

    [Fact]
    public void Sitemaps_without_a_host_are_those_of_the_files_own() =>
        Assert.Equal(
            ["https://news.example.com/news.xml", "https://cdn.example.org/news.xml", "https://news.example.com/maps/a.xml"],
            Read("Sitemap: /news.xml\nSitemap: //cdn.example.org/news.xml\nSitemap: maps/a.xml\nSitemap: file:///etc/passwd\n").SitemapsAt(new Uri("https://news.example.com/robots.txt")));

    [Fact]
    public void Sitemaps_are_named_outside_all_groups() =>
        Assert.Equal(
            ["https://news.example.com/news.xml", "https://news.example.com/index.xml"],
            Read("Sitemap: https://news.example.com/news.xml\nUser-agent: *\nDisallow: /\nsitemap:https://news.example.com/index.xml # all\nSitemap:\n").Sitemaps);

    [Fact]
    public void What_stands_beyond_500_KiB_does_not_count_and_half_a_line_neither()
    {
        var first = "User-agent: *\nDisallow: /x\n";
        var file = first + string.Concat(Enumerable.Repeat("# nothing\n", 60_000)) + "Disallow: /y\n";
        var cut = first + new string('#', RobotsTxt.MaxFile - first.Length - 11) + "\nDisallow: /year";

        Assert.Equal((false, true), (Allows(file, "/x"), Allows(file, "/y")));
        Assert.Equal((false, true), (Allows(cut, "/x"), Allows(cut, "/y")));
    }

    [Fact]
    public void Many_asterisks_take_no_time()
    {
        var file = "User-agent: *\n" + string.Concat(Enumerable.Repeat($"Disallow: /{string.Concat(Enumerable.Repeat("*a", 1_000))}b$\n", 200));

        Assert.True(Allows(file, "/" + new string('a', 8_000)));
    }

    [Fact]
    public void Whatever_bytes_come_it_answers() =>
        Gen.Byte.Array[0, 300].Sample(bytes => RobotsTxt.Parse(bytes, "NewsWatch").Allows(new Uri("https://news.example.com/a?b=c")) is var _);

    [Fact]
    public void A_pattern_without_signs_is_a_beginning() =>
        Gen.Select(Gen.String[Gen.Char["ab/."], 0, 6], Gen.String[Gen.Char["ab/."], 0, 12]).Sample((rule, path) =>
            Allows($"User-agent: *\nDisallow: /x{rule}", $"/x{path}") != $"/x{path}".StartsWith($"/x{rule}", StringComparison.Ordinal) || $"/x{path}".Contains("/.", StringComparison.Ordinal));
}
