using System.Text;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Hostile;

/// <summary>Documents that are small and cost much, or ask for other documents.</summary>
public sealed class DocumentRows
{
    private static readonly Uri Here = new("https://news.example.com/feed");

    [Fact]
    public void Row_37_entities_that_grow_by_tens()
    {
        var entities = string.Concat(Enumerable.Range(1, 9).Select(n => $"<!ENTITY a{n} '{string.Concat(Enumerable.Repeat($"&a{n - 1};", 10))}'>"));

        Refused("entities", 10, Xml($"<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]>", "&a9;"));
    }

    [Fact]
    public void Row_38_one_long_entity_ten_thousand_times() =>
        Refused("entities", 10, Xml($"<!DOCTYPE rss [<!ENTITY a '{new string('a', 100_000)}'>]>", string.Concat(Enumerable.Repeat("&a;", 10_000))));

    [Fact]
    public async Task Row_39_entities_from_elsewhere()
    {
        await using var world = await HostileWorld.OpenAsync();
        var inside = $"http://127.0.0.1:{world.Site.Port}/x.dtd";
        foreach (var doctype in new[]
        {
            "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
            $"<!DOCTYPE rss [<!ENTITY x SYSTEM '{inside}'>]>",
            $"<!DOCTYPE rss SYSTEM '{inside}' [<!ENTITY x ''>]>",
            $"<!DOCTYPE rss [<!ENTITY % p SYSTEM '{inside}'> %p; <!ENTITY x ''>]>",
        })
        {
            world.Site.Answer("/feed", Reply.Text(Xml(doctype, "A&x;B")));

            var row = await world.PollAsync("http://news.example.com:PORT/feed");

            Assert.Equal(1, world.Items(row.Id));
        }

        Assert.All(world.Headlines("hostile"), item => Assert.Equal("AB", item.Title));
        Assert.Equal(0, world.Trespasses);
    }

    [Fact]
    public void Row_40_honest_document_types_are_read()
    {
        foreach (var doctype in new[]
        {
            "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>",
            "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>",
            "",
        })
        {
            Assert.Equal("A B’", Assert.Single(Read(Xml(doctype, "A&nbsp;B&rsquo;")).Items).Title.Replace('\u00A0', ' '));
        }
    }

    [Fact]
    public async Task Row_41_inclusions_style_sheets_and_schemas()
    {
        await using var world = await HostileWorld.OpenAsync();
        var inside = $"http://127.0.0.1:{world.Site.Port}/x";
        world.Site.Answer("/feed", Reply.Text(
            $"<?xml version='1.0'?><?xml-stylesheet href='{inside}.xsl'?><rss version='2.0' xmlns:xi='http://www.w3.org/2001/XInclude' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
            + $"xsi:schemaLocation='{inside} {inside}.xsd'><channel><item><guid>1</guid><title>A<xi:include parse='text' href='file:///etc/hostname'/>B</title></item></channel></rss>"));

        await world.PollAsync("http://news.example.com:PORT/feed");

        Assert.Equal("AB", Assert.Single(world.Headlines("hostile")).Title);
        Assert.Equal(0, world.Trespasses);
    }

    [Fact]
    public void Row_42_a_million_nested_elements() => Refused("deep", 64, string.Concat(Enumerable.Repeat("<a>", 1_000_000)));

    [Fact]
    public void Row_43_a_hundred_thousand_attributes_or_namespaces()
    {
        Refused("attributes", 64, $"<rss {string.Concat(Enumerable.Range(0, 100_000).Select(n => $"a{n}='1' "))}><channel/></rss>");
        Refused("attributes", 64, $"<rss {string.Concat(Enumerable.Range(0, 100_000).Select(n => $"xmlns:a{n}='u{n}' "))}><channel/></rss>");
    }

    [Fact]
    public void Row_44_a_page_of_nested_elements()
    {
        NoArticle(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "text");
        NoArticle(string.Concat(Enumerable.Repeat("<div>", 200_000)) + "text");
    }

