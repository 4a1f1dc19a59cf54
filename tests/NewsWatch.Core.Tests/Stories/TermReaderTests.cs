using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Tests.Stories;

public sealed class TermReaderTests
{
    [Theory]
    [InlineData("Ministers approved the plan", "Minister approves plans")]
    [InlineData("U.S. pays $500bn", "US pays 500 billion dollars", "dollar")]
    [InlineData("G.O.P. senators", "Republican senator")]
    [InlineData("Justice Dept. sues", "DOJ sues")]
    [InlineData("five soldiers", "5 soldiers")]
    [InlineData("the 80th anniversary", "80 anniversary")]
    [InlineData("1,000 jobs", "1000 jobs")]
    [InlineData("Brandt’s offer", "Brandt offer")]
    [InlineData("Élysée", "Elysee")]
    public void Two_spellings_have_the_same_terms(string one, string other, string? besides = null) =>
        Assert.Equal(Read(one), Read(other).Where(word => word != besides));

    [Theory]
    [InlineData("停战协议", "停战,战协,协议")]
    [InlineData("Сирени в Варене", "сирен,варен")]
    public void Words_of_other_scripts_are_read(string text, string terms) => Assert.Equal(terms, string.Join(',', Read(text, "ru")));

    [Theory]
    [InlineData("de", "Norland verbietet Zölle")]
    [InlineData("fr", "Norland : interdiction, douane")]
    [InlineData("es", "Norland prohíbe aranceles")]
    [InlineData("ru", "Norland запретил пошлины")]
    [InlineData("uk", "Norland заборонив мито")]
    [InlineData("", "Norland запретил пошлины")]
    public void Words_of_other_languages_are_those_of_English_news(string language, string text) => Assert.Equal(["norland", "ban", "tariff"], Read(text, language));

    [Theory]
    [InlineData("de", "Sudland lehnt Waffenruhe ab")]
    [InlineData("ru", "Судланд отверг перемирие")]
    public void A_step_is_told_in_other_languages_too(string language, string title) =>
        Assert.Equal(Steps.Of("Sudland rejects ceasefire"), Steps.Of(TermReader.Read(title, language)));

    [Theory]
    [InlineData("en-GB")]
    [InlineData("")]
    public void English_words_that_other_languages_have_as_well_stay(string language) => Assert.Equal(Read("Brand and tote", "en"), Read("Brand and tote", language));

    [Fact]
    public void Small_words_of_the_text_s_language_are_no_terms() => Assert.Equal(["minist", "kesten"], Read("die Minister der Kesten", "de"));

    private static IEnumerable<string> Read(string text, string language = "") => TermReader.Read(text, language).Select(term => term.Word);

    [Theory]
    [InlineData("Tariffs take effect on Monday", "Tariffs come into force on Monday")]
    [InlineData("Tariffs take effect on Monday", "Tariffs kick in on Monday")]
    [InlineData("Minister resigns over truce", "Minister steps down over truce")]
    [InlineData("Court overturns tariffs", "Court strikes down tariffs")]
    public void Words_that_name_one_deed_together_are_read_as_one(string title, string other) =>
        Assert.Equal(TermReader.Read(title, "en"), TermReader.Read(other, "en"));
}
