using System.Globalization;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class ItemDateTests
{
    [Theory]
    [InlineData("<published>2025-08-06T12:00:00Z</published><updated>2025-08-07T12:00:00Z</updated>", "08-06 12:00", "08-07 12:00")]
    [InlineData("<updated>2025-08-07T12:00:00Z</updated>", "08-07 12:00", "08-07 12:00")]
    [InlineData("<created>2025-08-05T12:00:00Z</created>", "08-05 12:00", null)]
    [InlineData("<created>2025-08-05T12:00:00Z</created><created>2025-08-04T12:00:00Z</created>", "08-04 12:00", null)]
    [InlineData("<published>soon</published><updated>2025-08-07T12:00:00Z</updated>", "08-07 12:00", "08-07 12:00")]
    [InlineData("<published>soon</published>", null, null)]
    [InlineData("<issued>2025-08-06T10:00:00+02:00</issued><modified>2025-08-06T11:00:00+02:00</modified>", "08-06 08:00", "08-06 09:00")]
    public void Published_counts_then_updated_then_created(string parts, string? published, string? updated)
    {
        var item = Reading.Entry(parts);

        Assert.Equal((published, updated), (Short(item.Published), Short(item.Updated)));
    }

    [Theory]
    [InlineData("<pubDate>Wed, 06 Aug 2025 12:00:00 GMT</pubDate><dc:date>2025-08-05T00:00:00Z</dc:date>", "08-06 12:00")]
    [InlineData("<dc:date>2025-08-05T00:00:00Z</dc:date>", "08-05 00:00")]
    [InlineData("<pubDate>Wed, 06 Aug 2025 12:00:00 -0400</pubDate>", "08-06 16:00")]
    [InlineData("<pubDate>Sun, 20 Apr 2025 8:19 pm CEST</pubDate>", "04-20 18:19")]
    [InlineData("<pubDate></pubDate>", null)]
    public void An_rss_item_has_the_date_it_was_published(string parts, string? published) => Assert.Equal(published, Short(Reading.Item(parts).Published));

    private static string? Short(DateTimeOffset? at) => at?.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
