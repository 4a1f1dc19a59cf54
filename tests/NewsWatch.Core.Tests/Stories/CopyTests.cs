using NewsWatch.Core.Stories;

namespace NewsWatch.Core.Tests.Stories;

public sealed class CopyTests
{
    private const string Wire =
        "Ministers of both states met in Kesten on Monday and agreed to end the fighting along the river before the winter. " +
        "The cease-fire begins at midnight, said Ilse Brandt, who had led the talks since March. Northland frees 120 prisoners and opens the bridge at Varena. " +
        "Observers from 14 countries will watch the line, and both armies draw back by 20 kilometres within a week. " +
        "The parliament in Kesten votes on the treaty next month, and nobody expects that it will be refused.";

    [Fact]
    public void A_text_under_another_headline_is_a_copy_and_one_report()
    {
        var news = new Newsroom();
        var first = news.Tell("Kesten talks end the war", text: Wire);
        var copy = news.Tell("What a night by the river", hours: 100, text: $"KESTEN, Monday. {Wire} Read more in our newsletter.");

        Assert.Equal(PlacementKind.Copy, copy.Kind);
        Assert.Equal((first.Report, first.Story), (copy.Report, copy.Story));
        Assert.Matches(@"^copy of article 1 in story 1: [.01]+\d* of the shorter text", copy.Why);
    }

    [Fact]
    public void A_headline_alone_makes_no_copy_of_a_text()
    {
        var news = new Newsroom();
        var first = news.Tell("Morning briefing for Tuesday", text: Wire);
        var second = news.Tell(
            "Morning briefing for Tuesday",
            text: "The zoo of Ostrava Bay has sold its last elephant to a park in the south after months of protest. Keepers say that the animal was lonely since its sister died in spring, and visitors had collected money for the journey of nine hundred miles.");

        Assert.NotEqual(first.Report, second.Report);
    }

    [Fact]
    public void A_teaser_joins_the_text_that_it_begins()
    {
        var news = new Newsroom();
        var first = news.Tell("Kesten talks end the war", text: Wire);
        var teaser = news.Tell("Kesten talks end the war", text: Wire[..260] + "…");

        Assert.Equal((PlacementKind.Copy, first.Report), (teaser.Kind, teaser.Report));
    }

    [Fact]
    public void A_text_that_a_live_page_quotes_is_no_copy_of_the_page()
    {
        var news = new Newsroom();
        var live = news.Tell("Kesten live: the talks of Monday", text: Wire + Quarter("Acme", 412, 7, 38, "Lund"));
        var grown = news.Tell("Kesten live: the talks of Monday", text: Wire + Quarter("Acme", 412, 7, 38, "Lund") + " The bridge at Varena is open, and the first lorries have crossed it.");
        var quoted = news.ReadBack().Tell("Acme reports its second quarter", text: Quarter("Acme", 412, 7, 38, "Lund"));

        Assert.Equal((PlacementKind.Copy, live.Report), (grown.Kind, grown.Report));
        Assert.NotEqual(live.Report, quoted.Report);
    }

    [Fact]
    public void A_letter_to_readers_that_quotes_whole_reports_is_no_copy_of_one_and_has_none()
    {
        var news = new Newsroom();
        var wire = news.Tell("Kesten talks end the war", text: Wire);
        var letter = news.Tell("The evening letter", text: $"Good evening. Here is what mattered today. {Wire} {Quarter("Acme", 412, 7, 38, "Lund")} Thank you for reading.");
        var quoted = news.ReadBack().Tell("Acme reports its second quarter", text: Quarter("Acme", 412, 7, 38, "Lund"));

        Assert.Equal(3, new[] { wire.Report, letter.Report, quoted.Report }.Distinct().Count());
    }

    [Fact]
    public void Two_reports_that_quote_one_speech_are_no_copies()
    {
        var news = new Newsroom();
        var first = news.Tell("Brandt greets the armies", text: $"Soldiers of both sides stood in the rain at the river when the car came. {Wire}");
        var second = news.Tell(
            "Grain prices tumble",
            text: $"Traders in Ostrava Bay sold wheat before noon, and barley lost a fifth of its price. Farmers of the plain had kept their harvest back for a month, and now it is all for sale at once. {Wire}");

        Assert.NotEqual(first.Report, second.Report);
    }

    [Fact]
    public void Texts_of_one_template_are_no_copies()
    {
        var news = new Newsroom();
        var first = news.Tell("Acme reports its second quarter", text: Quarter("Acme", 412, 7, 38, "Lund"));
        var second = news.Tell("Borea reports its second quarter", text: Quarter("Borea", 96, 12, 5, "Hale"));

        Assert.NotEqual(first.Report, second.Report);
    }

    [Fact]
    public void A_text_that_was_read_back_is_still_found()
    {
        var news = new Newsroom();
        var first = news.Tell("Kesten talks end the war", text: Wire);

        Assert.Equal(first.Report, news.ReadBack().Tell("What a night by the river", text: Wire).Report);
    }

    [Fact]
    public void A_fingerprint_has_at_most_1194_bytes_however_long_the_text()
    {
        var words = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"Name{i} did {i}"));

        Assert.InRange(new Newsroom().Tell(words, text: words).Fingerprint.Length, 1_000, 1_194);
    }

    private static string Quarter(string name, int sales, int growth, int profit, string head) =>
        $"The company {name} said on Tuesday that its sales rose by {growth} percent in the second quarter to {sales} million. The net profit was {profit} million, and the shares of {name} closed higher. " +
        $"The chief executive {head} told analysts that the outlook for the rest of the year stays as it was. The next report of {name} is due in the autumn, after the meeting of the board. " +
        "The figures are preliminary and were not yet looked at by the auditors. They rest on the rules that hold for listed companies, and all amounts are in the currency of the country in which the company has its seat. " +
        "Readers find the full tables and a recording of the call with analysts on the pages of the company, and this text was made from the published figures without the hand of an editor.";
}
