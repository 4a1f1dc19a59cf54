using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class PageReaderTests
{
    private const string First = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";
    private const string Second = "Barges had been waiting below the dam since the flood in spring, and grain from the northern plains had gone by rail at twice the price.";
    private const string Third = "“We will inspect every gate before the first ship passes,” the harbour master said, adding that the schedule leaves no room for delay.";

    private static readonly Uri Address = new("https://news.example.com/world/locks-reopen");

    [Fact]
    public void The_text_is_what_stands_in_the_article_and_nothing_around_it()
    {
        var article = Read(Page($"""
            <nav><ul><li><a href="/">Home page of the news</a></li><li><a href="/w">World news and reports</a></li></ul></nav>
            <h1>Locks reopen</h1>
            <div class="story">
              <p class="byline">By Ann Example</p><p>12 May 2025, 10:15</p>
              <p>{First}</p><figure><img src="a.jpg"><figcaption>A barge waits below the dam in the early morning light of the valley.</figcaption></figure>
              <p>{Second}</p>
              <p><a href="/x">Read more: How the flood of spring closed the locks</a></p>
              <p>{Third}</p>
              <p>Sign up for our daily newsletter and get the news first.</p>
              <h3>Related articles</h3>
              <ul><li><a href="/1">Another story of the river and its ports</a></li><li><a href="/2">A third story on freight and its price</a></li></ul>
            </div>
            <aside><p>{new string('x', 80)}, an aside of the page that has nothing to do with the locks at all.</p></aside>
            <footer><p>Copyright of the publisher, all rights reserved, and the terms of use apply here.</p></footer>
            """));
        Assert.Equal(string.Join("\n\n", First, Second, Third), article.Text);
    }

    [Fact]
    public void Bodies_that_are_split_by_advertisements_are_joined()
    {
        var article = Read(Page($"""
            <main><div class="article-body"><p>{First}</p></div><div class="ad-slot">Advertisement</div><div class="article-body"><p>{Second}</p><p>{Third}</p></div></main>
            """));
        Assert.Equal(string.Join("\n\n", First, Second, Third), article.Text);
    }

    [Fact]
    public void Teasers_below_the_text_are_told_by_their_shape()
    {
        var article = Read(Page($"""
            <div class="x1"><p>{First}</p><p>{Second}</p><p>{Third}</p>
              <div class="x2"><h3><a href="/1">Harvest moves by rail</a></h3><p>{new string('a', 20)} grain from the plains went by rail this year, and it cost twice as much as before.</p></div>
              <div class="x2"><h3><a href="/2">Dam gets a new gate</a></h3><p>{new string('b', 20)} engineers lifted the first of the new gates into place on Sunday, a year late.</p></div>
            </div>
            """));
        Assert.Equal(string.Join("\n\n", First, Second, Third), article.Text);
    }

    [Theory]
    [InlineData("28 responses to “Locks reopen”")]
    [InlineData("12 Comments")]
    [InlineData("Leave a reply")]
    [InlineData("Kommentare (12)")]
    public void What_readers_write_is_no_article_however_much_it_is(string heading)
    {
        var comments = string.Concat(Enumerable.Range(1, 30).Select(i => $"<div><p>Reader number {i} says that the locks, the dam and the barges are all the same, and that nobody asked the readers.</p></div>"));
        Assert.Equal(string.Join("\n\n", First, Second, Third), Read(Page($"<h1>Locks reopen</h1><div><p>{First}</p><p>{Second}</p><p>{Third}</p></div><h3>{heading}</h3><div>{comments}</div>")).Text);
    }

    [Fact]
    public void The_summary_above_the_text_belongs_to_it()
    {
        const string Summary = "Freight returns to the upper river after three months of waiting.";
        var article = Read(Page($"""<h1>Locks reopen</h1><p class="standfirst">{Summary}</p><div class="article-body"><p>{First}</p><p>{Second}</p></div>"""));
        Assert.Equal(string.Join("\n\n", Summary, First, Second), article.Text);
    }

    [Fact]
    public void What_the_page_data_does_not_confirm_is_no_part_of_the_text()
    {
        var body = $"{First} {Second} {Third} {First.Replace("eleven", "twelve", StringComparison.Ordinal)}";
        var article = Read(Page(
            $"""<div><p>{First}</p><p>{Second}</p><div class="x9"><p>Our editors answer your questions on this subject every Friday at noon in the chat.</p></div><p>{Third}</p><p>{First.Replace("eleven", "twelve", StringComparison.Ordinal)}</p></div>""",
            $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks reopen","articleBody":"{{body}}"}</script>"""));
        Assert.DoesNotContain("editors answer", article.Text, StringComparison.Ordinal);
        Assert.Contains("twelve", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operators_selectors_override_every_guess()
    {
        var options = new PageOptions("#mine", [".not-this"]);
        var read = Assert.IsType<PageResult.Read>(PageReader.Read(
            Page($"""<div class="article-body"><p>{First}</p></div><div id="mine">Short text.<p class="not-this">Cut me.</p></div>"""), Address, options));
        Assert.Equal("Short text.", read.Article.Text);
        Assert.Equal("selector", read.Signals["text"]);
    }

    [Theory]
    [InlineData("p >", false)]
    [InlineData("", false)]
    [InlineData("div.article > p:not(.ad)", true)]
    public void A_selector_can_be_checked_before_it_is_used(string selector, bool good)
    {
        Assert.Equal(good, PageOptions.IsSelector(selector));
        Assert.IsType<PageResult.Read>(PageReader.Read(Page($"<div><p>{First}</p></div>"), Address, new PageOptions(null, [selector])));
    }

    [Fact]
    public void Paragraphs_that_many_articles_of_a_host_share_are_boilerplate()
    {
        const string Notice = "This newsroom is supported by the readers of the whole valley and by nobody else at all.";
        var seen = RepeatedParagraphs.None;
        foreach (var number in Enumerable.Range(1, RepeatedParagraphs.Enough))
        {
            seen = seen.With($"https://news.example.com/{number}", [$"The story number {number} of the day is this one.", Notice]);
        }

        var page = Page($"<div><p>{Notice}</p><p>{First}</p><p>{Second}</p></div>");
        Assert.Contains(Notice, Read(page).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Notice, Read(page, new PageOptions(null, []) { Seen = RepeatedParagraphs.Parse(seen.ToString()) }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_one_article_again_and_again_makes_nothing_boilerplate()
    {
        var seen = Enumerable.Repeat("https://news.example.com/1", 9).Aggregate(RepeatedParagraphs.None, (memory, url) => memory.With(url, [First]));
        Assert.False(seen.IsBoilerplate(First));
        Assert.Equal(1, seen.Count);
    }

    [Fact]
    public void A_page_without_text_says_so() =>
        Assert.Equal("no text", Assert.IsType<PageResult.NoArticle>(PageReader.Read(Page("<nav><a href='/'>Home</a></nav>"), Address)).Reason);

    [Fact]
    public void A_page_whose_text_comes_by_script_gives_its_summary_as_partial()
    {
        var article = Read("""<html><head><meta property="og:title" content="Locks reopen"><meta name="description" content="Freight returns."><meta property="article:published_time" content="2025-05-12T10:00:00Z"></head><body><div id="app"></div></body></html>""");
        Assert.Equal(("Freight returns.", Completeness.Partial), (article.Text, article.Completeness));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("\"False\"")]
    [InlineData("\"http://schema.org/False\"")]
    [InlineData("\"no\"")]
    public void A_paywalled_article_says_so_however_the_page_spells_it(string spelling)
    {
        var article = Read(Page($"<div><p>{First}</p></div>", $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks","hasPart":{"cssSelector":".closed"},"isAccessibleForFree":{{spelling}} }</script>"""));
        Assert.Equal(Completeness.Paywalled, article.Completeness);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("\"True\"")]
    [InlineData("\"https://schema.org/True\"")]
    [InlineData("null")]
    public void A_free_article_is_whole_however_the_page_spells_it(string spelling) =>
        Assert.Equal(Completeness.Full, Read(Page($"<div><p>{First}</p></div>", $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks","isAccessibleForFree":{{spelling}} }</script>""")).Completeness);

    [Fact]
    public void A_part_that_is_not_free_makes_the_article_paywalled() =>
        Assert.Equal(Completeness.Paywalled, Read(Page($"<div><p>{First}</p></div>", """<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks","hasPart":[{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".rest"}]}</script>""")).Completeness);

    [Fact]
    public void A_paywalled_page_without_text_still_has_headline_and_summary()
    {
        var article = Read("""<html><head><title>Locks reopen</title><meta name="description" content="Freight returns to the upper river."><script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks reopen","isAccessibleForFree":"False"}</script></head><body></body></html>""");
        Assert.Equal(("Locks reopen", "Freight returns to the upper river.", Completeness.Paywalled), (article.Title, article.Text, article.Completeness));
    }

    [Fact]
    public void A_paywall_over_a_text_that_is_there_all_the_same_is_none()
    {
        var long1 = string.Concat(Enumerable.Range(10, 16).Select(i => $"<p>{First.Replace("eleven", $"{i}", StringComparison.Ordinal)}</p>"));
        var article = Read(Page($"<div class='closed'>{long1}</div>", """<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks","isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":"False","cssSelector":".closed"}}</script>"""));
        Assert.Equal(Completeness.Full, article.Completeness);
    }

    private static string Page(string body, string head = "") => $"<!DOCTYPE html><html lang='en'><head><title>Locks reopen</title>{head}</head><body>{body}</body></html>";

    private static Article Read(string html, PageOptions? options = null) => Assert.IsType<PageResult.Read>(PageReader.Read(html, Address, options)).Article;
}
