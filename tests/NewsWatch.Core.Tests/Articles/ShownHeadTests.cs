using System.Globalization;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

/// <summary>Headline, day and byline as pages show them to readers, where their data says nothing better.</summary>
public sealed class ShownHeadTests
{
    private const string Headline = "Locks on the upper river reopen to freight";
    private const string Text = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";

    [Theory]
    [InlineData("<h1><small>River trade</small><br>{0}</h1>")]
    [InlineData("<h1><span class='dachzeile'>River trade</span> <span>{0}</span></h1>")]
    [InlineData("<h1><span class='article__overline'>River trade</span><span>: </span><span>{0}</span></h1>")]
    [InlineData("<h1><style>.x1 { color: red }</style><span class='x1'>{0}</span></h1>")]
    [InlineData("<h1 class='logo'>River Post for the upper river</h1><h1>{0}</h1>")]
    [InlineData("<h1><a href='https://www.example.com/?lang=en'>River Post for the upper river</a></h1><h1>{0}</h1>")]
    [InlineData("<h1>River news</h1><h1>{0}</h1>")]
    public void The_headline_comes_without_what_stands_before_it(string heading) =>
        Assert.Equal(Headline, Article($"<title>{Headline} - River Post</title>", Layout(heading)).Title);

    [Fact]
    public void A_heading_of_nothing_but_a_small_line_is_the_headline() =>
        Assert.Equal(Headline, Article("", $"<h1><small>{Headline}</small></h1>").Title);

    [Theory]
    [InlineData("<title>{0} › River Post</title>")]
    [InlineData("<p>stray text closes the head</p><title>{0}</title>")]
    public void A_title_is_read_wherever_it_stands(string head) =>
        Assert.Equal(Headline, Article(Layout(head), "").Title);

    [Fact]
    public void A_lower_heading_in_the_pages_title_is_the_headline_where_the_main_one_is_the_site() =>
        Assert.Equal(Headline, Article($"<title>River Post » {Headline}</title>", $"<h1><a href='/'>River Post</a></h1><h2>{Headline}</h2>").Title);

    [Fact]
    public void A_chinese_site_stands_behind_a_hyphen() =>
        Assert.Equal("停火最后期限为周五，货轮等待！", Article("<title>停火最后期限为周五，货轮等待！-渡轮报</title>", "").Title);

    [Fact]
    public void A_headline_comes_without_the_readings_of_its_characters() =>
        Assert.Equal("運河の水門が再開する", Article("", "<h1><ruby>運河<rp>（</rp><rt>うんが</rt><rp>）</rp></ruby>の<ruby>水門<rt>すいもん</rt></ruby>が<ruby>再開<rt>さいかい</rt></ruby>する</h1>").Title);

    [Fact]
    public void The_title_of_a_drawing_is_no_headline() =>
        Assert.Equal("", Article("", "<svg><title>Facebook</title></svg>").Title);

    [Theory]
    [InlineData("<p>29.11.2022 – {1}</p>", "2022-11-29")]
    [InlineData("<p>(21 November 2022) {1}</p>", "2022-11-21")]
    [InlineData("<p>Press release of 25 January 2022 | Northmoor – {1}</p>", "2022-01-25")]
    [InlineData("<p>Northmoor, 28.10.2021 – {1}</p>", "2021-10-28")]
    [InlineData("<p>On 3 May 2025 – two days before the vote – {1}</p>", null)]
    [InlineData("<p>The 29.11.2022 was the day on which the locks closed. {1}</p>", null)]
    [InlineData("<p>1 February 2022 , Dan Example</p>", "2022-02-01")]
    [InlineData("<p>21 Jan 2022 // Dan Example</p>", "2022-01-21")]
    [InlineData("<p>1 February 2022, the day after</p>", null)]
    [InlineData("<p class='info-x'><time datetime='2022-01-28'>last Friday</time></p>", "2022-01-28")]
    public void A_text_may_begin_with_its_day(string opening, string? day) =>
        Assert.Equal(day, Day(Article("", $"<h1>{Headline}</h1>{Layout(opening)}")));

    [Fact]
    public void The_day_above_the_headline_needs_no_article_around_it() =>
        Assert.Equal("2022-01-21", Day(Article("", $"<div><h3>21.01.2022</h3><h1>{Headline}</h1></div>")));

    [Fact]
    public void A_title_may_begin_with_the_day() =>
        Assert.Equal("2022-01-23", Day(Article($"<title>23.01.2022 - {Headline}</title>", "")));

    [Theory]
    [InlineData("https://www.example.com/news/29-10-20211/", null)]
    [InlineData("https://www.example.com/news/29-10-2021/", "2021-10-29")]
    [InlineData("https://www.example.com/news/02-10-2021/", null)]
    public void An_address_with_the_day_first_dates_a_page_if_it_reads_one_way_only(string address, string? day) =>
        Assert.Equal(day, Day(Article("", "", address)));

    [Theory]
    [InlineData("Interview: Ann Example", "Ann Example")]
    [InlineData("Erstellt von Ann Example", "Ann Example")]
    [InlineData("Zur Artikelübersicht", "")]
    [InlineData("About the Author", "")]
    public void A_byline_is_the_name_alone(string byline, string author) =>
        Assert.Equal(author, string.Join('|', Article($"<meta name='author' content='{byline}'>", "").Authors));

    private static string Layout(string html) => html.Replace("{0}", Headline, StringComparison.Ordinal).Replace("{1}", Text, StringComparison.Ordinal);

    private static string? Day(Article article) => article.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Article Article(string head, string body, string address = "https://www.example.com/world/locks") =>
        Assert.IsType<PageResult.Read>(PageReader.Read($"<html><head>{head}</head><body>{body}<div><p>{Text}</p><p>{Text} And grain goes by ship again.</p></div></body></html>", new Uri(address))).Article;
}
