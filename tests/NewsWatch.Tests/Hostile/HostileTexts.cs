using System.Text;

namespace NewsWatch.Tests.Hostile;

/// <summary>Usual texts of any length, and dear ones: few characters, repeated until the length is reached, in the frame that a reader expects.</summary>
internal static class HostileTexts
{
    private static readonly string[] Words =
        "the harbour envoys truce talks of a deadline in northern ministers said that markets sanctions river could not agree on grain before Monday and council voted".Split(' ');

    /// <summary>What is repeated in texts of any kind.</summary>
    private static readonly (string Name, string Unit)[] Units =
    [
        ("one letter", "a"), ("one-letter words", "a "), ("one-word sentences", "Truce. "), ("hits", "truce deadline "), ("hits far apart", "truce x x x x deadline y y y y "), ("negated hits", "no truce "),
        ("one clause", "truce "), ("hits that almost meet", "truce " + Repeat("x ", 180)), ("sentence stops", "."), ("brackets", "("), ("quotes", "\""), ("apostrophes", "'"), ("elisions", "l'a"), ("acronyms", "U.S. "), ("dots between letters", "a."), ("dashes", "-"), ("compounds", "truce-"), ("capitals", "A"),
        ("commas between digits", "1,"), ("digits", "1"), ("underscores", "_a"), ("blanks", " "), ("line breaks", "\n"), ("separators of titles", "a - "), ("bars", " | "), ("at signs", "@a"), ("slashes", "/"), ("soft hyphens", "\u00AD"), ("letters with soft hyphens", "a\u00AD"), ("zero-width spaces", "\u200B"), ("joiners", "\u200D"),
        ("one mark", "\u0301"), ("marks of two classes", "\u0301\u0323"), ("a letter and many marks", "a" + Repeat("\u0301\u0323\u0331", 3_000)), ("letters with a mark", "a\u0301"), ("vowel signs", "\u0915\u093F"), ("Jamo", "\u1100\u1161\u11A8"), ("voiced kana", "\u304B\u3099"), ("kana with many marks", "\u304B" + Repeat("\u3099", 3_000)), ("ideographs", "\u4E2D"), ("Hangul", "\uD55C\uAD6D"),
        ("ligature of 18 letters", "\uFDFA"), ("letters that fold to two", "\u00DF\u00E6"), ("full-width letters", "\uFF21"), ("mathematical letters", "\U0001D400"), ("emoji", "\U0001F600"), ("families", "\U0001F468\u200D\U0001F469\u200D"), ("flags", "\U0001F1E9\U0001F1EA"), ("variation selectors", "a\uFE0F"), ("tags", "\U000E0041"), ("lone surrogates", "\uD800"), ("noncharacters", "\uFFFE"), ("controls", "\u0001"), ("bidi", "\u202E"),
        ("ampersands", "&"), ("entities", "&amp;"), ("references", "&#1"), ("long references", "&" + Repeat("a", 40)), ("open tags", "<p"), ("tags", "<b>"), ("end tags", "</p>"), ("comments", "<!--"), ("sections", "<![CDATA["), ("section ends", "]]>"), ("declarations", "<!D"), ("instructions", "<?"), ("open quotes in tags", "<a b=\""), ("scripts", "<script>"), ("styles", "<style></s"), ("attributes", "a='b' "), ("nested tags", "<a <b "),
        ("escapes", "\\u0041"), ("addresses", "https://a.example.com/?a=b&"), ("percents", "%41"), ("colons", ":"), ("stars", "*"), ("dollars", "$a"), ("mojibake", "\u00C3\u00A9"), ("question marks", "?"), ("ellipses", "\u2026"), ("read on", "read more "), ("the post", "the post "),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> Texts { get; } = [.. Units.Select(unit => Framed(unit.Name, "", unit.Unit, ""))];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> Addresses { get; } =
    [
        .. Units.Select(unit => Framed(unit.Name, "https://news.example.com/a?", unit.Unit, "")),
        Framed("nested redirectors", "", "https://www.google.com/url?q=", "https://news.example.com/"),
        Framed("nested AMP", "https://cdn.ampproject.org/c/s/", "cdn.ampproject.org/c/s/", "news.example.com/"),
        Framed("parameters", "https://news.example.com/a?", "a&", ""),
        Framed("dots of a host", "https://", "a.", "example.com/"),
        Framed("dots of a path", "https://news.example.com/", "../", ""),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> Pages { get; } =
    [
        .. Units.Select(unit => Framed("paragraph of " + unit.Name, "<html><body><article><p>A sentence of some length, with a comma, stands here.</p><p>", unit.Unit, "")),
        .. Units.Select(unit => Framed("headline of " + unit.Name, "<html><head><title>", unit.Unit, "</title></head><body><h1>A headline</h1><p>A sentence of some length, with a comma, stands here.</p>")),
        .. Units.Where(unit => !unit.Unit.Contains('"') && !unit.Unit.Contains('\\')).Select(unit => Framed("JSON-LD text of " + unit.Name, "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"A headline\",\"articleBody\":\"", unit.Unit == "\n" || unit.Unit == "\u0001" ? "\\n" : unit.Unit, "\"}</script><body><p>A sentence of some length, with a comma, stands here.</p>")),
        .. Units.Where(unit => !unit.Unit.Contains('"') && !unit.Unit.Contains('\\')).Select(unit => Framed("byline of " + unit.Name, "<body><p class=byline>By ", unit.Unit, "</p><p>A sentence of some length, with a comma, stands here.</p>")),
        Framed("script of dates", "<script>", "\"published\":\"2025-01-0", "</script><p>A sentence of some length, with a comma, stands here.</p>"),
        .. Elements.Select(unit => Framed("elements " + unit[..Math.Min(unit.Length, 40)], "<body><h1>A headline</h1><article>", unit, "", most: 19_000)),
        .. Elements.Select(unit => new ValueTuple<string, Func<int, string>>("nested " + unit[..Math.Min(unit.Length, 40)], length =>
            Fill("<body><h1>A headline</h1>" + Repeat("<div class=a>", Depth(length)), unit, "", length, 18_000))),
        .. Elements.Select(unit => new ValueTuple<string, Func<int, string>>("in nested long classes " + unit[..Math.Min(unit.Length, 40)], length =>
            Fill("<body><h1>A headline</h1>" + string.Concat(Enumerable.Range(0, Depth(length / 2)).Select(i => $"<div class='related{i} {Repeat("long-class ", 80)}'>")), unit, "", length, 18_000))),
        Framed("end tags that close nothing", "<body>" + Repeat("<div>", 990), "</x>", ""),
        Framed("unclosed formatting", "<body><p>A sentence of some length, with a comma, stands here.</p>" + Repeat("<b><i>", 20), "<p>x", ""),
        ("attributes of body", length => Fill("<body>", "", string.Concat(Enumerable.Range(0, Math.Min(length / 14, 19_000)).Select(i => $"<body a{i} b{i}>")), 0)),
        ("different attributes", length => $"<body><div {string.Join(' ', Enumerable.Range(0, Math.Min(length / 8, 99_000)).Select(i => $"a{i}=1"))}>text</div>"),
        ("blocks beside a long JSON-LD text", length => $"<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"A headline\",\"articleBody\":\"{Repeat("a", length / 2)}\"}}</script><body>{string.Concat(Enumerable.Range(0, Math.Min(length / 160, 19_000)).Select(i => $"<p>{Repeat("a", 60)} {i} a comma, stands here b"))}"),
        ("selectors of a paywall", length => $"<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"A headline\",\"isAccessibleForFree\":false,\"hasPart\":[{string.Join(',', Enumerable.Range(1, 10).Select(i => $"{{\"isAccessibleForFree\":false,\"cssSelector\":\"{Repeat("div ", i + 10)} x\"}}"))}]}}</script><body>{Repeat("<div>", 900)}{Repeat("<p>A sentence of some length, with a comma, stands here.", Math.Min(length / 60, 17_000))}"),
        ("selectors that hold much", length => $"<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"A headline\",\"isAccessibleForFree\":false,\"hasPart\":[{string.Join(',', Enumerable.Range(1, 10).Select(i => $"{{\"isAccessibleForFree\":false,\"cssSelector\":\"div\"}}"))}]}}</script><body>{Repeat("<div>", 900)}{Repeat(" ", length)}"),
        ("nodes of JSON-LD", length => Fill("<script type=application/ld+json>[", "{\"@type\":\"NewsArticle\",\"headline\":\"a\"},", "{}]</script><body><p>text", length)),
        ("properties of JSON-LD", length => Fill("<script type=application/ld+json>{\"@type\":\"NewsArticle\",", "\"a\":1,", "\"b\":2}</script><body><p>text", length)),
        ("authors of JSON-LD", length => Fill("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[", "{\"name\":\"Ann Writer\"},", "{}]}</script><body><p>text", length)),
        ("updates of JSON-LD", length => Fill("<script type=application/ld+json>{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[", "{\"@type\":\"BlogPosting\",\"headline\":\"a\",\"articleBody\":\"text\"},", "{}]}</script><body><p>text", length)),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> Feeds { get; } =
    [
        .. Units.Select(unit => Framed("raw " + unit.Name, "<rss version='2.0'><channel><item><title>One</title><description>", unit.Unit, "</description></item></channel></rss>")),
        .. Units.Select(unit => Framed("text of " + unit.Name, "<rss version='2.0'><channel><item><title>One</title><description>", unit.Unit.Replace("&", "&amp;").Replace("<", "&lt;"), "</description></item></channel></rss>")),
        .. Units.Select(unit => Framed("title of " + unit.Name, "<rss version='2.0'><channel><item><title>", unit.Unit.Replace("&", "&amp;").Replace("<", "&lt;"), "</title></item></channel></rss>")),
        .. Units.Select(unit => Framed("address of " + unit.Name, "<rss version='2.0'><channel><item><title>One</title><link>https://news.example.com/", unit.Unit.Replace("&", "&amp;").Replace("<", "&lt;"), "</link></item></channel></rss>")),
        Framed("items", "<rss version='2.0'><channel>", "<item/>", "</channel></rss>"),
        Framed("items with titles", "<rss version='2.0'><channel>", "<item><title>a</title></item>", "</channel></rss>"),
        Framed("broken items", "<rss version='2.0'><channel>", "<item><titel>a</title></item>", "</channel></rss>"),
        Framed("nested items", "<rss version='2.0'><channel>" + Repeat("<item>", 250), "<title>a</title>", ""),
        Framed("parts of one item", "<rss version='2.0'><channel><item>", "<category>a</category>", "</item></channel></rss>"),
        Framed("authors of one item", "<rss version='2.0'><channel><item>", "<author>a</author>", "</item></channel></rss>"),
        Framed("dates of one item", "<rss version='2.0'><channel><item>", "<pubDate>Wed, 06 Aug 2025 12:00:00 XYZ</pubDate>", "</item></channel></rss>"),
        Framed("descriptions of one item", "<rss version='2.0'><channel><item>", "<description>a</description>", "</item></channel></rss>"),
        Framed("ids of one item", "<rss version='2.0'><channel><item>", "<guid> </guid>", "</item></channel></rss>"),
        Framed("links of one item", "<rss version='2.0'><channel><item>", "<link>x:</link>", "</item></channel></rss>"),
        Framed("entries of Atom", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><id>a</id><link href='b'/></entry>", "</feed>"),
        Framed("XHTML of Atom", "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>", "<p>a</p>", "</div></content></entry></feed>"),
        Framed("nested XHTML of Atom", "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>" + Repeat("<div>", 240), "a<b/>", Repeat("</div>", 240) + "</div></content></entry></feed>"),
        Framed("namespaces", "<rss version='2.0'><channel><item>", "<a:b xmlns:a='http://a.example.com/'/>", "</item></channel></rss>"),
        Framed("prefixes that are not declared", "<rss version='2.0'><channel><item>", "<a:b/>", "</item></channel></rss>"),
        Framed("bases", "<rss version='2.0' xml:base='https://news.example.com/'><channel>", "<item xml:base='a/'><link>b</link></item>", "</channel></rss>"),
        Framed("attributes", "<rss version='2.0'><channel>", "<item a='1' b='2' c='3' d='4'/>", "</channel></rss>"),
        Framed("entities of a document type", "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaa'>]><rss version='2.0'><channel><item><title>", "&a;", "</title></item></channel></rss>"),
        Framed("a document type", "<!DOCTYPE rss [", "<!ENTITY a 'b'>", "]><rss version='2.0'><channel><item><title>&b;</title></item></channel></rss>"),
        Framed("blank lines before", "", "\n", "<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"),
        Framed("comments before", "", "<!-- -->", "<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"),
        Framed("cut off", "<rss version='2.0'><channel>", "<item><title>a</title>", ""),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> JsonFeeds { get; } =
    [
        .. Units.Where(unit => !unit.Unit.Contains('"') && unit.Unit is not ("\n" or "\u0001")).Select(unit => Framed("text of " + unit.Name, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_html\":\"", unit.Unit, "\"}]}")),
        .. Units.Where(unit => !unit.Unit.Contains('"') && unit.Unit is not ("\n" or "\u0001")).Select(unit => Framed("plain text of " + unit.Name, "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_text\":\"", unit.Unit, "\"}]}")),
        Framed("items", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", "{},", "{}]}"),
        Framed("items with ids", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", "{\"id\":\"1\",\"title\":\"a\"},", "{}]}"),
        Framed("tags", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"tags\":[", "\"a\",", "\"b\"]}]}"),
        Framed("authors", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"authors\":[", "{\"name\":\"a\"},", "{}]}]}"),
        Framed("hubs", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"hubs\":[", "{\"url\":\"a\"},", "{}],\"items\":[]}"),
        Framed("names", "{\"version\":\"https://jsonfeed.org/version/1.1\",", "\"a\":1,", "\"items\":[]}"),
        Framed("arrays", "", "[", ""),
        Framed("broken escapes", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"", "\\ud800", "\"}]}"),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> Sitemaps { get; } =
    [
        Framed("empty entries", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "<url/>", "</urlset>"),
        Framed("addresses", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "<url><loc>a</loc></url>", "</urlset>"),
        Framed("addresses of one entry", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>", "<loc> </loc>", "</url></urlset>"),
        Framed("an index", "<sitemapindex>", "<sitemap><loc>a</loc><lastmod>2025-08-06T12:00:00 XYZ</lastmod></sitemap>", "</sitemapindex>"),
        .. Units.Select(unit => Framed("title of " + unit.Name, "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>a</loc><news:news><news:title>", unit.Unit.Replace("&", "&amp;").Replace("<", "&lt;"), "</news:title></news:news></url></urlset>")),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> Opmls { get; } =
    [
        Framed("outlines", "<opml><body>", "<outline/>", "</body></opml>"),
        Framed("feeds", "<opml><body>", "<outline xmlUrl='http://a.example.com/'/>", "</body></opml>"),
        .. Units.Where(unit => !unit.Unit.Contains('\'')).Select(unit => Framed("titles of " + unit.Name, "<opml><body><outline xmlUrl='http://a.example.com/' text='", unit.Unit.Replace("&", "&amp;").Replace("<", "&lt;"), "'/></body></opml>")),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> RobotsFiles { get; } =
    [
        .. Units.Select(unit => Framed("raw " + unit.Name, "User-agent: *\nDisallow: /", unit.Unit, "\n")),
        Framed("rules", "User-agent: *\n", "Disallow: /b\n", ""),
        Framed("rules of stars", "User-agent: *\n", "Disallow: /*a*b*c*d*e*f\n", ""),
        Framed("one rule of stars", "User-agent: *\nDisallow: /", "*a", "\n"),
        Framed("agents", "", "User-agent: a\n", "Disallow: /\n"),
        Framed("groups", "", "User-agent: newswatch\nAllow: /a\n", ""),
    ];

    public static IReadOnlyList<(string Name, Func<int, string> Build)> ManyTitles { get; } =
    [
        ("one link", length => Lines(length, i => $"https://a.example.com/a {Shuffled(i)}")),
        ("one link and one title", length => Lines(length, _ => "https://a.example.com/a one title of several words")),
        ("one title", length => Lines(length, i => $"https://a.example.com/{i} one title of several words")),
        ("a few links", length => Lines(length, i => $"https://a.example.com/{i / 40} {Shuffled(i)}")),
        ("no words", length => Lines(length, i => $"https://a.example.com/a {i}")),
    ];

    private static string[] Elements =>
    [
        "<p>", "<p>x", "<h2>x</h2>", "<h2>A heading of some words</h2>", "<h1>x</h1>", "<h1><div>x", "<time>12 May 2025</time>", "<time datetime=x>", "<p class=byline>By Ann Writer", "<a rel=author>x</a>", "<a href=/author/x>x</a>",
        "<div class=date>x", "<a href=/a>A headline of some length</a>", "<ul><li><a href=/a>A headline of some length</a></ul>", "<li><a href=/a>A headline of some length</a>", "<div><h3><a href=/a>A headline of some length</a></h3></div>",
        "<p>A sentence of some length, with a comma, stands in this paragraph of the page.", "<p>Read more: a sentence of some length, with a comma.", "<p>Photo: a sentence of some length, with a comma (Getty Images", "<td>x", "<tr><td>x", "<table>x", "<br>", "<b>x</b>", "<i><p>x</i>", "<span itemprop=author>x</span>", "<div itemprop=author><p>x", "<p itemprop=headline>",
        "<svg>", "<math>", "<template>", "<select><option>x", "<form>", "<button>x", "<dd>x", "<meta name=author content=x>", "<link rel=alternate href=x>", "<base href=x>", "<title>x</title>", "<blockquote class=tweet>x", "<section class=article-body><p>A sentence of some length, with a comma, stands here.", "<p>12 May 2025", "<p>10:05", "<p>Related articles", "<p>12 comments", "<iframe>", "<noscript>", "<div style='display: none'>x", "<object>", "<marquee>", "<a>", "<nobr>x",
    ];

    public static string Prose(int length)
    {
        var text = new StringBuilder(length + 100);
        for (var i = 0; text.Length < length; i++)
        {
            text.Append(Words[((i * 7) + (i / 23)) % Words.Length]).Append(i % 14 == 13 ? ". The " : " ").Append(i % 90 == 89 ? "\n\n" : "");
        }

        return text.ToString(0, length);
    }

    public static string Address(int length) => $"https://news.example.com/{Prose(length).Replace(' ', '-').Replace('\n', '-')}?utm_source=a";

    public static string Page(int length) => $"<html lang=en><head><title>A headline</title><meta property=og:title content='A headline'></head><body><nav><ul><li><a href=/>Home</a></ul></nav><article class=story-body><h1>A headline</h1>{Paragraphs(length)}</article></body></html>";

    public static string Rss(int length) => $"<rss version='2.0'><channel><title>News</title>{Items(length, (i, text) => $"<item><guid>{i}</guid><title>A headline {i}</title><link>https://news.example.com/{i}</link><pubDate>Wed, 06 Aug 2025 12:00:00 GMT</pubDate><description>{text}</description></item>")}</channel></rss>";

    public static string JsonFeed(int length) => $"{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{Items(length, (i, text) => $"{{\"id\":\"{i}\",\"title\":\"A headline {i}\",\"content_text\":\"{text}\"}},")}{{}}]}}";

    public static string Sitemap(int length) => $"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{Items(length / 4, (i, text) => $"<url><loc>https://news.example.com/{i}</loc><news:news><news:publication_date>2025-08-06T12:00:00Z</news:publication_date><news:title>{text}</news:title></news:news></url>", 100)}</urlset>";

    public static string Opml(int length) => $"<opml><body>{Items(length, (i, text) => $"<outline xmlUrl='https://news.example.com/{i}' text='{text}'/>", 100)}</body></opml>";

    public static string Robots(int length) => $"User-agent: *\n{Items(length, (i, _) => $"Disallow: /a/{i}/\n", 30)}";

    public static string Titles(int length) => Lines(length, i => $"https://news.example.com/{i / 2} headline {i / 2} {Prose(60)}");

    private static string Paragraphs(int length)
    {
        var text = Prose(length);
        return string.Concat(text.Chunk(400).Select(chunk => $"<p>{new string(chunk)}</p>"));
    }

    private static string Items(int length, Func<int, string, string> item, int each = 400) =>
        string.Concat(Enumerable.Range(0, Math.Max(1, length / each)).Select(i => item(i, Prose(each).Replace('\n', ' '))));

    private static string Lines(int length, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 4_000 && text.Length < length; i++)
        {
            text.Append(line(i)).Append('\n');
        }

        return text.ToString();
    }

    // Titles of 140 one-letter words, of which each pair shares nearly half.
    private static string Shuffled(int number) =>
        string.Join(' ', Enumerable.Range(0, 140).Select(i => i % 2 == 0 ? ((char)(0x4E00 + i)).ToString() : ((char)(0x5000 + (((number * 131) + (i * 17)) % 4_000))).ToString()));

    private static (string Name, Func<int, string> Build) Framed(string name, string before, string unit, string after, int most = int.MaxValue) =>
        (name, length => Fill(before, unit, after, length, most));

    // As deep as a page may nest, where there is room for it.
    private static int Depth(int length) => Math.Min(900, length / 1_000);

    private static string Fill(string before, string unit, string after, int length, int most = int.MaxValue) =>
        before + Repeat(unit, unit.Length == 0 ? 0 : Math.Min(most, Math.Max(0, (length - before.Length - after.Length) / unit.Length))) + after;

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
