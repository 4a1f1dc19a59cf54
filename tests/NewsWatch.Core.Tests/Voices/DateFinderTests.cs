using System.Globalization;
using NewsWatch.Core.Voices.Dates;

namespace NewsWatch.Core.Tests.Voices;

public sealed class DateFinderTests
{
    private static readonly TimeAnchor Wednesday = Anchor("2025-08-06T14:30:00-04:00", "America/New_York");

    [Theory]
    [InlineData("The committee met Monday.", "2025-08-04")]
    [InlineData("The committee will meet Monday.", "2025-08-11")]
    [InlineData("An aide said Monday that the bridge will open on Saturday.", "2025-08-04 2025-08-09")]
    [InlineData("An aide said the bridge would open on Saturday.", "2025-08-09")]
    [InlineData("The vote was held on Wednesday.", "2025-08-06")]
    [InlineData("The vote will be held in November.", "2025-11")]
    [InlineData("The pact was signed on Sept. 5.", "2024-09-05")]
    [InlineData("The dividend will be paid on Sept. 5.", "2025-09-05")]
    [InlineData("The offer had been due to expire Friday.", "2025-08-01")]
    [InlineData("The effort would go on past the Sept. 5 deadline.", "2025-09-05")]
    [InlineData("The rule holds as of tomorrow.", "2025-08-07")]
    [InlineData("The paper said in an editorial on Friday, April 25: the rule is wrong.", "2025-04-25")]
    public void The_verb_of_the_clause_shows_on_which_side_of_the_publication_a_day_lies(string text, string expected) => Assert.Equal(expected, Values(text));

    [Theory]
    [InlineData("The offer stands until the end of the month.", "2025-08-31")]
    [InlineData("The plant closes in mid-October.", "2025-10-15")]
    [InlineData("The fair opens a week from Friday.", "2025-08-15")]
    [InlineData("The bridge fell three days ago.", "2025-08-03")]
    [InlineData("The result is due the day after tomorrow.", "2025-08-08")]
    [InlineData("The strike began last week.", "2025-W31")]
    [InlineData("The board must answer by noon on Aug. 15.", "2025-08-15T12:00")]
    [InlineData("The truce begins at midnight on Friday.", "2025-08-09T00:00")]
    [InlineData("Bids close at 16:00 GMT on 20 August.", "2025-08-20T16:00")]
    [InlineData("Congress returns after Labor Day.", "2025-09-01")]
    [InlineData("The plan covers the third quarter.", "2025-Q3")]
    [InlineData("The plan was approved in 2019.", "2019")]
    public void A_phrase_is_read_to_its_end(string text, string expected) => Assert.Equal(expected, Values(text));

    [Theory]
    [InlineData("The Good Friday Agreement brought peace.")]
    [InlineData("April Ryan asked the question.")]
    [InlineData("The troops may march on the capital.")]
    [InlineData("The talks lasted three hours.")]
    [InlineData("The firm sold 2010 cars.")]
    [InlineData("The court sits every Monday and each Thursday.")]
    [InlineData("Two flights leave on Monday and Tuesday nights.")]
    [InlineData("She chose the people of tomorrow.")]
    public void Names_verbs_and_durations_are_no_dates(string text) => Assert.Equal("", Values(text));

    [Theory]
    [InlineData("de", "Die Kammer tagt ab dem 15. Oktober 2025.", "2025-10-15")]
    [InlineData("de", "Das Treffen war vor drei Tagen.", "2025-08-03")]
    [InlineData("fr", "La loi entre en vigueur le 1er septembre 2025.", "2025-09-01")]
    [InlineData("es", "La ley entra en vigor el 30 de septiembre de 2025.", "2025-09-30")]
    [InlineData("ru", "Закон вступит в силу 22 августа 2025 года.", "2025-08-22")]
    [InlineData("uk", "Закон набуде чинності 22 серпня 2025 року.", "2025-08-22")]
    [InlineData("ar", "ينتهي الاتفاق يوم 22 أغسطس 2025.", "2025-08-22")]
    [InlineData("zh", "协议将于2025年8月22日生效。", "2025-08-22")]
    public void Days_are_read_in_eight_languages(string language, string text, string expected) => Assert.Equal(expected, Values(text, Wednesday, language));

    [Fact]
    public void A_day_is_counted_in_the_zone_of_the_text()
    {
        Assert.Equal("2025-08-06", Values("He spoke on Wednesday.", Anchor("2025-08-07T02:00:00Z", "America/New_York")));
        Assert.Equal("2025-08-07", Values("He spoke on Thursday.", Anchor("2025-08-06T21:30:00Z", "Asia/Tokyo")));
    }

    [Fact]
    public void An_hour_that_the_clocks_skip_comes_at_the_end_of_the_gap()
    {
        var date = Assert.Single(DateFinder.Find("The gate will open at 2:30 a.m. on Sunday.", Anchor("2025-03-28T12:00:00+01:00", "Europe/Berlin"), "en"));

        Assert.Equal(DateTimeOffset.Parse("2025-03-30T03:00:00+02:00", CultureInfo.InvariantCulture), date.At);
    }

    [Fact]
    public void A_date_says_why_it_was_read_so() =>
        Assert.Equal("the first from Wed 6 Aug 2025, for the verb is of the future", DateFinder.Find("They will meet on Friday.", Wednesday, "en")[0].Reading);

    internal static TimeAnchor Anchor(string published, string zone) => new(DateTimeOffset.Parse(published, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static string Values(string text) => Values(text, Wednesday);

    private static string Values(string text, TimeAnchor anchor, string language = "en") => string.Join(' ', DateFinder.Find(text, anchor, language).Select(date => date.Value));
}
