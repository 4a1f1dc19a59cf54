using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

/// <summary>Boxes around a story: which of their names and neighbours take text away, and which do not.</summary>
public sealed class PageBoxesTests
{
    private const string Title = "Locks on the upper river reopen";
    private const string First = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";
    private const string Second = "Barges had been waiting below the dam since the flood in spring, and grain from the northern plains had gone by rail at twice the price.";
    private const string Third = "“We will inspect every gate before the first ship passes,” the harbour master said, adding that the schedule leaves no room for delay.";
    private const string Other = "A committee on the other side of the country asks for more reading rooms, longer opening hours and a second lift at its library.";

    private static readonly string Long = string.Concat(Enumerable.Range(1, 8).Select(i => $"<p>In section {i} of the report the inspectors write that the gates, the walls and the pumps are sound, and that the work took {i} weeks.</p>"));

    [Theory]
    [InlineData("field field--name-text field--label-hidden field__item", true)]
    [InlineData("w-full overflow-hidden", true)]
    [InlineData("hidden", false)]
    [InlineData("box is-hidden", false)]
    public void A_box_is_hidden_by_a_name_of_its_own_and_not_by_what_it_hides(string names, bool isKept)
    {
        var text = Text($"<h1>{Title}</h1><div class='story'>{Long}<div class='{names}'><p>{First}</p></div>{Long}</div>");
        Assert.Equal(isKept, text.Contains(First, StringComparison.Ordinal));
    }

    [Fact]
    public void The_box_with_most_of_the_page_below_a_summary_is_the_story_though_it_has_headings()
    {
        var text = Text($"<div class='top'><h1>{Title}</h1><p class='summary'>{First}</p></div><div class='module'><h1>What the inspectors found</h1>{Long}</div>");
        Assert.Contains("In section 8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thing_that_usually_stands_beside_a_text_is_the_text_where_there_is_no_other()
    {
        var text = Text($"<div class='gallery-page'><h1>{Title}</h1><div class='gallery-item'><p>{First}</p></div><div class='gallery-item'><p>{Second}</p></div></div><footer><p>{Other}</p></footer>");
        Assert.Equal($"{First}\n\n{Second}", text);
    }

    [Fact]
    public void Links_around_a_text_that_is_marked_do_not_take_it_along()
    {
        var links = string.Concat(Enumerable.Range(1, 12).Select(i => $"<li><a href='/{i}'>Another story of the day, number {i}, on the locks</a></li>"));
        var text = Text($"<article><figure><figcaption>{Second}</figcaption></figure><p>{Second}</p><div class='columns'><div class='post-content'><p>{First}</p></div><ul>{links}</ul></div></article>");
        Assert.Contains(First, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_that_shares_its_first_sentence_with_the_text_is_kept()
    {
        var text = Text($"<header><h1>{Title}</h1><p class='lead'>{First} The harbour master said yes.</p></header><div class='article-body'><p>{First} {Second}</p>{Long}</div>");
        Assert.StartsWith($"{First} The harbour master said yes.\n\n{First} {Second}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>{0}</p>")]
    [InlineData("<p>{0}</p><p>{1}</p>")]
    public void An_opening_gives_way_to_the_whole_text_in_the_pages_data(string shown)
    {
        var data = $"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"{Title}\",\"articleBody\":\"{First} {Second} {Third} {First} {Second} {Third}\"}}</script>";
        var text = Text(data + $"<h1>{Title}</h1><div>{string.Format(null, shown, Other, First)}</div>");
        Assert.Equal($"{First} {Second} {Third} {First} {Second} {Third}", text);
    }

    [Theory]
    [InlineData("The ministers of the eleven river states agreed on Tuesday<br>\nto open the upper locks", "agreed on Tuesday to open the upper locks")]
    [InlineData("The ministers of the eleven river states agreed on Tuesday<br><br>to open the upper locks", "agreed on Tuesday\n\nto open the upper locks")]
    [InlineData("The ministers of the eleven river states agreed on Tuesday<br>Locks open", "agreed on Tuesday\n\nLocks open")]
    [InlineData("The ministers of the eleven river states agreed on it.<br>e-mail: desk@example.com", "agreed on it.\n\ne-mail")]
    [InlineData("200 g flour<br>two eggs", "200 g flour\n\ntwo eggs")]
    public void Lines_that_a_window_broke_are_one_sentence(string broken, string read) =>
        Assert.Contains(read, Text($"<h1>{Title}</h1><div><p>{First}</p><p>{broken}</p><p>{Second}</p>{Long}</div>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<p><span class='event-tags'>The harbour master of <b>Northmoor</b> opened the gates by hand on Monday.</span></p>")]
    [InlineData("<p><em>The harbour master of </em><a class='auto-tag' href='/t'>Northmoor</a><em> opened the gates by hand on Monday.</em></p>")]
    [InlineData("<p>The harbour master of <a class='tooltip-link' title='A town' href='/t'>Northmoor</a> opened the gates by hand on Monday.</p>")]
    public void Words_in_an_inline_element_belong_to_their_paragraph_whatever_it_is_called(string paragraph) =>
        Assert.Contains("The harbour master of Northmoor opened the gates by hand on Monday.", Text($"<h1>{Title}</h1><div><p>{First}</p>{paragraph}<p>{Second}</p>{Long}</div>"), StringComparison.Ordinal);

    [Fact]
    public void Sections_that_are_called_articles_are_one_story_where_the_headline_has_an_article_of_its_own()
    {
        var text = Text($"<main><article class='element'><h1>{Title}</h1></article><article class='element'><h2>The gates</h2>{Long}</article><article class='element'><h2>The grain</h2>{Long}<p>{Second}</p></article></main>");
        Assert.EndsWith(Second, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Northmoor", true)]
    [InlineData("Ann Northmoor", false)]
    public void A_last_paragraph_is_cut_for_an_authors_name_and_not_for_one_word_of_it(string author, bool isKept)
    {
        var last = $"In {author} the gates were opened by hand on Monday, and the first two ships went through before the evening.";
        Assert.Equal(isKept, Text($"<meta name='author' content='{author}'><h1>{Title}</h1><div>{Long}<p>{last}</p></div>").EndsWith(last, StringComparison.Ordinal));
    }

    private static string Text(string body) =>
        ((PageResult.Read)PageReader.Read($"<html><head><title>{Title}</title><meta property='og:title' content='{Title}'></head><body>{body}</body></html>", new Uri("https://news.example.com/a"))).Article.Text;
}
