using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

public sealed class TrimmerTests
{
    private const string First = "The ministers of the eleven river states agreed on Tuesday to open the upper locks to freight again before the end of the month.";
    private const string Second = "Barges had been waiting below the dam since the flood in spring, and grain from the northern plains had gone by rail at twice the price.";
    private const string Third = "“We will inspect every gate before the first ship passes,” the harbour master said, adding that the schedule leaves no room for delay.";

    private static readonly string Whole = string.Join("\n\n", First, Second, Third);

    [Theory]
    [InlineData("<p>Read more: How the flood closed the locks</p>")]
    [InlineData("<p>Lesen Sie auch: Wie die Flut die Schleusen schloss</p>")]
    [InlineData("<p>Lest den Originalartikel auf Englisch hier</p>")]
    [InlineData("<p>FUNDA LAPHA | <a href='/x'>Amasango omfula azovulwa futhi</a></p>")]
    [InlineData("<p>ALSO READ: <a href='/x'>Harvest moves by rail this year</a></p>")]
    [InlineData("<p><a href='/x'>How the flood of last spring closed all of the locks</a></p>")]
    [InlineData("<p>Photo: River Agency / Getty Images</p>")]
    [InlineData("<p>Advertisement</p>")]
    [InlineData("<p>Sign up for our daily newsletter and get the news first.</p>")]
    [InlineData("<p>Please refresh the page or navigate to another one to be logged in.</p>")]
    [InlineData("<p>写真の無断転載を禁じます。</p>")]
    [InlineData("<div>10:05</div>")]
    [InlineData("<div>2 hours ago <b>10:05</b></div>")]
    [InlineData("<div>21:00 Ann Example</div>")]
    [InlineData("<div>19.11 KEY EVENT</div>")]
    public void A_line_that_is_no_part_of_the_text_is_taken_out_between_paragraphs(string line) =>
        Assert.Equal(Whole, Text($"<p>{First}</p><p>{Second}</p>{line}<p>{Third}</p>"));

    [Theory]
    [InlineData("<h3>Related articles</h3><p>A third story of freight and its price in the ports of the delta, told again.</p>")]
    [InlineData("<p>Sources:</p><ul><li>River Agency, yearly report</li><li>Port statistics of the delta</li></ul>")]
    [InlineData("<h4>Weitere Meldungen</h4><p>A third story of freight and its price in the ports of the delta, told again.</p>")]
    [InlineData("<p>Ann Example is a reporter who writes on rivers. Follow her on the usual networks.</p>")]
    [InlineData("<p>Reporting by Ann Example; editing by Bob Sample</p>")]
    [InlineData("<h2>A heading over nothing</h2>")]
    public void What_stands_after_the_text_is_cut_off(string tail) => Assert.Equal(Whole, Text($"<p>{First}</p><p>{Second}</p><p>{Third}</p>{tail}"));

    [Theory]
    [InlineData("<p>At 10:05 the first gate moved.</p>", "At 10:05 the first gate moved.")]
    [InlineData("<p>Two hours ago it had been shut.</p>", "Two hours ago it had been shut.")]
    [InlineData("<p>NOBODY ENTERS, said <a href='/x'>the sign</a> at the harbour's gate, and nobody did.</p>", "NOBODY ENTERS, said the sign at the harbour's gate, and nobody did.")]
    [InlineData("<h3>What the ministers said</h3>", "What the ministers said")]
    public void A_line_of_the_story_stays(string line, string text) => Assert.Contains(text, Text($"<p>{First}</p><p>{Second}</p>{line}<p>{Third}</p>"), StringComparison.Ordinal);

    [Fact]
    public void A_list_told_in_headings_keeps_its_end()
    {
        const string Last = "7. The harbour master has asked for twelve more inspectors than the states have.";
        var text = Text($"<p>{First}</p><p>{Second}</p><h3>6. No gate was built after the year of the second great flood of the valley.</h3><h3>{Last}</h3>");
        Assert.EndsWith(Last, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_blogs_introduction_belongs_to_its_text()
    {
        const string Update = "A second ship passed the lock at noon with grain for the ports of the delta, the harbour master said.";
        var json = $$"""{"@type":"LiveBlogPosting","headline":"Locks live","liveBlogUpdate":[{"headline":"Second ship","articleBody":"{{Update}}"}]}""";
        var text = Text($"<p>{First}</p><p>{Second}</p><div class='events'><div>2 hours ago</div><p>{Update}</p></div>", $"<script type='application/ld+json'>{json}</script>");
        Assert.Equal(string.Join("\n\n", First, Second, Update), text);
    }

    private static string Text(string body, string head = "") =>
        Assert.IsType<PageResult.Read>(PageReader.Read($"<html lang='en'><head><title>Locks reopen</title>{head}</head><body><h1>Locks reopen</h1><div class='x1'>{body}</div></body></html>", new Uri("https://news.example.com/locks"))).Article.Text;
}
