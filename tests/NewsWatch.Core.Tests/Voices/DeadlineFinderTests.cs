using System.Globalization;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Core.Tests.Voices;

public sealed class DeadlineFinderTests
{
    private static readonly TimeAnchor Wednesday = DateFinderTests.Anchor("2025-08-06T14:30:00-04:00", "America/New_York");

    [Theory]
    [InlineData("Veshin must leave the strip by Friday.", "2025-08-08 Set Veshin")]
    [InlineData("The harbour authority has until Monday to reply.", "2025-08-11 Set The harbour authority")]
    [InlineData("The judge gave the union 10 days to reply.", "2025-08-16 Set the union")]
    [InlineData("On Monday the judge gave the union 10 days to reply.", "2025-08-14 Set the union")]
    [InlineData("The licence expires on Aug. 20.", "2025-08-20 Set")]
    [InlineData("The council extended the deadline for offers to Aug. 29.", "2025-08-29 Extended")]
    [InlineData("The council brought the deadline forward to Thursday.", "2025-08-07 Moved")]
    [InlineData("Veshin met Monday’s deadline for the handover.", "2025-08-04 Met Veshin")]
    [InlineData("Veshin missed Monday’s deadline for the handover.", "2025-08-04 Missed Veshin")]
    [InlineData("There is no Friday deadline, the envoy said.", "2025-08-08 Denied")]
    [InlineData("The court lifted the Sept. 1 deadline.", "2025-09-01 Lifted")]
    [InlineData("He added that there wouldn’t be a cease-fire by the Friday deadline he had set.", "2025-08-08 Set")]
    public void A_deadline_has_a_day_a_modality_and_a_holder(string text, string expected) => Assert.Equal(expected, Read(text, Wednesday));

    [Theory]
    [InlineData("The envoys will meet on Friday.")]
    [InlineData("The gallery is open until 6 p.m. on Friday.")]
    [InlineData("By Friday evening, 300 people had signed the book.")]
    [InlineData("The firm expects to sell 40 ships by the end of the year.")]
    [InlineData("The law was passed within a week.")]
    [InlineData("The school year ends on June 26.")]
    public void Appointments_forecasts_and_opening_hours_are_none(string text) => Assert.Equal("", Read(text, Wednesday));

    [Theory]
    [InlineData("de", "Der Verband muss bis Freitag antworten.", "2025-08-08 Set Der Verband")]
    [InlineData("fr", "Le juge a prolongé le délai jusqu’au 22 août.", "2025-08-22 Extended")]
    [InlineData("es", "El gremio tiene hasta el viernes para responder.", "2025-08-08 Set El gremio")]
    [InlineData("ru", "Срок продлён до 22 августа.", "2025-08-22 Extended")]
    [InlineData("uk", "Банк повинен відповісти до понеділка.", "2025-08-11 Set Банк")]
    [InlineData("zh", "公司必须在周五前答复。", "2025-08-08 Set 公司")]
    public void Deadlines_are_read_in_other_languages(string language, string text, string expected) => Assert.Equal(expected, Read(text, Wednesday, language));

    [Fact]
    public void Hours_are_counted_by_the_clock_that_passes_over_a_change_of_time()
    {
        var deadline = Assert.Single(DeadlineFinder.Find("The crew has 24 hours to repair the leak.", DateFinderTests.Anchor("2025-11-01T14:00:00-04:00", "America/New_York"), "en"));

        Assert.Equal("2025-11-02T13:00:00-05:00", deadline.Due!.At!.Value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_deadline_whose_day_is_kept_secret_has_none() =>
        Assert.Null(Assert.Single(DeadlineFinder.Find("The two sides agreed on a deadline and kept it secret.", Wednesday, "en")).Due);

    private static string Read(string text, TimeAnchor anchor, string language = "en") => string.Join("; ", DeadlineFinder.Find(text, anchor, language)
        .Select(found => $"{found.Due?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {found.Modality} {(found.Modality is DeadlineModality.Set or DeadlineModality.Met or DeadlineModality.Missed ? found.Holder : "")}".Trim()));
}
