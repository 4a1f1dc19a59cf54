using System.Text;
using CsCheck;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class WorstPagesTests
{
    private static readonly Uri Address = new("https://news.example.com/a");

    // What is allocated tells the work done on any machine, however busy it is.
    private const long MaxAllocated = 1_500_000_000;

    public static TheoryData<string, Func<string>> Pages => new()
    {
        { "19,000 headings", () => $"<body>{Repeat("<h2>x</h2>", 19_000)}" },
        { "nested author elements", () => $"<body><h1>A headline</h1>{Repeat("<div itemprop=author class=byline>", 900)}{Repeat("<p>A sentence of some length.", 10_000)}" },
        { "many blocks beside a long JSON-LD text", () => $"<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"a\",\"articleBody\":\"{Repeat("a", 900_000)}\"}}</script><body>{Repeat("<p>A sentence of some length, with a comma, stands in this paragraph.", 15_000)}" },
        { "5 MB of paragraphs", () => $"<body>{Repeat("<p>A sentence of some length, with a comma, stands in this paragraph of the page.</p>", 60_000)}" },
        { "100,000 nested elements", () => $"<body>{Repeat("<div>", 100_000)}text" },
        { "20,000 nested elements with stray end tags", () => $"<body>{Repeat("<div></b></x><section>", 20_000)}text" },
        { "unclosed formatting in many blocks", () => $"<body>{Repeat("<p><font size=1><b id=x>a</p>", 20_000)}" },
        { "a million attributes", () => $"<body><div {Repeat("a1 b='2' ", 500_000)}>text</div>" },
        { "different attributes", () => $"<body><div {string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a{i}=1"))}>text</div>" },
        { "1 MB of JSON-LD", () => $$"""<script type="application/ld+json">[{{Repeat("""{"@type":"NewsArticle","headline":"a"},""", 27_000)}}{}]</script><body><p>text</p>""" },
        { "deep JSON-LD", () => $"""<script type="application/ld+json">{Repeat("[", 100_000)}</script><body><p>text</p>""" },
        { "lone surrogates", () => "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"\\ud800\"}</script><body><p>\uD800 text</p>" },
        { "an unclosed comment", () => $"<body><p>text</p><!-- {Repeat("<p>x", 500_000)}" },
        { "a huge table", () => $"<body><table>{Repeat("<tr><td>a<td>b", 40_000)}</table>" },
        { "one text of 5 MB", () => $"<body><p>{Repeat("word ", 1_000_000)}" },
        { "a class of 1 MB", () => $"<body><div class='{Repeat("Ab-", 300_000)}'><p>text" },
        { "many tags in a headline", () => $"""<script type="application/ld+json">{"{"}"@type":"NewsArticle","headline":"{Repeat("<a ", 200_000)}"{"}"}</script><body><p>text""" },
    };

    [Theory]
    [MemberData(nameof(Pages), DisableDiscoveryEnumeration = true)]
    public void A_hostile_page_ends_with_an_answer_and_bounded_work(string name, Func<string> build)
    {
        var html = build();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = PageReader.Read(html, Address);
        Assert.True(result is PageResult.Read or PageResult.NoArticle { Reason.Length: > 0 }, name);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxAllocated, name);
    }

    [Theory]
    [InlineData("<div>", 100_000, "nested")]
    [InlineData("<i>", 3_000, "nested")]
    [InlineData("<p>x</p>", 200_000, "elements")]
    [InlineData("</p>", 50_000, "end tags")]
    [InlineData("<section><p>x</p><p>x</p><p>x</p><p>x</p><p>x</p>", 900, "nested")]
    [InlineData("<base href=x>", 60, "base elements")]
    [InlineData("<i><p>x</p><p>x</p></i><b><p>x</p>", 900, "unclosed formatting")]
    public void A_page_that_is_too_complex_says_why_it_was_not_read(string tag, int times, string reason) =>
        Assert.Contains(reason, Assert.IsType<PageResult.NoArticle>(PageReader.Read(Repeat(tag, times), Address)).Reason, StringComparison.Ordinal);

    [Fact]
    public void An_ordinary_page_with_end_tags_left_out_is_not_too_deep() =>
        Assert.IsType<PageResult.Read>(PageReader.Read(Repeat("<div><span><p>A sentence of some length, with a comma, stands in this paragraph of the page.<ul><li>one<li>two</ul></div>", 1_500), Address));

    [Fact]
    public void What_looks_like_elements_in_a_script_does_not_count() =>
        Assert.IsType<PageResult.Read>(PageReader.Read($"<script>{Repeat("'<p>x</p>'+", 160_000)}''</script><p>A sentence of some length, with a comma, stands in this paragraph of the page.</p>", Address));

    [Fact]
    public void A_text_without_end_is_read_up_to_a_million_characters()
    {
        var sentences = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<p>Sentence number {i}, with a comma, stands in this one paragraph of the page.</p>"));
        Assert.InRange(Assert.IsType<PageResult.Read>(PageReader.Read(sentences, Address)).Article.Text.Length, 950_000, 1_050_000);
        Assert.Equal(1_000_000, Assert.IsType<PageResult.Read>(PageReader.Read($"<p>{Repeat("word ", 300_000)}", Address)).Article.Text.Length);
    }

    [Fact]
    public void A_page_of_broken_bytes_is_read_all_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes("<p>A sentence of some length, with a comma, stands in this – broken – paragraph of the page.</p>");
        bytes[40] = 0xC3;
        bytes[70] = 0xFF;
        var article = Assert.IsType<PageResult.Read>(PageReader.Read(PageDecoder.Decode(bytes, "text/html; charset=utf-8"), Address)).Article;
        Assert.StartsWith("A sentence of some length", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_page_throws()
    {
        string[] parts =
        [
            "<div class='article-body'>", "</div>", "<p>", "<!--", "-->", "<script type='application/ld+json'>", "</script>", "{\"@type\":\"NewsArticle\",", "\"author\":[{", "\"headline\":\"", "]}", "<li><a href='x'>",
            "<h1>", "<h2>", "<time datetime='2025-13-45T99:99'>", "A sentence of some length, with a comma, stands in this paragraph of the page. ", "<meta property='og:title' content='", "'>", "&#xD800;", "\0", "\uD800",
            "<svg>", "<math>", "<template>", "<table><tr>", "</p>", "<link rel=canonical href='http://[", "<body>", "</html>", "By Ann Example", "12. Mai 2025", "<select>", "<a itemprop='author articleBody'>",
        ];
        var part = Gen.OneOf(Gen.Int[0, parts.Length - 1].Select(i => parts[i]), Gen.String[0, 6]);
        part.Array[0, 60].Sample(
            pieces =>
            {
                var page = string.Concat(pieces);
                return PageReader.Read(page, Address) is not null && PageFeeds.Of(page, Address) is not null
                    && WatchedPage.Links(page, Address, null, []) is not null && WatchedPage.Paragraphs(page, Address, null, [], []) is not null;
            },
            iter: 500);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
