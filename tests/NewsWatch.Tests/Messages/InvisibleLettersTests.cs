using NewsWatch.Messages;

namespace NewsWatch.Tests.Messages;

/// <summary>What shows nothing does not leave the house: neither as a headline that seems empty nor as bytes hidden behind a letter.</summary>
public sealed class InvisibleLettersTests
{
    [Theory]
    [InlineData("\u3164")]
    [InlineData("\u115F\u1160")]
    [InlineData("\u2800\u2800")]
    [InlineData("\uFFA0")]
    [InlineData("\u17B4\u17B5")]
    [InlineData("\u180E\u034F")]
    [InlineData("\u200D\u200C")]
    [InlineData("\uFE0F\uFE0E")]
    [InlineData("\U000E0041\U000E007F")]
    [InlineData("\U000E0100")]
    [InlineData("\u206A\u206F\uFFF0")]
    [InlineData("\U0001D173\U0001D159")]
    public void A_text_of_invisible_letters_is_empty(string text) => Assert.Equal("", TextCleaner.Line(text));

    [Theory]
    [InlineData("tru\u3164ce", "tru ce")]
    [InlineData("tru\u2800\u2800ce", "tru ce")]
    [InlineData("tru\u180Ece", "truce")]
    [InlineData("a\uFE01\uFE02\uFE03b", "a\uFE01b")]
    [InlineData("a\u200D\u200D\u200Db", "a\u200Db")]
    [InlineData("a\u200D b", "a b")]
    [InlineData("\u2764\uFE0F and \U0001F468\u200D\U0001F469", "\u2764\uFE0F and \U0001F468\u200D\U0001F469")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    public void Blank_letters_are_blanks_and_emoji_and_Persian_stay(string text, string shown) => Assert.Equal(shown, TextCleaner.Line(text));

    [Fact]
    public void A_terminal_shows_that_something_was_there() => Assert.Equal("tru\uFFFDce", TextCleaner.Visible("tru\u3164ce"));
}
