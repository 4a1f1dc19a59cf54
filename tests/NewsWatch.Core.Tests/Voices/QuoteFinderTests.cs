using NewsWatch.Core.Voices.Quotes;

namespace NewsWatch.Core.Tests.Voices;

public sealed class QuoteFinderTests
{
    [Theory]
    [InlineData("“The dam will hold,” Interior Minister Greta Halm said on Tuesday.", "Greta Halm")]
    [InlineData("Greta Halm said: “The dam will hold.”", "Greta Halm")]
    [InlineData("According to Pavel Rusk, the dam is “in good order.”", "Pavel Rusk")]
    [InlineData("“The dam will hold,” said Pavel Rusk, who built it.", "Pavel Rusk")]
    [InlineData("Then \"It is easy to go out and say 'the dam will hold,'\" Pavel Rusk said.", "Pavel Rusk")]
    [InlineData("Pavel Rusk spoke on “the dam that will hold.”", "Pavel Rusk")]
    [InlineData("“We are ready!” shouted the driver.", "the driver")]
    [InlineData("“This is new,” the firm quoted Pavel Rusk as saying.", "Pavel Rusk")]
    [InlineData("“We warned them,” the head of the works, Jorge Lint, told a committee.", "Jorge Lint")]
    public void The_speaker_stands_before_or_behind_the_quote(string text, string speaker) => Assert.Equal(speaker, Names(text));

    [Theory]
    [InlineData("Greta Halm met Pavel Rusk. “He was calm,” she said.", "Greta Halm")]
    [InlineData("The governor, Pavel Rusk, raised rates. “We go on,” the governor said.", "Pavel Rusk")]
    [InlineData("“It is over,” she said. Behind Greta Halm stood the ruin.", "Greta Halm")]
    [InlineData("“It rained,” Pavel Rusk said. “It rained for days.”", "Pavel Rusk, Pavel Rusk")]
    [InlineData("Pavel Rusk spoke of the flood. On Halmia, he said that “the water is falling.”", "Pavel Rusk")]
    [InlineData("Pavel Rusk began with thanks.\n“I owe you much.\n“I owe you all.”", "Pavel Rusk")]
    public void Pronouns_and_offices_mean_people_of_the_text(string text, string speakers) => Assert.Equal(speakers, Names(text));

    [Theory]
    [InlineData("The film “The Long Dam” opens on Friday.")]
    [InlineData("Economists call this “stagflation”.")]
    [InlineData("Greta Halm told ABC’s “Good Evening Halmia” that the dam holds.")]
    [InlineData("Pavel Rusk said on “Meet the Dam” that the dam holds.")]
    [InlineData("She had roles in “Apollo 13,” “Long Dam,” and “The Lost City of Halm.”")]
    [InlineData("Greta Halm said that the so-called “peace dam” has cost four billion.")]
    [InlineData("The ship, named “Morning Tide”, was built in 1998.")]
    public void Titles_names_and_terms_in_marks_are_no_speech(string text) => Assert.Empty(QuoteFinder.Find(text, "en"));

    [Theory]
    [InlineData("de", "„Der Damm hält“, sagte Ministerin Greta Halm.", "Greta Halm")]
    [InlineData("fr", "Selon Luc Bardin, la digue est « solide, mais vieille ».", "Luc Bardin")]
    [InlineData("es", "«No habrá más lluvia», dijo la ministra Elena Roble.", "Elena Roble")]
    [InlineData("ru", "«Это не дождь, — отметила Анна Лесная. — Это пауза».", "Анна Лесная, Анна Лесная")]
    [InlineData("uk", "Ірина Левада заявила: «Дамба витримає у четвер».", "Ірина Левада")]
    public void Quotes_are_read_in_other_languages(string language, string text, string speakers) => Assert.Equal(speakers, Names(text, language));

    [Fact]
    public void A_quote_is_its_marks_and_what_stands_between()
    {
        const string text = "Greta Halm said: “The dam will hold.” Then she left.";

        var quote = Assert.Single(QuoteFinder.Find(text, "en"));

        Assert.Equal(("“The dam will hold.”", "Greta Halm"), (text[quote.Start..quote.End], text[quote.SpeakerStart..quote.SpeakerEnd]));
    }

    [Theory]
    [InlineData("“The dam will hold,\" Greta Halm said.", "“The dam will hold,\"")]
    [InlineData("\"The dam will hold,” Greta Halm said.", "\"The dam will hold,”")]
    [InlineData("“They call it \"the wall\" here,” Greta Halm said.", "“They call it \"the wall\" here,”")]
    [InlineData("\"They call it “the wall” here,\" Greta Halm said.", "\"They call it “the wall” here,\"")]
    [InlineData("\"The dam will hold.\n\n\"It always has,\" Greta Halm said.", "\"The dam will hold.\n\n\"It always has,\"")]
    public void A_quote_ends_where_its_author_ends_it(string text, string quote) => Assert.Equal(quote, text[QuoteFinder.Find(text, "en")[0].Start..QuoteFinder.Find(text, "en")[0].End]);

    private static string Names(string text, string language = "en") => string.Join(", ", QuoteFinder.Find(text, language).Select(quote => quote.Name));
}
