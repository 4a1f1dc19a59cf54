using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class NoveltyTests
{
    private const string Signed = "Norland and Sudland sign ceasefire in Kesten";
    private const string Background = "Brandt signed the ceasefire in Kesten on Monday.";

    [Fact]
    public void A_headline_that_names_somebody_new_is_the_news()
    {
        var found = Novelty.From("Brandt resigns over ceasefire with Norland", [], "en", [Told(Signed)]);

        Assert.Equal("Brandt resigns over ceasefire with Norland", found.Sentence);
    }

    [Fact]
    public void Where_the_headline_was_told_the_first_new_sentence_is_the_news()
    {
        var found = Novelty.From("Sudland and Norland sign Kesten ceasefire", [Quote("The ceasefire begins on 9 August at 06:00.")], "en", [Told(Signed)]);

        Assert.Equal("The ceasefire begins on 9 August at 06:00.", found.Sentence);
    }

    [Fact]
    public void Background_that_was_told_is_not_quoted_again()
    {
        var headline = new Excerpt(Field.Title, "Ceasefire breaks after 2 hours", [new(0, 9, false)]);
        var found = Novelty.From(headline.Text, [headline, Quote(Background), Quote("Shells fell on the harbour.")], "en", [Told(Signed, Background)]);

        Assert.Equal([headline.Text, "Shells fell on the harbour."], found.Excerpts.Select(excerpt => excerpt.Text));
    }

    [Fact]
    public void Another_number_in_known_words_is_new()
    {
        var found = Novelty.From("Ceasefire", [Quote("Sudland frees 120 prisoners of war.")], "en", [Told("Ceasefire", "Sudland frees 40 prisoners of war.")]);

        Assert.Single(found.Excerpts);
    }

    private static Excerpt Quote(string text) => new(Field.Body, text, []);

    private static AlertContent Told(string headline, string sentence = "") => new()
    {
        Key = "x",
        Reason = AlertReason.FirstReport,
        Severity = Severity.Urgent,
        Rule = new("x", "x", "x", null, new Dictionary<string, string>()),
        Story = 1,
        Article = new(1, "https://example.com/1", headline, "wire", "Wire", [], null, DateTimeOffset.UnixEpoch, "en", Completeness.Full),
        Hits = [],
        Excerpts = sentence.Length > 0 ? [Quote(sentence)] : [],
    };
}
