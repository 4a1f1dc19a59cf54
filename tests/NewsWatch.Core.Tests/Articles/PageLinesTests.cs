using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

/// <summary>Lines, labels and chapters inside a story: what is short, linked or headed like another part, and belongs to it all the same.</summary>
public sealed class PageLinesTests
{
    private const string Title = "Locks on the upper river reopen";
    private const string First = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";
    private const string Second = "Barges had been waiting below the dam since the flood in spring, and grain from the northern plains had gone by rail at twice the price.";
    private const string Third = "“We will inspect every gate before the first ship passes,” the harbour master said, adding that the schedule leaves no room for delay.";

    private static readonly string Long = string.Concat(Enumerable.Range(1, 8).Select(i => $"<p>In section {i} of the report the inspectors write that the gates, the walls and the pumps are sound, and that the work took {i} weeks.</p>"));

    [Fact]
    public void A_chapter_in_the_storys_own_section_may_have_a_main_heading()
    {
        var text = Text($"<section><h1>{Title}</h1><p>{First}</p><section><h1>The gates</h1><p>{Second}</p></section><section><h1>The pumps</h1><p>{Third}</p></section></section>");
        Assert.Contains(Second, text, StringComparison.Ordinal);
        Assert.Contains(Third, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Comment")]
    [InlineData("Sources")]
    public void A_label_in_a_table_ends_no_story(string label)
    {
        var table = $"<table><tr><td><p>Lock</p></td><td><p>{label}</p></td></tr><tr><td><p>Northmoor</p></td><td><p>{Second}</p></td></tr></table>";
        Assert.EndsWith(Third, Text($"<h1>{Title}</h1><div>{Long}{table}<p>{Third}</p></div>"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_story_goes_on_behind_a_label_that_ends_others_where_its_paragraphs_do()
    {
        var text = Text($"<h1>{Title}</h1><div>{Long}<h3>Topics</h3><p>{First}</p><p>{Second}</p><p>{Third}</p></div>");
        Assert.EndsWith(Third, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Topics", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Excerpts_under_linked_headlines_are_not_what_a_story_goes_on_with()
    {
        var others = string.Concat(new[] { First, Second, Third }.Select((text, i) => $"<h4><a href='/{i}'>Headline {i} of another story of the day</a></h4><p>{text}</p>"));
        Assert.DoesNotContain(Third, Text($"<h1>{Title}</h1><div>{Long}<h3>Related articles</h3>{others}</div>"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_paragraph_whose_lines_are_broken_keeps_its_first_and_last_line()
    {
        var text = Text($"<h1>{Title}</h1><div><p>The ministers of the eleven river states<br>{First[41..]}</p><p>{Second}</p><p>The gates are sound, the inspectors write, and the walls and the pumps are sound<br>and dry again</p></div>");
        Assert.StartsWith(First + "\n\n", text, StringComparison.Ordinal);
        Assert.EndsWith("are sound and dry again", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Truce signed in Northmoor.</p>", "Truce signed in Northmoor.")]
    [InlineData("<p>I sailed the river down<br>past the mill and town<br>and the gates were shut<br>so I sat in the hut<br>till the water was low<br>and the gates let me go</p>", "so I sat in the hut")]
    public void A_story_of_short_lines_needs_no_mark_below_its_headline(string lines, string line)
    {
        const string Menu = "<ul><li><a href='/'>Home</a></li><li><a href='/x'>Contact</a></li></ul>";
        Assert.Contains(line, Text($"{Menu}<div><h1>{Title}</h1><div class='x2'>{lines}</div></div>"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_labels_has_no_text() =>
        Assert.IsType<PageResult.NoArticle>(Read($"<h1>{Title}</h1><p>Share</p><p>Print</p><p>12 May 2025</p>"));

    [Fact]
    public void Sections_whose_headings_link_to_themselves_are_no_teasers()
    {
        var sections = string.Concat(new[] { First, Second, Third }.Select((text, i) => $"<div class='x2'><h3><a href='#s{i}'>The gates of lock number {i}</a></h3><p>{text}</p></div>"));
        var text = Text($"<h1>{Title}</h1><div>{sections}{Long}</div>");
        Assert.Contains(First, text, StringComparison.Ordinal);
        Assert.Contains("The gates of lock number 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_says_what_a_box_lacks_does_not_name_it() =>
        Assert.Contains(First, Text($"<h1>{Title}</h1><div><div class='item no_caption'><p>{First}</p></div>{Long}</div>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("story-image no_caption", true)]
    [InlineData("related-image", false)]
    public void A_lead_that_is_a_heading_in_a_pictures_box_is_kept(string name, bool isKept)
    {
        var text = Text($"<h1>{Title}</h1><div><p>{Second}</p><div class='{name}'><h2>{First}</h2><img src='a.jpg'></div>{Long}</div>");
        Assert.Equal(isKept, text.Contains(First, StringComparison.Ordinal));
    }

    [Fact]
    public void An_id_made_of_a_headings_words_names_no_purpose() =>
        Assert.Contains(First, Text($"<h1>{Title}</h1><div><div id='sharing-with-several-ports-upriver'><h2>Sharing with several ports upriver</h2><p>{First}</p></div>{Long}</div>"), StringComparison.Ordinal);

    private static string Text(string body) => Assert.IsType<PageResult.Read>(Read(body)).Article.Text;

    private static PageResult Read(string body) =>
        PageReader.Read($"<!DOCTYPE html><html lang='en'><head><title>{Title}</title></head><body>{body}</body></html>", new Uri("https://news.example.com/locks"));
}
