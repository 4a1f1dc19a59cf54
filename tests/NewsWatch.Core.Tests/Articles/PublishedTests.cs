using System.Globalization;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class PublishedTests
{
    private const string Text = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";

    private static readonly DateTimeOffset Quarter = new(2025, 5, 12, 10, 15, 0, TimeSpan.Zero);

    [Fact]
    public void Published_and_modified_are_kept_apart()
    {
        var article = Read(Ld("""{"datePublished":"2025-05-12T10:15:00+02:00","dateModified":"2025-05-13T08:00:00Z"}""")).Article;
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 10, 15, 0, TimeSpan.FromHours(2)), article.Published);
        Assert.Equal(new DateTimeOffset(2025, 5, 13, 8, 0, 0, TimeSpan.Zero), article.Modified);
        Assert.Null(Read(Ld("""{"dateModified":"2025-05-13T08:00:00Z"}""")).Article.Published);
    }

    [Theory]
    [InlineData("2025-05-12T10:15:00Z")]
    [InlineData("2025-05-12 10:15:00 +0000")]
    [InlineData("2025-05-12T12:15+02:00")]
    [InlineData("20250512T101500Z")]
    [InlineData("Mon, 12 May 2025 10:15:00 GMT")]
    [InlineData("1747044900")]
    [InlineData("1747044900000")]
    [InlineData("May 12, 2025, 6:15 AM EDT")]
    public void Machine_dates_are_read_with_their_common_slips(string date) =>
        Assert.Equal(Quarter, Read($"<meta property='article:published_time' content='{date}'>").Article.Published);

    [Theory]
    [InlineData("Stand: 12. Mai 2025, 10:15 Uhr")]
    [InlineData("Publié le 12 mai 2025 à 10h15")]
    [InlineData("Publicado el 12 de mayo de 2025, 10:15")]
    [InlineData("May 12, 2025 10:15 a.m.")]
    [InlineData("12.05.25 | 10:15 Uhr")]
    [InlineData("2025年5月12日 10:15")]
    [InlineData("2025年5月12日 10時15分")]
    [InlineData("12 мая 2025, 10:15")]
    [InlineData("10:15, 12 May 2025")]
    [InlineData("10:15, Mon, May 12, 2025")]
    [InlineData("10:15 GMT, May 12, 2025")]
    [InlineData("12 May 2025 12.15 CEST")]
    public void Visible_dates_are_read_in_the_pages_language(string date) => Assert.Equal(Quarter, Read("", $"<div class='date'>{date}</div>").Article.Published);

    [Fact]
    public void Microdata_is_read()
    {
        var read = Read("", "<time itemprop='datePublished' datetime='2025-05-12T10:15:00Z'>yesterday</time>");
        Assert.Equal((Quarter, "microdata"), (read.Article.Published, read.Signals["published"]));
    }

    [Theory]
    [InlineData("https://www.example.de/locks", "", 2)]
    [InlineData("https://www.example.co.uk/locks", "", 1)]
    [InlineData("https://www.example.jp/locks", "", 9)]
    [InlineData("https://www.example.co.in/locks", "", 5.5)]
    [InlineData("https://www.example.com/locks", "de", 2)]
    [InlineData("https://www.example.com/locks", "fr-BE", 2)]
    [InlineData("https://www.example.com/locks", "ko", 9)]
    [InlineData("https://www.example.com/locks", "en-US", 0)]
    [InlineData("https://www.example.com/locks", "", 0)]
    [InlineData("https://192.0.2.1/locks", "", 0)]
    public void A_time_without_a_zone_is_read_on_the_newsrooms_clock(string address, string language, double hours) =>
        Assert.Equal(
            new DateTimeOffset(2025, 5, 12, 10, 15, 0, TimeSpan.FromHours(hours)),
            Read("", "<div class='date'>12.05.2025, 10:15</div>", address, language).Article.Published!.Value,
            new SameWallClock());

    [Theory]
    [InlineData("2025-03-30T01:59:00", 1)]
    [InlineData("2025-03-30T03:00:00", 2)]
    [InlineData("2025-10-26T01:59:00", 2)]
    [InlineData("2025-10-26T03:00:00", 1)]
    public void Summer_time_begins_and_ends_on_the_last_sundays_of_march_and_october(string wallClock, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), Read($"<meta name='date' content='{wallClock}'>", address: "https://www.example.de/a").Article.Published!.Value.Offset);

    [Fact]
    public void A_wall_clock_takes_its_offset_from_the_same_moment_told_with_a_zone()
    {
        var read = Read(Ld("""{"datePublished":"2025-05-12T06:15:00"}""") + "<meta property='article:published_time' content='2025-05-12T10:15:00Z'>");
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 6, 15, 0, TimeSpan.FromHours(-4)), read.Article.Published!.Value, new SameWallClock());
    }

    [Fact]
    public void The_newsrooms_own_offset_is_kept_where_any_signal_shows_it()
    {
        var read = Read(Ld("""{"datePublished":"2025-05-12T10:15:00Z"}"""), "<h1>Locks reopen</h1><time datetime='2025-05-12T06:15:00-04:00'>today</time>");
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 6, 15, 0, TimeSpan.FromHours(-4)), read.Article.Published!.Value, new SameWallClock());
        Assert.Equal("json-ld", read.Signals["published"]);
    }

    [Fact]
    public void A_moment_in_utc_is_told_on_the_newsrooms_clock_where_that_is_known()
    {
        var published = Read(Ld("""{"datePublished":"2025-05-12T22:15:00Z"}"""), address: "https://www.example.de/locks").Article.Published;
        Assert.Equal("2025-05-13T00:15:00.0000000+02:00", published?.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "京の水門が再び開く", "2025-05-12T10:15:00.0000000+09:00")]
    [InlineData("fr", "京の水門が再び開く", "2025-05-12T10:15:00.0000000+00:00")]
    public void The_titles_script_names_the_newsrooms_clock_where_nothing_else_does(string language, string title, string expected) =>
        Assert.Equal(expected, Read($"<title>{title}</title><meta name='date' content='2025-05-12 10:15'>", language: language).Article.Published?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("<article><p class='c'>12 May 2025 | <a href='/c'>Rivers</a></p><h1>Locks reopen</h1></article>", true)]
    [InlineData("<div><p>12 May 2025</p></div><article><h1>Locks reopen</h1></article>", false)]
    public void A_date_above_the_headline_counts_inside_its_article_alone(string top, bool isRead) =>
        Assert.Equal(isRead ? new DateTime(2025, 5, 12) : null, Read("", top).Article.Published?.Date);

    [Fact]
    public void A_day_takes_its_hour_from_another_signal_of_the_same_day()
    {
        Assert.Equal(Quarter, Read(Ld("""{"datePublished":"2025-05-12"}""") + "<meta name='date' content='2025-05-12T10:15:00Z'>").Article.Published);
    }

    [Fact]
    public void An_hour_of_another_day_does_not_replace_the_day()
    {
        var read = Read(Ld("""{"datePublished":"2025-05-12"}"""), "<h1>Locks reopen</h1><time datetime='2025-06-01T08:00:00Z'>update</time>");
        Assert.Equal(new DateTimeOffset(2025, 5, 12, 0, 0, 0, TimeSpan.Zero), read.Article.Published);
    }

    [Theory]
    [InlineData("<meta name='published_on' content='2025-05-12T10:15:00.000Z'>")]
    [InlineData("<meta name='publishdate' content='2025-05-12T10:15:00Z'>")]
    [InlineData("<meta name='citation_publication_date' content='2025-05-12T10:15:00Z'>")]
    public void Meta_elements_of_less_common_names_are_asked(string meta) => Assert.Equal(Quarter, Read(meta).Article.Published);

    [Theory]
    [InlineData("<div class='by'>Ann Example in Shipping on 12 May 2025 at 06:15 AM EDT.</div>", "2025-05-12T06:15:00-04:00")]
    [InlineData("<p class='stamp'>Published on 05/25/25</p>", "2025-05-25T00:00:00Z")]
    [InlineData("<p>Updated May 13, 2025</p><p>Published May 12, 2025</p>", "2025-05-12T00:00:00Z")]
    [InlineData("<p>Updated May 13, 2025</p>", "2025-05-13T00:00:00Z")]
    [InlineData("<p>Agency24<br>12 May 2025, 20:15 GMT+10</p>", "2025-05-12T20:15:00+10:00")]
    [InlineData("<p>12 May 2025, 15:45 UTC+5:30</p>", "2025-05-12T15:45:00+05:30")]
    [InlineData("<p>The minister spoke of the locks, of the dam and of what they had cost on <b>Monday, 12 May 2025</b> in the harbour.</p>", null)]
    [InlineData("<p>The flood of 12 May 2025 had closed the locks.</p>", null)]
    public void A_line_below_the_headline_that_tells_when_is_read_whatever_its_class(string line, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Read("", $"<h1>Locks reopen</h1>{line}").Article.Published);

    [Fact]
    public void A_date_with_hyphens_that_reads_two_ways_is_settled_by_the_line_that_people_read()
    {
        var article = Read("<meta property='article:published_time' content='03-09-2025'>", "<h1>Locks reopen</h1><p>Published March 9, 2025</p>").Article;
        Assert.Equal(new DateTimeOffset(2025, 3, 9, 0, 0, 0, TimeSpan.Zero), article.Published);
        Assert.Null(Read("<meta property='article:published_time' content='03-09-2025'>").Article.Published);
    }

    [Theory]
    [InlineData("https://www.example.com/story/money/2018/01/23/crane-deal/9", "2018-01-23")]
    [InlineData("https://www.example.com/news/2018-01-23-crane-deal", "2018-01-23")]
    [InlineData("https://www.example.com/news/20180123/crane-deal", "2018-01-23")]
    [InlineData("https://www.example.com/security/alert20180123.html", "2018-01-23")]
    [InlineData("https://www.example.com/energy/2018/01/180123-crane-deal/", "2018-01-23")]
    [InlineData("https://www.example.com/energy/2018/01/170123-crane-deal/", null)]
    [InlineData("https://www.example.com/2018/01/crane-deal", null)]
    [InlineData("https://www.example.com/id/2018012399", null)]
    public void The_day_in_the_address_counts_where_nothing_else_tells_one(string address, string? day)
    {
        var read = Assert.IsType<PageResult.Read>(PageReader.Read($"<html><body><h1>Crane deal</h1><p>{Text}</p></body></html>", new Uri(address)));
        Assert.Equal(day, read.Article.Published?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(day is null ? null : "address", read.Signals.GetValueOrDefault("published"));
    }

    [Theory]
    [InlineData("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2025-05-12T10:15:00Z\"}]}</script>", "")]
    [InlineData("", "<aside><time itemprop='datePublished' datetime='2025-05-12T10:15:00Z'>Monday</time></aside>")]
    [InlineData("", "<article><h1>Locks reopen</h1><aside><ul><li>Background</li><li>12 May 2025 10:15 GMT</li></ul></aside></article>")]
    [InlineData("", "<span id='date'>12 May 2025 10:15 GMT</span>")]
    [InlineData("", "<div class='author'>Ann Example on 12 May 2025 at 10:15 GMT. 51 comments</div>")]
    public void The_one_date_that_a_page_tells_is_its_own(string head, string body) => Assert.Equal(Quarter, Read(head + "<title>Locks reopen - The Example Courier</title>", body).Article.Published);

    [Fact]
    public void The_sites_name_in_the_title_is_no_headline()
    {
        const string Body = "<div class='menu'><h1>The Example Courier</h1></div><div class='sidebar-page'><h1>Locks on the upper river reopen</h1><p class='date'>12 May 2025 10:15 GMT</p></div>";
        Assert.Equal(Quarter, Read("<title>Locks on the upper river reopen - The Example Courier</title>", Body).Article.Published);
    }

    [Fact]
    public void What_holds_the_headline_too_is_no_side_column_whatever_its_class_says()
    {
        const string Line = "<p class='date'>12 May 2025 10:15 GMT</p>";
        Assert.Equal(Quarter, Read("", $"<div class='sidebar-grid'><h1>Locks reopen</h1>{Line}</div>").Article.Published);
        Assert.Null(Read("", $"<h1>Locks reopen</h1><div class='sidebar'>{Line}</div>").Article.Published);
    }

    [Theory]
    [InlineData("""<script>window.state={"createDt":"2025-05-01","deployDt":"2025.05.12 10:15"}</script>""")]
    [InlineData("""<script>push("{\"article\":{\"publishedAt\":\"2025-05-12T10:15:00Z\"}}")</script>""")]
    [InlineData("""<script type="application/json">{"first_published_at": "2025-05-12T12:15:00+02:00"}</script>""")]
    public void A_page_that_a_script_draws_is_dated_by_the_scripts_data(string script)
    {
        var read = Read(script);
        Assert.Equal((Quarter, "script"), (read.Article.Published, read.Signals["published"]));
    }

    [Theory]
    [InlineData("showDate(\"2025/05/12 10:15:00 10:15:00\")", true)]
    [InlineData("page.writeDay('2025-05-12 10:15');", true)]
    [InlineData("load('2025-05-12 10:15'); start()", false)]
    public void A_script_in_the_page_that_writes_one_date_dates_it(string call, bool dates) =>
        Assert.Equal(dates ? Quarter : null, Read("", $"<table><tr><td><script>{call}</script></td></tr></table>").Article.Published);

    [Theory]
    [InlineData("https://www.example.com/2025/03/05/locks-reopen/", "2025-03-05")]
    [InlineData("https://www.example.com/2025/03/06/locks-reopen/", "2025-05-03")]
    [InlineData("https://www.example.com/locks-reopen/", "2025-05-03")]
    public void A_shown_date_that_reads_either_way_is_settled_by_the_address(string address, string day) =>
        Assert.Equal(day, Read("", "<h1>Locks reopen</h1><div class='date'>03.05.25</div>", address).Article.Published?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_scripts_data_is_not_asked_where_the_page_says_it_itself() =>
        Assert.Equal(Quarter, Read("""<script>{"publishedAt":"2024-01-01T00:00:00Z"}</script><meta name='date' content='2025-05-12T10:15:00Z'>""").Article.Published);

    private static string Ld(string json) => $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Locks reopen",{{json[1..]}}</script>""";

    private static PageResult.Read Read(string head, string body = "", string address = "https://www.example.com/world/locks", string language = "") =>
        Assert.IsType<PageResult.Read>(PageReader.Read($"<html lang='{language}'><head>{head}</head><body>{body}<div><p>{Text}</p></div></body></html>", new Uri(address)));

    // DateTimeOffset calls the same moment in two zones equal.
    private sealed class SameWallClock : IEqualityComparer<DateTimeOffset>
    {
        public bool Equals(DateTimeOffset x, DateTimeOffset y) => x.EqualsExact(y);

        public int GetHashCode(DateTimeOffset obj) => obj.GetHashCode();
    }
}
