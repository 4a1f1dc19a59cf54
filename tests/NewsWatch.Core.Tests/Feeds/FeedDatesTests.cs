using System.Globalization;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class FeedDatesTests
{
    [Theory]
    [InlineData("Wed, 06 Aug 2025 12:00:00 GMT", "2025-08-06T12:00:00Z")]
    [InlineData("Wed, 06 Aug 2025 12:00:00 EST", "2025-08-06T17:00:00Z")]
    [InlineData("Wed, 06 Aug 2025 12:00 ET", "2025-08-06T16:00:00Z")]
    [InlineData("Thu, 06 Feb 2025 12:00 ET", "2025-02-06T17:00:00Z")]
    [InlineData("6 Aug 25 3:04 pm PDT", "2025-08-06T22:04:00Z")]
    [InlineData("August 6th, 2025 - 12:00 a.m.", "2025-08-06T00:00:00Z")]
    [InlineData("Mi, 06 August 2025 14:00:00 +0200", "2025-08-06T12:00:00Z")]
    [InlineData("mar., 02 déc. 2025 10:00:00 +0100", "2025-12-02T09:00:00Z")]
    [InlineData("2025-08-06", "2025-08-06T00:00:00Z")]
    [InlineData("2025-08-06T12:00:00.123456-05:30", "2025-08-06T17:30:00Z")]
    [InlineData("20250806T120000Z", "2025-08-06T12:00:00Z")]
    [InlineData("2025-218", "2025-08-06T00:00:00Z")]
    [InlineData("Wed Aug  6 12:00:00 2025", "2025-08-06T12:00:00Z")]
    [InlineData("2025-08-06 24:00", "2025-08-07T00:00:00Z")]
    [InlineData("Wed, 06 08 2025 12:00:00 GMT-07:00", "2025-08-06T19:00:00Z")]
    [InlineData("26/08/2025", "2025-08-26T00:00:00Z")]
    [InlineData("06.08.2025 12:00", "2025-08-06T12:00:00Z")]
    public void A_date_is_read_as_it_is_meant(string text, string expected) =>
        Assert.Equal(expected, FeedDates.Parse(text)?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("30 Feb 2025 10:00 GMT")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("2025-08-06 25:00")]
    [InlineData("06/08/2025")]
    [InlineData("Wed, 06 Aug 2025 12:00:00 QQT")]
    [InlineData("Wed, 06 Aug 2025 12:00:00 +9900")]
    public void A_date_that_is_wrong_or_can_be_read_two_ways_is_none(string text) => Assert.Null(FeedDates.Parse(text));
}
