using NewsWatch.Messages;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

public sealed class ForeignWordsTests
{
    [Theory]
    [InlineData("he", "נורלנד", "Hebrew. list ceasefire.")]
    [InlineData("mul", "נורלנד", "Hebrew. list ceasefire.")]
    [InlineData("mul", "노를란드", "Korean. list ceasefire.")]
    [InlineData("mul", "نورلاند", "Arabic letters. list ceasefire.")]
    [InlineData("und", "Норланд", "Cyrillic letters. list ceasefire.")]
    [InlineData("mul", "诺兰", "list ceasefire.")]
    [InlineData("", "Norland", "")]
    public void News_in_another_language_says_which_and_whom_it_names(string language, string title, string expected)
    {
        var alert = DeliveryWorld.Alert(1);
        alert = alert with { Article = alert.Article with { Title = title, Language = language }, Hits = [alert.Hits[0] with { Clause = "#ceasefire" }] };

        Assert.Equal(expected, ForeignWords.Of(language, [alert]));
    }

    [Fact]
    public void Right_to_left_names_stand_in_the_order_of_the_sentence()
    {
        var alert = DeliveryWorld.Alert(1);
        var arabic = alert with { Article = alert.Article with { Title = "غزة", Language = "ar" }, Hits = [alert.Hits[0] with { Clause = "غزة" }, alert.Hits[0] with { Clause = "\"هدنة\"" }] };

        Assert.Equal("Arabic. ⁨غزة⁩; ⁨هدنة⁩.", ForeignWords.Of("ar", [arabic]));
    }
}
