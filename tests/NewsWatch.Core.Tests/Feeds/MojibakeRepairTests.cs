using NewsWatch.Core.Feeds.Markup;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class MojibakeRepairTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Caf\u00C3\u00A9", "Caf\u00E9")]
    [InlineData("\u00E2\u0080\u00A6", "\u2026")]
    [InlineData("It\u0092s", "It\u2019s")]
    [InlineData("\u00C3\u00A9t\u00E9", "\u00C3\u00A9t\u00E9")]
    [InlineData("\u00C3\u00A9t\u00C3\u00A9 \u0416", "\u00C3\u00A9t\u00C3\u00A9 \u0416")]
    [InlineData("\u00E9t\u00E9", "\u00E9t\u00E9")]
    [InlineData("\u00C3", "\u00C3")]
    public void What_a_wrong_encoding_did_is_undone_and_nothing_else(string written, string meant) => Assert.Equal(meant, MojibakeRepair.Undo(written));

    [Fact]
    public void Bytes_that_became_references_of_html_are_undone_too() =>
        Assert.Equal("\u2026", Reading.Item("<title>&acirc;&#128;&brvbar;</title>").Title);

    [Theory]
    [InlineData("It&#146;s", "It\u2019s")]
    [InlineData("It&amp;#146;s", "It\u2019s")]
    public void References_that_mean_windows_1252_are_read_so(string written, string meant) => Assert.Equal(meant, Reading.Item($"<title>{written}</title>").Title);
}