    /// <summary>A text of 50 MB is refused before this: a body may have 15 MiB (row 29).</summary>
    [Fact]
    public void Row_45_a_page_of_too_much_of_anything()
    {
        NoArticle($"<table>{string.Concat(Enumerable.Repeat("<tr><td>1<td>2", 200_000))}</table>");
        NoArticle($"<p {string.Join(' ', Enumerable.Repeat("a", 1_000_000))}>text");
        NoArticle("<p>".PadRight(9_000_000, 'x'));
        NoArticle("<html><body><!-- ".PadRight(5_000_000, 'x'));
    }

    [Fact]
    public void Row_46_json_too_deep_too_large_or_broken()
    {
        Refused("JSON", 10, new string('[', 100_000));
        Refused("no JSON Feed", 200, $"{{{string.Join(',', Enumerable.Range(0, 300_000).Select(n => $"\"k{n}\":1"))}}}");
        Assert.Empty(Read(Json("\"title\": NaN")).Title);
        Assert.Equal("B", Read(Json("\"title\":\"A\", \"title\":\"B\"")).Title);
        Assert.Equal("\uFFFD", Read(Json("\"title\":\"\\ud800\"")).Title);
        Assert.Equal(15 * 1024 * 1024, FeedParserLimit());
    }

    [Fact]
    public async Task Row_47_a_hundred_thousand_items()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Site.Answer("/feed", new Reply { Write = ManyItemsAsync });
        var row = await world.PollAsync("http://news.example.com:PORT/feed");

        Assert.Equal(2_000, world.Items(row.Id));
        Assert.Contains(world.Log.Lines, line => line.Contains($"Source {row.Id}: 98000 items", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_47_one_item_of_20_MB()
    {
        await using var world = await HostileWorld.OpenAsync();
        world.Site.Answer("/feed", new Reply { Write = OneLongItemAsync });
        Assert.StartsWith("too large", (await world.PollAsync("http://news.example.com:PORT/feed")).LastError, StringComparison.Ordinal);
    }

    private static async Task ManyItemsAsync(Stream body, CancellationToken stop)
    {
        await body.WriteAsync("<rss><channel>"u8.ToArray(), stop);
        for (var n = 0; n < 100_000; n += 100)
        {
            await body.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(n, 100).Select(m => $"<item><guid>{m}</guid><title>{m}</title></item>"))), stop);
        }

        await body.WriteAsync("</channel></rss>"u8.ToArray(), stop);
    }

    private static async Task OneLongItemAsync(Stream body, CancellationToken stop)
    {
        await body.WriteAsync("<rss><channel><item><title>"u8.ToArray(), stop);
        for (var (block, written) = (Encoding.ASCII.GetBytes(new string('x', 64 * 1024)), 0); written < 20_000_000; written += block.Length)
        {
            await body.WriteAsync(block, stop);
        }
    }

    private static string Xml(string doctype, string title) =>
        $"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel><item><guid>1</guid><title>{title}</title></item></channel></rss>";

    private static string Json(string member) => $"{{\"version\":\"https://jsonfeed.org/version/1.1\",{member},\"items\":[]}}";

    private static FeedResult Parse(string text) => FeedParser.Parse(Encoding.UTF8.GetBytes(text), null, Here);

    private static Feed Read(string text) => Assert.IsType<FeedResult.Parsed>(Parse(text)).Feed;

    private static int FeedParserLimit() => new NewsWatch.Fetching.FetchLimits().Body;

    /// <summary>It is no feed, for that reason, and finding out took at most so many MiB.</summary>
    private static void Refused(string reason, int mebibytes, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Assert.IsType<FeedResult.NotAFeed>(FeedParser.Parse(bytes, null, Here));

        Assert.Contains(reason, refused.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mebibytes * 1024L * 1024);
    }

    private static void NoArticle(string html) => Assert.IsType<PageResult.NoArticle>(PageReader.Read(html, Here));
}
