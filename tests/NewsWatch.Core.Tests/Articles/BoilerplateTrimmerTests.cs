using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Tests.Articles;

public sealed class BoilerplateTrimmerTests
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
    [InlineData("<div class='intro'><div>Register or sign in to unlock more articles</div><div>Access articles from across the country with one account.</div></div>")]
    [InlineData("<div class='intro'><h4>Unlock this story</h4><ul><li>Access articles from across the country with one account.</li><li>Get email updates from your favourite authors.</li></ul></div>")]
    [InlineData("<div><div>この記事は会員限定です。</div><div>会員向け記事が読み放題</div></div>")]
    [InlineData("<p>Il vous reste 57 % de cet article à lire. La suite est réservée aux abonnés.</p>")]
    [InlineData("<p>Folgen Sie uns: Abonniere den WhatsApp-Kanal der Redaktion.</p>")]
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
    [InlineData("<p>The militia claimed the attack on its Telegram channel within an hour.</p>", "Telegram channel")]
    [InlineData("<p>Four more towns are expected to sign up to the fishing accord in March.</p>", "fishing accord")]
    [InlineData("<p>Advertising revenue fell by a tenth at the broadcaster, the third loss in a row.</p>", "Advertising revenue")]
    [InlineData("<p>Anzeige gegen den Betreiber der Schleuse hat am Montag der Hafen erstattet.</p>", "Anzeige gegen")]
    [InlineData("<p>Sigue abierta la vía negociadora entre el puerto y los remolcadores.</p>", "Sigue abierta")]
    [InlineData("<p>Newsletters are booming, and the harbour's own has more readers than its paper.</p>", "booming")]
    [InlineData("<p>The pilots built a paying union out of a free newsletter within a year.</p>", "free newsletter")]
    [InlineData("<h2>9h05 - Le port ouvre dans le vert</h2>", "Le port ouvre dans le vert")]
    [InlineData("<h2>05.20 Uhr: Brücke gesperrt</h2>", "Brücke gesperrt")]
    public void A_line_of_the_story_stays(string line, string text) => Assert.Contains(text, Text($"<p>{First}</p><p>{Second}</p>{line}<p>{Third}</p>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Brackwater is the second-largest gas producer on the northern shelf.")]
    [InlineData("The government is committed to reopening the tunnel before the winter.")]
    [InlineData("Note: The bridge stays closed to lorries until the inspectors have seen it.")]
    [InlineData("Correction: An earlier version named the wrong lock as the one that opens first.")]
    [InlineData("Copyright Office rules on the charts of the river.")]
    [InlineData("Police asked anyone who knows the two men to contact them before Friday.")]
    public void The_last_sentence_of_the_news_is_no_note_on_its_writer(string last) =>
        Assert.EndsWith(last, Text($"<p>{First}</p><p>{Second}</p><p>{last}</p>"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<p>Here are the dates:</p><p>June 3 – Northmoor, Hall</p><p>July 4 – Saltby, Arena</p><p>August 5 – Tarn, Park</p>")]
    [InlineData("<p>Dates so far:</p><p>June 3 – Northmoor, Hall<br>July 4 – Saltby, Arena<br>August 5 – Tarn, Park</p>")]
    [InlineData("<table><tr><td>June 3</td><td>Northmoor</td></tr><tr><td>August 5</td><td>August 5 – Tarn, Park</td></tr></table>")]
    public void Lines_that_close_the_story_are_kept(string lines) =>
        Assert.EndsWith("August 5 – Tarn, Park", Text($"<p>{First}</p><p>{Second}</p>{lines}"), StringComparison.Ordinal);

    [Fact]
    public void Cells_of_a_table_may_say_the_same_many_times()
    {
        var rows = string.Concat(Enumerable.Range(1, 4).Select(week => $"<tr><td>Week {week} of spring</td><td>No ships on Sunday</td></tr>"));
        Assert.Equal(4, Text($"<p>{First}</p><table>{rows}</table><p>{Second}</p>").Split("No ships on Sunday").Length - 1);
    }

    [Fact]
    public void A_question_put_to_each_of_several_people_stays()
    {
        const string Question = "What will you change first?";
        var answers = string.Concat(new[] { First, Second, Third }.Select(answer => $"<p><strong>{Question}</strong></p><p>{answer}</p>"));
        Assert.Equal(3, Text(answers).Split(Question).Length - 1);
        Assert.DoesNotContain("not available", Text($"<p>{First}</p>" + string.Concat(Enumerable.Repeat($"<p>External content is not available.</p><p>{Second}</p>", 3))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_subheading_about_somebody_ends_no_story()
    {
        Assert.Contains(Third, Text($"<p>{First}</p><p>{Second}</p><h2>About Northmoor Port</h2><p>{Third}</p><p>{First} It is so.</p>"), StringComparison.Ordinal);
        var release = string.Concat(Enumerable.Range(10, 8).Select(i => $"<p>{First.Replace("eleven", $"{i}", StringComparison.Ordinal)}</p>"));
        Assert.DoesNotContain("sells pumps", Text($"{release}<h3>About Example Pumps</h3><p>Example Pumps sells pumps in eleven countries and has done so since the flood.</p>"), StringComparison.Ordinal);
    }

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
