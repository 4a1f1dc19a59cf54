using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class PageMetadataTests
{
    private const string Text = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";

    private static readonly Uri Address = new("https://www.example.co.uk/world/locks?utm_source=x");

    [Theory]
    [InlineData("""{"@type":"NewsArticle","headline":"Locks reopen"}""")]
    [InlineData("""[{"@type":"WebSite","name":"Site"},{"@type":["Thing","https://schema.org/ReportageNewsArticle"],"headline":"Locks reopen"}]""")]
    [InlineData("""{"@graph":[{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"Locks reopen"}}]}""")]
    [InlineData("""<![CDATA[{"@type":"NewsArticle","headline":"Locks reopen"}]]>""")]
    [InlineData("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Locks reopen\",}\n//]]>")]
    [InlineData("""<!-- {"@type":"Article","headline":"Locks reopen"}; -->""")]
    [InlineData("{\"@type\":\"NewsArticle\",\"headline\":\"Locks\nreopen\"}")]
    [InlineData("""{"@type":"NewsArticle","headline":"Locks &amp;#x20; reopen"}""")]
    public void Every_shape_of_json_ld_gives_the_headline(string json) => Assert.Equal(("Locks reopen", "json-ld"), Field(Ld(json), a => a.Title, "title"));

    [Fact]
    public void A_broken_block_loses_neither_the_other_blocks_nor_the_page()
    {
        var article = Read(Ld("""{"@type":"NewsArticle","headline":"Broken""") + Ld("""{"@type":"NewsArticle","headline":"Locks reopen"}"""));
        Assert.Equal("Locks reopen", article.Title);
    }

    [Theory]
    [InlineData("\"Ann Example\"", "Ann Example")]
    [InlineData("\"By Ann Example and Bob Sample\"", "Ann Example|Bob Sample")]
    [InlineData("""{"@type":"Person","name":"Ann Example"}""", "Ann Example")]
    [InlineData("""[{"name":"Ann Example"},{"@type":"Organization","name":"River Agency"}]""", "Ann Example|River Agency")]
    [InlineData("""{"@id":"#ann"}""", "Ann Example")]
    [InlineData("""{"name":["Ann Example","Bob Sample"]}""", "Ann Example|Bob Sample")]
    [InlineData("""{"givenName":"Ann","familyName":"Example"}""", "Ann Example")]
    public void Authors_are_read_in_every_shape(string author, string expected)
    {
        var json = $$"""{"@graph":[{"@id":"#ann","@type":"Person","name":"Ann Example"},{"@type":"NewsArticle","headline":"Locks reopen","author":{{author}}}]}""";
        Assert.Equal(expected.Split('|'), Read(Ld(json)).Authors);
    }

    [Theory]
    [InlineData("Von Anna Beispiel und Bernd Muster", "Anna Beispiel|Bernd Muster")]
    [InlineData("Par Anne Exemple, Bruno Modèle", "Anne Exemple|Bruno Modèle")]
    [InlineData("Ann Example, Berlin correspondent", "Ann Example")]
    [InlineData("Ann Example, MD, and Bob Sample, PhD", "Ann Example|Bob Sample")]
    [InlineData("Ann Example | Edited by Bob Sample", "Ann Example")]
    [InlineData("Ann Example | Medically reviewed by Dr Bob Sample", "Ann Example")]
    [InlineData("By Ann Example (@annexample)", "Ann Example")]
    public void Bylines_are_split_into_names(string byline, string expected) =>
        Assert.Equal(expected.Split('|'), Read($"<meta name='author' content='{byline}'>").Authors);

    [Theory]
    [InlineData("/autoren/name/ann-example", "von Dr. Ann Example", "Dr. Ann Example")]
    [InlineData("https://www.example.co.uk/authors/12/", "Ann Example", "Ann Example")]
    [InlineData("/authors/", "Our authors", null)]
    [InlineData("/authority/ann-example", "Ann Example", null)]
    public void A_name_that_links_to_its_authors_page_is_an_author(string href, string text, string? expected) =>
        Assert.Equal(expected, Read("", $"<p><a href='{href}'>{text}</a></p>").Authors.SingleOrDefault());

    [Fact]
    public void A_description_in_the_json_ld_is_no_headline_where_title_and_heading_agree() =>
        Assert.Equal("Upper river", Read(Ld("""{"@type":"Article","headline":"stream of water in the north"}""") + "<title>Upper river - River Post</title>", "<h1>Upper river</h1>").Title);

    [Fact]
    public void A_heading_that_shares_common_words_alone_is_no_headline() =>
        Assert.Equal("Locks: what they are and how you pass them", Read("<title>Locks: what they are and how you pass them</title>", "<h1>Information and help for all</h1>").Title);

    [Fact]
    public void A_person_in_the_byline_beats_the_publisher_as_author() =>
        Assert.Equal(["Ann Example"], Read("<meta property='og:site_name' content='River Post'><meta name='author' content='River Post'>", "<p class='byline'>By Ann Example</p>").Authors);

    [Theory]
    [InlineData("The Example Desk", "River Post")]
    [InlineData("Post Newsroom", "River Post")]
    [InlineData("The River Post", "River Post")]
    [InlineData("post.example.com", "River Post")]
    public void A_person_who_is_shown_beats_a_desk_of_the_house(string house, string site) =>
        Assert.Equal(["Ann Example"], Read($"<meta property='og:site_name' content='{site}'><meta name='author' content='{house}'>", "<p class='byline'>By <a rel='author' href='/author/9'>Ann Example</a></p>").Authors);

    [Theory]
    [InlineData("<p class='byline'>By Ann Example</p>", "Ann Example")]
    [InlineData("<p>By <span>Ann Example</span></p>", "Ann Example")]
    [InlineData("", "Ann Onym")]
    public void An_address_is_no_author_but_may_name_one(string byline, string expected) =>
        Assert.Equal([expected], Read("<meta property='article:author' content='https://www.example.co.uk/author/ann-onym'>", $"<h1>Locks reopen</h1>{byline}").Authors);

    [Theory]
    [InlineData("<a rel='author' href='/a'>View all posts by Ann Example</a>")]
    [InlineData("<a rel='author' href='/a'>Alle Beiträge von Ann Example</a>")]
    [InlineData("<a rel='author' href='/a'>Ann Example</a> <a rel='author' href='/a'>See full bio</a>")]
    [InlineData("<a rel='author' href='/a'><span>Ann Example</span><span>Chief Economist</span></a>")]
    [InlineData("<p class='byline'><span>Ann Example</span><span>Senior Analyst</span></p>")]
    [InlineData("<p class='byline'><span>Ann</span><span>Example</span></p>")]
    [InlineData("<p class='byline'>Written by <a href='/x'>Ann Example</a> in <a href='/y'>Shipping</a> on 1 June 2025</p>")]
    [InlineData("<div id='authors'>By Ann Example</div>")]
    public void A_byline_gives_the_name_without_the_words_around_it(string byline) => Assert.Equal(["Ann Example"], Read("", byline).Authors);

    [Fact]
    public void A_card_for_networks_names_who_wrote_it() =>
        Assert.Equal(["Ann Example"], Read("<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ann Example'>").Authors);

    [Theory]
    [InlineData("<title>News</title>", "<h1>Locks reopen to freight</h1>")]
    [InlineData("<title>Locks reopen to freight - River Post</title>", "<h1>World News Centre</h1>")]
    [InlineData("<title>Locks reopen to freight - River Post</title>", "<h1><a href='/'>River Post</a></h1><h2>Locks reopen to freight</h2>")]
    [InlineData("<title>Locks reopen to freight - River Post</title><meta property='og:title' content='River Post - Latest News'>", "<h1>Locks reopen to freight</h1>")]
    [InlineData("<title>x</title><meta property='og:title' content='Locks reopen to freight'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Freight news: what we know\"}</script>", "<h1>Locks reopen to freight</h1>")]
    [InlineData("<title>x</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Locks reopen to freight | Sport\"}</script>", "<h1>Locks reopen to freight</h1>")]
    [InlineData("<title>x</title><meta property='og:site_name' content='River Post'><meta property='og:title' content='River Post: Locks reopen to freight'>", "")]
    public void The_headline_is_what_readers_are_shown_and_no_name_of_the_site(string head, string body) =>
        Assert.Equal("Locks reopen to freight", Assert.IsType<PageResult.Read>(PageReader.Read($"<html><head>{head}</head><body>{body}<p>{Text}</p></body></html>", Address)).Article.Title);

    [Theory]
    [InlineData("<meta property='og:title' content='You will not believe which locks reopen'>", "<h1>Locks reopen to freight</h1>")]
    [InlineData("<title>Locks reopen to freight - River Post - Trade, towns and the sea</title>", "<h1>Locks reopen to freight</h1>")]
    [InlineData("<title>Locks reopen to freight_Trade_River Post</title>", "<h1><a href='https://www.example.com/'>River Post</a></h1><h1>Locks reopen to freight</h1>")]
    [InlineData("<title>River Post: Locks reopen to freight</title>", "<a href='https://www.example.com'><h1>River Post</h1></a><h1>Locks reopen to freight</h1>")]
    public void Where_no_data_tells_the_headline_the_main_heading_of_the_story_does(string head, string body) =>
        Assert.Equal(("Locks reopen to freight", "h1"), Headline($"{head}<meta name='twitter:title' content='Locks: what we know'>", body));

    [Fact]
    public void A_heading_alone_does_not_beat_what_page_and_networks_are_told_alike() =>
        Assert.Equal(("Locks reopen to freight", "meta"), Headline("<title>Locks reopen to freight</title><meta property='og:title' content='Locks reopen to freight'><meta name='twitter:title' content='Locks reopen to freight'>", "<h1>The locks in May</h1>"));

    [Theory]
    [InlineData("Locks reopen", "Locks reopen")]
    [InlineData("All that readers ask about the locks", "Freight news: the locks at a glance")]
    public void A_headline_that_the_json_ld_tells_twice_beats_the_one_for_search(string second, string expected)
    {
        var head = Ld($$"""{"@type":"NewsArticle","headline":"Locks reopen","alternativeHeadline":"{{second}}"}""") + "<meta property='og:title' content='Freight news: the locks at a glance'>";
        Assert.Equal(expected, Read(head, "<h1>Freight news: the locks at a glance</h1>").Title);
    }

    [Fact]
    public void A_headline_in_chinese_loses_section_and_site_and_keeps_who_speaks() =>
        Assert.Equal("领航员：停火最后期限为周五", Assert.IsType<PageResult.Read>(PageReader.Read($"<html><head><title>领航员：停火最后期限为周五_国际频道_渡轮报</title></head><body><p>{Text}</p></body></html>", Address)).Article.Title);

    [Fact]
    public void The_sites_name_is_cut_off_the_headline() =>
        Assert.Equal("Locks reopen to freight", Read("<meta property='og:site_name' content='River Post'><meta property='og:title' content='Locks reopen to freight | River Post'>").Title);

    [Fact]
    public void A_kicker_that_readers_see_belongs_to_the_headline() =>
        Assert.Equal(
            "River trade: Locks reopen to freight",
            Read(Ld("""{"@type":"NewsArticle","headline":"Locks reopen to freight"}""") + "<meta property='og:title' content='River trade: Locks reopen to freight'>", "<h1>River trade: Locks reopen to freight</h1>").Title);

    [Theory]
    [InlineData("Locks reopen to freight-World", "Locks reopen to freight")]
    [InlineData("Locks reopen to freight: cease-fire holds", "Locks reopen to freight: cease-fire holds")]
    public void A_section_behind_a_dash_goes_where_the_page_shows_the_headline_without_it(string told, string expected) =>
        Assert.Equal(expected, Read($"<title>{told}</title><meta property='og:title' content='{told}'><meta name='twitter:title' content='{told}'>", "<h1>Locks reopen to freight</h1>").Title);

    [Theory]
    [InlineData("<link rel='canonical' href='/world/locks?utm_medium=y&id=3'>", "https://www.example.co.uk/world/locks?id=3")]
    [InlineData("<link rel='canonical' href='https://m.example.co.uk/world/locks'>", "https://m.example.co.uk/world/locks")]
    [InlineData("<link rel='canonical' href='https://other.co.uk/stolen'>", "https://www.example.co.uk/world/locks")]
    [InlineData("<link rel='canonical' href='https://www.example.co.uk/'>", "https://www.example.co.uk/world/locks")]
    [InlineData("<link rel='canonical' href='javascript:x'>", "https://www.example.co.uk/world/locks")]
    [InlineData("", "https://www.example.co.uk/world/locks")]
    public void The_canonical_link_is_the_identity_on_the_same_registrable_host_only(string link, string expected) => Assert.Equal(expected, Read(link).Url);

    [Fact]
    public void A_sites_own_tracking_parameters_are_no_part_of_the_identity()
    {
        var page = Page("<link rel='canonical' href='/world/locks?id=3&from=app'>", "");
        var read = Assert.IsType<PageResult.Read>(PageReader.Read(page, Address, new PageOptions(null, []) { Tracking = ["from"] }));
        Assert.Equal("https://www.example.co.uk/world/locks?id=3", read.Article.Url);
    }

    [Fact]
    public void An_amp_page_is_known_by_its_articles_address()
    {
        var page = Page("<link rel='canonical' href='https://www.example.co.uk/world/locks'>", "");
        var read = Assert.IsType<PageResult.Read>(PageReader.Read(page, new Uri("https://amp.example.co.uk/world/locks.amp")));
        Assert.Equal("https://www.example.co.uk/world/locks", read.Article.Url);
    }

    [Theory]
    [InlineData("/world/locks.amp?utm_source=x", "https://www.example.co.uk/world/locks.amp")]
    [InlineData("https://amp.example.co.uk/world/locks", "https://amp.example.co.uk/world/locks")]
    [InlineData("https://cache.example.net/world/locks", null)]
    public void A_page_names_its_amp_version_on_its_own_site(string link, string? expected) =>
        Assert.Equal(expected, Assert.IsType<PageResult.Read>(PageReader.Read(Page($"<link rel='amphtml' href='{link}'>", ""), Address)).AmpUrl);

    [Fact]
    public void A_saved_page_says_itself_where_it_is_from()
    {
        var read = Assert.IsType<PageResult.Read>(PageReader.Read(Page("<link rel='canonical' href='https://www.example.co.uk/world/locks'>", ""), new Uri("file:///home/ann/locks.html")));
        Assert.Equal("https://www.example.co.uk/world/locks", read.Article.Url);
    }

    [Theory]
    [InlineData("<html lang='de_at'>", "de-AT")]
    [InlineData("<html lang='EN'>", "en")]
    [InlineData("<html><meta property='og:locale' content='pt_BR'>", "pt-BR")]
    [InlineData("<html lang='???'>", "en")]
    public void The_language_is_a_tag(string html, string expected) =>
        Assert.Equal(expected, Assert.IsType<PageResult.Read>(PageReader.Read($"{html}<body><p>{Text}</p>", Address)).Article.Language);

    [Theory]
    [InlineData("Die Minister der elf Flussstaaten haben sich am Dienstag darauf geeinigt, die oberen Schleusen für die Fracht wieder zu öffnen, und zwar noch vor dem Ende des Monats, wie es in der Erklärung heißt.", "de")]
    [InlineData("Los ministros de los once estados del río acordaron el martes abrir de nuevo las esclusas para el transporte antes del fin de mes, según dijo el jefe del puerto a la prensa.", "es")]
    [InlineData("十一の河川国の閣僚は火曜日、上流の水門を月末までに再び貨物船に開くことで合意したと港の責任者が述べた。水門の点検は来週から始まるという。", "ja")]
    public void A_page_that_does_not_name_its_language_is_told_by_its_text(string text, string expected)
    {
        var read = Assert.IsType<PageResult.Read>(PageReader.Read($"<body><div><p>{text}</p></div></body>", Address));
        Assert.Equal((expected, "text"), (read.Article.Language, read.Signals["language"]));
    }

    [Fact]
    public void Section_and_keywords_are_read()
    {
        var article = Read(Ld("""{"@type":"NewsArticle","headline":"Locks reopen","articleSection":["World","Trade"],"keywords":"river, freight"}"""));
        Assert.Equal("World", article.Section);
        Assert.Equal(["river", "freight"], article.Keywords);
    }

    private static (string Title, string Signal) Headline(string head, string body)
    {
        var read = Assert.IsType<PageResult.Read>(PageReader.Read($"<html><head>{head}</head><body>{body}<p>{Text}</p></body></html>", Address));
        return (read.Article.Title, read.Signals["title"]);
    }

    private static string Ld(string json) => $"<script type=\"application/ld+json\">{json}</script>";

    private static string Page(string head, string body) => $"<html><head>{head}</head><body>{body}<div><p>{Text}</p></div></body></html>";

    private static Article Read(string head, string body = "") => Assert.IsType<PageResult.Read>(PageReader.Read(Page(head, body), Address)).Article;

    private static (T Value, string Signal) Field<T>(string head, Func<Article, T> read, string field, string body = "")
    {
        var result = Assert.IsType<PageResult.Read>(PageReader.Read(Page(head, body), Address));
        return (read(result.Article), result.Signals[field]);
    }
}
