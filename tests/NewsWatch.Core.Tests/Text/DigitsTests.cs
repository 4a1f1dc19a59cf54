using NewsWatch.Core.Articles.Metadata;
using NewsWatch.Core.Feeds.Dates;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Text;

/// <summary>Dates in digits of other scripts are dates; none makes a feed or a page unreadable.</summary>
public sealed class DigitsTests
{
    [Theory]
    [InlineData("۲۰۲۵-٠٨-06", "2025-08-06")]
    [InlineData("１２:３０", "12:30")]
    [InlineData("½ Ⅻ 五 août", "½ Ⅻ 五 août")]
    public void Decimal_digits_are_written_as_ours_and_nothing_else_is(string text, string expected) => Assert.Equal(expected, Digits.Ascii(text));

    [Theory]
    [InlineData("۲۰۲۵-۰۸-۰۶T۱۲:۳۰:۰۰Z")]
    [InlineData("٢٠٢٥-٠٨-٠٦ ١٢:٣٠ +٠٠:٠٠")]
    [InlineData("Wed, 06 Aug 2025 12:۳0:00 GMT")]
    public void A_feed_may_date_in_them(string date) => Assert.Equal(new DateTimeOffset(2025, 8, 6, 12, 30, 0, TimeSpan.Zero), FeedDates.Parse(date));

    [Fact]
    public void A_page_may_too()
    {
        Assert.Equal(new DateTimeOffset(2025, 8, 6, 12, 30, 0, TimeSpan.Zero), MachineDate.Parse("۲۰۲۵-۰۸-۰۶T۱۲:۳۰:۰۰Z")!.Value);
        Assert.Equal(new DateTimeOffset(2025, 8, 6, 0, 0, 0, TimeSpan.Zero), VisibleDate.Find("٢٠٢٥/٠٨/٠٦")!.Value);
    }
}
