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
    [InlineData("Перемирия в Варене", "перемир,варен")]
    public void Words_of_other_scripts_are_read(string text, string terms) => Assert.Equal(terms, string.Join(',', Read(text, "ru")));

    [Fact]
    public void Small_words_of_the_text_s_language_are_no_terms() => Assert.Equal(["minist", "kesten"], Read("die Minister der Kesten", "de"));

    private static IEnumerable<string> Read(string text, string language = "") => TermReader.Read(text, language).Select(term => term.Word);
}
