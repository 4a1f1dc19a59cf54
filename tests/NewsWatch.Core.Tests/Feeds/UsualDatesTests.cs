using System.Globalization;
using NewsWatch.Core.Feeds.Dates;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class UsualDatesTests
{
    // An odd number of seconds, so that all months, weekdays and hours come.
    private const int Step = 7_654_321;

    [Theory]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss 'GMT'")]
    [InlineData("ddd, d MMM yyyy HH:mm:ss '+0000'")]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss '+00:00'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:sszzz")]
    public void An_instant_of_any_year_comes_back(string form)
    {
        for (var instant = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero); instant.Year < 2190; instant = instant.AddSeconds(Step))
        {
            Assert.Equal(instant, UsualDates.Read(instant.ToString(form, CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("Sun, 01 Mar 2026 00:30:00 +0200", "2026-02-28T22:30:00Z")]
    [InlineData("Sat, 28 Feb 2026 23:30:00 -0130", "2026-03-01T01:00:00Z")]
    [InlineData("2026-02-28T23:30:00-00:45", "2026-03-01T00:15:00Z")]
    public void The_weekday_is_that_of_the_place_and_the_instant_that_of_the_world(string text, string expected)
    {
        var read = UsualDates.Read(text);
        Assert.Equal(expected, read?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, read?.Offset);
    }

    [Theory]
    [InlineData("Mon, 01 Mar 2026 00:30:00 +0200")]
    [InlineData("Sun, 30 Feb 2026 00:30:00 GMT")]
    [InlineData("2026-02-29T00:30:00Z")]
    [InlineData("2026-13-01T00:30:00Z")]
    [InlineData("2026-01-01T24:00:00Z")]
    [InlineData("2026-01-01T23:60:00Z")]
    [InlineData("2026-01-01T23:30:00+14:30")]
    [InlineData("2026-01-01T23:30:00")]
    [InlineData("1900-01-01T00:30:00Z")]
    [InlineData("Sun, 01 mar 2026 00:30:00 GMT")]
    [InlineData("Sun, 01 anF 2026 00:30:00 GMT")]
    [InlineData("Sun, 01 Mar 2026 00:30:00 EST")]
    [InlineData("Sun,  1 Mar 2026 00:30:00 GMT")]
    [InlineData("Sun, 1 ")]
    [InlineData("")]
    public void What_is_not_usual_is_left(string text) => Assert.Null(UsualDates.Read(text));
}
