using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

public sealed class PhraseFinderTests
{
    [Theory]
    [InlineData("getty images", "getty images")]
    [InlineData(@"\bour (\w+ )?newsletters?\b", "newsletter")]
    [InlineData(@"live-?(ticker|blog)s?", "live")]
    [InlineData(@"(^|[.!?] )((you can )?(follow|reach) (him|her)\b)", "follow|reach")]
    [InlineData(@"(a|b{2,3})[)\]]? writer+ \(s\)", " writer")]
    [InlineData(@"colou?r", "colo")]
    [InlineData(@"(?=rare)\p{Lu}x{0,3}|y*?zeta", null)]
    [InlineData(@"rare|(速報|最新情報)まとめ", "rare|まとめ")]
    [InlineData(@"rare|\w+(common)?", null)]
    public void One_of_an_expressions_landmarks_stands_in_all_that_it_matches(string expression, string? words) =>
        Assert.Equal(words?.Split('|'), Landmarks.Of(expression));

    [Theory]
    [InlineData("Sign up to our daily newsletter")]
    [InlineData("SIGN UP TO OUR NEWSLETTERS!")]
    [InlineData("Únete: el canal de Telegram")]
    [InlineData("ÚNETE: NUESTRO GRUPO, YA")]
    [InlineData("únete: nuestro grupo, ya")]
    public void A_phrase_is_found_in_either_case(string text) => Assert.True(new PhraseFinder(@"\bour (\w+ )?newsletters?\b|únete\W|canal de (whatsapp|telegram)").IsIn(text));

    [Theory]
    [InlineData("The newsletter of the port")]
    [InlineData("Único grupo")]
    [InlineData("")]
    public void A_landmark_alone_is_no_phrase(string text) => Assert.False(new PhraseFinder(@"\bour (\w+ )?newsletters?\b|únete\W").IsIn(text));

    [Theory]
    [InlineData(@"rare|\d+")]
    [InlineData(@"caf\u00E9")]
    public void An_expression_whose_words_cannot_be_told_is_refused(string expression) => Assert.Throws<FormatException>(() => new PhraseFinder(expression));
}
