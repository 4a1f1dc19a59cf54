using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

/// <summary>Which parts of a page are the story: kinds of pages on which a paragraph, a line or a name was lost, or a stranger's text taken in.</summary>
public sealed class PageTextTests
{
    private const string Title = "Locks on the upper river reopen";
    private const string First = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";
    private const string Second = "Barges had been waiting below the dam since the flood in spring, and grain from the northern plains had gone by rail at twice the price.";
    private const string Third = "“We will inspect every gate before the first ship passes,” the harbour master said, adding that the schedule leaves no room for delay.";

    private static readonly string Long = string.Concat(Enumerable.Range(1, 8).Select(i => $"<p>In section {i} of the report the inspectors write that the gates, the walls and the pumps are sound, and that the work took {i} weeks.</p>"));

    [Theory]
    [InlineData("<main><p>{0}</p><div class='x2'>{1}</div></main>")]
    [InlineData("<article><div class='a'><p>{0}</p></div><div class='ad-slot'>Advertisement</div><div class='b'>{1}</div></article>")]
    [InlineData("<article><section><p>{0}</p></section><section>{1}</section></article>")]
    [InlineData("<article><p>{0}</p><div itemprop='articleBody'>{1}</div></article>")]
    [InlineData("<article><div class='s'><p>{0}</p></div><figure><img src='a.jpg'><figcaption>The dam</figcaption></figure><div class='s'>{1}</div></article>")]
    [InlineData("<article><div>{1}</div><div class='ad-slot'>Advertisement</div><div class='c'><p>{0}</p></div></article>")]
    public void A_paragraph_that_stands_alone_in_its_own_block_is_kept(string layout) =>
        Assert.Contains(First, Text(Layout(layout, First, Long)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<header><h2 class='subtitle'>{0}</h2><h2 class='subtitle'>{1}</h2></header>")]
    [InlineData("<header><ul><li>{0}</li><li>{1}</li></ul></header>")]
    [InlineData("<div class='mb-3'><div class='copy-lg w-10'>{0}<br>{1}</div></div>")]
    public void The_whole_summary_between_headline_and_text_is_kept(string head)
    {
        var text = Text(Layout(head, First, Second) + $"<div class='article-body'>{Long}</div>");
        Assert.StartsWith($"{First}\n\n{Second}\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_lines_that_are_marked_as_the_summary_are_kept()
    {
        var text = Text($"<h2 class='sub-title'>Locks open after nine months<br>States agree on the dues</h2><h2 class='x'>Menu</h2><div class='article-body'>{Long}</div>");
        Assert.StartsWith("Locks open after nine months\n\nStates agree on the dues\n\nIn section 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div class='mid_title'>Locks open after nine months<br>States agree<br>Dues stay</div><p>{0}</p>")]
    [InlineData("<h2>Locks open after nine months<br>States agree<br>Dues stay</h2><p>{0}</p>")]
    [InlineData("<h2>Locks open after nine months<br>States agree<br>Dues stay<br>Ships wait</h2><p>{0}</p>")]
    public void A_heading_of_several_lines_is_kept_whole(string opening)
    {
        var text = Text($"<div class='article-body'>{Layout(opening, First)}{Long}</div>");
        Assert.StartsWith("Locks open after nine months\n\nStates agree\n\nDues stay", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_made_like_the_first_paragraph_and_right_before_it_are_kept()
    {
        const string Lines = "<p>Length: 186 cm</p><p>Weight: 2030 grams</p><p>Core: ash and maple</p>";
        Assert.StartsWith("Length: 186 cm\n\nWeight: 2030 grams\n\nCore: ash and maple\n\nThe ministers", Text($"<div>{Lines}<p>{First}</p><p>{Second}</p></div>"), StringComparison.Ordinal);
        Assert.StartsWith("The ministers", Text($"<div><div><p>Length</p><p>Weight</p><p>Core</p></div><p>{First}</p><p>{Second}</p></div>"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_marked_body_beats_a_summary_by_machine_beside_it()
    {
        var summary = $"<div class='sum'><p>{Second}</p><p>{Third}</p></div>";
        var text = ReadBody($"<main><div class='top'>{summary}</div><h1>{Title}</h1><div itemprop='articleBody'><p>{First}</p><p>{First.Replace("eleven", "twelve", StringComparison.Ordinal)}</p><p>{First.Replace("eleven", "nine", StringComparison.Ordinal)}</p></div></main>");
        Assert.StartsWith(First, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Third, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_story_of_few_lines_is_found_though_links_stand_below_it()
    {
        const string Links = "<ul><li><a href='/1'>How the flood closed the upper locks in spring</a></li><li><a href='/2'>Grain goes by rail at twice the price this year</a></li></ul>";
        var text = Text($"<div class='entrybody'><p>The lock at Northmoor opened at noon.</p><p>Two barges with grain have passed it so far.</p><p>The next one waits for the evening tide.</p>{Links}</div>");
        Assert.Contains("Two barges with grain have passed it so far.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("rail", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<article class='e'><div>{1}</div><h2>Ship number {0} passes</h2><p>{2}</p></article>")]
    [InlineData("<article class='e'><h2>{1} – Ship number {0} passes</h2><p>{2}</p></article>")]
    public void Entries_of_a_live_blog_without_marks_are_its_text(string entry)
    {
        var entries = string.Concat(Enumerable.Range(1, 6).Select(i => Layout(entry, $"{i}", $"1{i}:05", First.Replace("eleven", $"{i}", StringComparison.Ordinal))));
        var text = ReadBody($"<main><article><h1>{Title}</h1><p>{Second}</p><p>{Third}</p></article>{entries}</main>");
        Assert.All(Enumerable.Range(1, 6), i => Assert.Contains($"the {i} river states", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Locks live: ships pass again", "https://news.example.com/locks", "e", "")]
    [InlineData("Schleusen im Newsticker: Schiffe fahren wieder", "https://news.example.com/locks", "e", "")]
    [InlineData("Locks reopen to ships", "https://news.example.com/live/locks", "e", "")]
    [InlineData("Locks reopen to ships", "https://news.example.com/locks", "live-entry", "")]
    [InlineData("Locks reopen to ships", "https://news.example.com/locks", "e", "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Locks reopen to ships\"}</script>")]
    public void Entries_of_a_live_blog_need_no_clock_where_it_is_called_live(string title, string address, string name, string head)
    {
        var entries = string.Concat(Enumerable.Range(1, 6).Select(i => $"<article class='{name}'><h2>Ship number {i} passes the gate</h2><p>{First.Replace("eleven", $"{i}", StringComparison.Ordinal)}</p></article>"));
        var page = $"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body><main><article><h1>{title}</h1><p>{Second}</p><p>{Third}</p></article>{entries}</main></body></html>";
        var text = Assert.IsType<PageResult.Read>(PageReader.Read(page, new Uri(address))).Article.Text;
        Assert.All(Enumerable.Range(1, 6), i => Assert.Contains($"the {i} river states", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>The first excerpt of it ends as sentences do.</p><p>Another sentence tells more of it.</p>", true)]
    [InlineData("<ul><li>Screen: ten inches</li><li>Weight: two pounds</li></ul>", true)]
    [InlineData("<p>The first excerpt of it ends as sentences do.</p><p>12 May 2025</p>", false)]
    public void A_teaser_has_one_excerpt_and_what_tells_more_is_text(string inside, bool isText)
    {
        var boxes = string.Concat(Enumerable.Range(1, 3).Select(i => $"<div class='x2'><h3><a href='/{i}'>Headline number {i} of the day</a></h3>{inside}</div>"));
        Assert.Equal(isText, Text($"<div><p>{First}</p><p>{Second}</p>{boxes}<p>{Third}</p></div>").Contains("Headline number 2", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_form_asks_is_no_text() =>
        Assert.Equal(Whole, Text($"<div><p>{First}</p><p>{Second}</p><form><p>Your address is needed for this.</p><p>Already a reader of ours?</p></form><p>{Third}</p></div>"));

    [Fact]
    public void A_tool_bar_between_headline_and_text_is_no_summary()
    {
        var bar = $"<div><div><div><div><div><p>{First}</p></div></div></div></div></div>";
        Assert.DoesNotContain(First, Text($"{bar}<div class='article-body'>{Long}</div>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a class='tag-link' href='/t'>Ola Merrin</a>")]
    [InlineData("<span class='author-name'>Ola Merrin</span>")]
    [InlineData("<b><a class='related-link' href='/t'>Ola Merrin</a></b>")]
    [InlineData("<span class='person'><a href='/p'>Ola Merrin</a><span class='card'><a href='/p'>Ola Merrin</a><a href='/q'>Ten facts</a></span></span>")]
    [InlineData("Ola Merrin<span class='tooltip'>Minister of locks</span>")]
    public void A_sentence_keeps_its_names_and_no_card_that_shows_on_hover(string name) =>
        Assert.Contains("Prosecutors charged Ola Merrin over the harbour contract on the same day.", Text($"<p>{First}</p><p>Prosecutors charged {name} over the harbour contract on the same day.</p><p>{Second}</p>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<p><span class='dateline'>KYIV —</span> {0}</p>")]
    [InlineData("<p><span class='byline-place'>KYIV</span> — {0}</p>")]
    [InlineData("<p class='dateline'>KYIV —</p><p>{0}</p>")]
    public void The_place_before_the_dash_stays(string opening) =>
        Assert.StartsWith("KYIV", Text($"<article>{Layout(opening, First)}<p>{Second}</p><p>{Third}</p></article>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<div class='story-widget story-widget-text' id='p1'><p>{0}</p></div><div class='story-widget story-widget-text' id='p2'>{1}</div>")]
    [InlineData("<div class='teaser-content'><p>{0}</p></div><div class='rest'>{1}</div>")]
    [InlineData("{1}<div class='media-quote'><p>{0}</p></div>{1}")]
    [InlineData("<div class='has-sidebar'><p>{0}</p></div>{1}")]
    [InlineData("{1}<section id='how-to-shop-for-a-cheap-barge'><p>{0}</p></section>{1}")]
    [InlineData("{1}<div class='c-product-widget'><p>{0}</p></div>{1}")]
    [InlineData("<table><tr class='player-row'><td>{0}</td></tr></table>{1}")]
    [InlineData("{1}<p class='metered' aria-hidden='true'>{0}</p>")]
    [InlineData("{1}<figure><blockquote><p>{0}</p></blockquote><figcaption>The dam</figcaption></figure>{1}")]
    public void Text_stays_in_a_box_that_is_named_like_boilerplate(string layout) =>
        Assert.Contains(First, Text($"<article>{Layout(layout, First, Long)}</article>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<div id='comments'><h2>What readers think</h2>{0}</div>")]
    [InlineData("<section class='reader-views'>{0}</section>")]
    [InlineData("<ol class='commentlist'>{0}</ol>")]
    public void Comments_are_no_story_though_they_outweigh_it(string comments)
    {
        var many = string.Concat(Enumerable.Range(1, 30).Select(i => $"<li class='comment'><div class='content'>Reader number {i} says that the locks, the dam and the barges are all the same, and that nobody asked the readers.</div></li>"));
        Assert.Equal(Whole, Text($"<div class='content'><p>{First}</p><p>{Second}</p><p>{Third}</p></div>{Layout(comments, many)}"));
    }

    [Theory]
    [InlineData("<article id='second'><h1>Another headline of the day</h1>{0}</article>", "article")]
    [InlineData("<div class='next'><article><h2>Another headline of the day</h2>{0}</article></div>", "article")]
    [InlineData("<div class='next'><h1>Another headline of the day</h1><div>{0}</div></div>", "div")]
    public void The_next_story_on_the_page_is_another(string next, string tag) =>
        Assert.Equal(Whole, ReadBody($"<main><{tag}><h1>{Title}</h1><p>{First}</p><p>{Second}</p><p>{Third}</p></{tag}>{Layout(next, Long)}</main>"));

    [Fact]
    public void Main_headings_over_the_sections_of_one_story_end_nothing()
    {
        var sections = string.Concat(new[] { First, Second, Third }.Select((text, i) => $"<section><h1>Part {i + 1} of the report</h1><p>{text}</p></section>"));
        Assert.Contains(Third, ReadBody($"<main><h1>{Title}</h1>{sections}</main>"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_ld_that_holds_the_opening_alone_does_not_cut_the_text()
    {
        var opening = $"{First} {Second} {Third} {First.Replace("eleven", "twelve", StringComparison.Ordinal)}";
        var json = $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"{{Title}}","articleBody":"{{opening}}"}</script>""";
        Assert.Contains("In section 8", Text($"<div class='txt'><p>{opening}</p>{Long}</div>", json), StringComparison.Ordinal);
    }

    [Fact]
    public void Paragraphs_that_the_json_ld_lacks_stay_between_those_it_has()
    {
        var body = string.Join(' ', Enumerable.Range(10, 8).Select(i => First.Replace("eleven", $"{i}", StringComparison.Ordinal)));
        var json = $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"{{Title}}","articleBody":"{{body}}"}</script>""";
        var paragraphs = Enumerable.Range(10, 8).Select(i => $"<p>{First.Replace("eleven", $"{i}", StringComparison.Ordinal)}</p>").ToList();
        paragraphs.Insert(4, $"<p>{Second}</p>");
        Assert.Contains(Second, Text($"<div>{string.Concat(paragraphs)}</div>", json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Round 1: 3 May, Northmoor<br>Round 2: 10 May, Saltby<br>Round 3: 17 May, Tarn<br>Round 4: 24 May, Brack<br>Round 5: 31 May, Northmoor<br>Round 6: 7 June, Saltby<br>Round 7: 14 June, Tarn</p>", "Round 7: 14 June, Tarn")]
    [InlineData("<table><tr><td>Ola Merrin</td><td>Northmoor Port</td><td>40 points</td></tr><tr><td>Teo Hask</td><td>Saltby Council</td><td>39 points</td></tr><tr><td>Runa Vell</td><td>Brackwater</td><td>38 points</td></tr><tr><td>Ibo Carrant</td><td>The Tarn Line</td><td>37 points</td></tr><tr><td>Mina Torv</td><td>Northmoor Port</td><td>36 points</td></tr></table>", "Teo Hask")]
    public void A_story_of_short_lines_is_the_text_and_prose_beside_it_is_not(string lines, string line)
    {
        var text = Text($"<div itemprop='articleBody'>{lines}</div><div class='right'><div class='box'><h4><a href='/b'>A story beside the list</a></h4><p>{Second}</p></div><div class='box'><h4><a href='/c'>Another one beside the list</a></h4><p>{Third}</p></div></div>");
        Assert.Contains(line, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Second, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_of_a_round_up_are_text_where_the_story_goes_on_behind_them()
    {
        var items = string.Concat(Enumerable.Range(1, 3).Select(i => $"<div class='item'><h3><a href='/{i}'>Headline number {i} of the morning</a></h3><p>Item {i}: the ferry sails again from Monday, the harbour office said, and twice a day from June.</p></div>"));
        Assert.Contains("Item 2", Text($"<div><p>{First}</p><p>{Second}</p>{items}<p>{Third}</p></div>"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_consent_to_cookies_is_no_story_however_long() =>
        Assert.Equal(Whole, Text($"<div id='onetrust-consent-sdk'><div>{Long}{Long}</div></div><div><p>{First}</p><p>{Second}</p><p>{Third}</p></div>"));

    private static string Whole => string.Join("\n\n", First, Second, Third);

    private static string Layout(string layout, params string[] parts) => parts.Select((part, i) => (part, i)).Aggregate(layout, (text, p) => text.Replace($"{{{p.i}}}", p.part, StringComparison.Ordinal));

    private static string Text(string body, string head = "") => ReadBody($"<h1>{Title}</h1>{body}", head);

    private static string ReadBody(string body, string head = "") =>
        Assert.IsType<PageResult.Read>(PageReader.Read($"<!DOCTYPE html><html lang='en'><head><title>{Title}</title>{head}</head><body>{body}</body></html>", new Uri("https://news.example.com/locks"))).Article.Text;
}
