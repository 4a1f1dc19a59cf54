using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class WatchedPageTests
{
    private static readonly Uri Address = new("https://port.example.com/notices/index.html");

    [Fact]
    public void Each_link_is_found_once_with_its_words_as_title()
    {
        var found = Links("<ul><li><a href='n1.html'>The upper lock\n <b>opens</b> on Monday</a></li><li><a href='/n2'>The lower lock stays shut</a></li><li><a href='n1.html'>The upper lock again</a></li></ul>");
        Assert.Equal([("https://port.example.com/notices/n1.html", "The upper lock opens on Monday"), ("https://port.example.com/n2", "The lower lock stays shut")], found.Parts.Select(p => (p.Url, p.Text)));
    }

    [Fact]
    public void Only_the_selected_links_count_after_what_is_removed()
    {
        const string Page = "<nav><a href='/home'>The home page of the port</a></nav><div id='news'><a href='/n1'>Lock</a><span class='old'><a href='/n0'>Dam</a></span></div>";
        Assert.Equal(["https://port.example.com/n1"], Links(Page, "#news", [".old"]).Parts.Select(p => p.Url));
        Assert.Equal(["https://port.example.com/n1", "https://port.example.com/n0"], Links(Page, "#news a").Parts.Select(p => p.Url));
    }

    [Fact]
    public void Short_links_are_no_headlines_unless_they_are_selected()
    {
        Assert.IsType<WatchedPage.Nothing>(WatchedPage.Links("<a href='/n1'>More</a>", Address, null, []));
        Assert.Single(Links("<a href='/n1'>More</a>", "a").Parts);
    }

    [Theory]
    [InlineData("#part")]
    [InlineData("javascript:void(0)")]
    [InlineData("mailto:port@example.com")]
    [InlineData("http://[")]
    public void Links_that_lead_to_no_page_do_not_count(string href) =>
        Assert.IsType<WatchedPage.Nothing>(WatchedPage.Links($"<a href='{href}'>A link with a text as long as a headline</a>", Address, null, []));

    [Fact]
    public void Links_are_resolved_against_the_pages_base() =>
        Assert.Equal("https://cdn.example.com/x/n1", Links("<base href='https://cdn.example.com/x/'><a href='n1'>The upper lock opens on Monday</a>").Parts[0].Url);

    [Fact]
    public void Paragraphs_of_the_main_part_are_found_in_order_and_once()
    {
        var found = Paragraphs("<header><p>The port of the upper river and all its locks</p></header><main><p>The upper lock opens\n on Monday.</p><p>Short.</p><ul><li>The lower lock stays shut.</li></ul><p>The upper lock opens on Monday.</p></main>");
        Assert.Equal(["The upper lock opens on Monday.", "The lower lock stays shut."], found.Parts.Select(p => p.Text));
        Assert.All(found.Parts, part => Assert.Equal(Address.OriginalString, part.Url));
    }

    [Fact]
    public void What_the_patterns_match_is_no_part_of_a_paragraph()
    {
        var before = Paragraphs("<main><p>Level 12 cm at the upper lock. Updated 3 minutes ago.</p><p>14:05:10</p></main>", ["updated \\d+ minutes ago\\.?", "^[\\d:]+$"], "main p");
        var after = Paragraphs("<main><p>Level 12 cm at the upper lock. Updated 47 minutes ago.</p><p>14:49:33</p></main>", ["updated \\d+ minutes ago\\.?", "^[\\d:]+$"], "main p");
        Assert.Equal(["Level 12 cm at the upper lock."], before.Parts.Select(p => p.Text));
        Assert.Equal(before.Parts, after.Parts);
    }

    [Theory]
    [InlineData("updated \\d+", true)]
    [InlineData("(?=a)b", false)]
    [InlineData("(a)\\1", false)]
    [InlineData("(", false)]
    [InlineData("x*", false)]
    [InlineData("", false)]
    public void A_pattern_can_be_checked_before_it_is_used(string pattern, bool good) => Assert.Equal(good, WatchedPage.IsPattern(pattern));

    [Fact]
    public void A_selector_that_finds_nothing_is_told_by_name() =>
        Assert.Equal("the selector \"#news\" finds nothing on the page", Assert.IsType<WatchedPage.Nothing>(WatchedPage.Links("<a href='/n1'>The upper lock opens</a>", Address, "#news", [])).Reason);

    [Fact]
    public void A_page_that_shows_nothing_without_a_selector_asks_for_one() =>
        Assert.Contains("give a selector", Assert.IsType<WatchedPage.Nothing>(WatchedPage.Paragraphs("<div>x</div>", Address, null, [], [])).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_selector_that_cannot_be_read_is_no_crash() => Assert.IsType<WatchedPage.Nothing>(WatchedPage.Links("<p>x</p>", Address, "p >", ["div["]));

    [Fact]
    public void A_page_that_is_too_complex_says_so() =>
        Assert.Contains("nested", Assert.IsType<WatchedPage.Nothing>(WatchedPage.Links(string.Concat(Enumerable.Repeat("<div>", 2_000)), Address, null, [])).Reason, StringComparison.Ordinal);

    [Fact]
    public void The_pages_title_and_language_come_along()
    {
        var found = Links("<html lang='de'><title> Hafen  am Fluss </title><a href='/n1'>Die obere Schleuse wird geöffnet</a></html>");
        Assert.Equal(("Hafen am Fluss", "de"), (found.Title, found.Language));
    }

    private static WatchedPage.Found Links(string html, string? select = null, IReadOnlyList<string>? remove = null) => Assert.IsType<WatchedPage.Found>(WatchedPage.Links(html, Address, select, remove ?? []));

    private static WatchedPage.Found Paragraphs(string html, IReadOnlyList<string>? ignore = null, string? select = null) => Assert.IsType<WatchedPage.Found>(WatchedPage.Paragraphs(html, Address, select, [], ignore ?? []));
}
