using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Alerts;

/// <summary>One deadline a story: what articles do to it.</summary>
public sealed class StoryDeadlinesTests
{
    private static readonly DateTimeOffset Wednesday = new(2025, 8, 6, 14, 30, 0, TimeSpan.FromHours(-4));

    [Fact]
    public void Two_articles_that_name_one_day_have_one_deadline() =>
        Assert.Equal(["1.0 Set 2025-08-08 Veshin"], Book(("wire", "Veshin must leave by Friday."), ("paper", "Veshin must leave Kesten by 8 August.")));

    [Fact]
    public void An_extension_by_anybody_moves_it_and_keeps_what_was_told_before()
    {
        var book = Read(("wire", "Veshin must leave by Friday."), ("paper", "The ministry extended the deadline for Veshin to 29 August."));

        Assert.Equal("1.1 Extended 2025-08-29", Shown(Assert.Single(book))[..23]);
        Assert.Equal(new DateOnly(2025, 8, 8), book[0].Facts.Before!.Day);
    }

    [Fact]
    public void Another_day_of_the_same_publisher_for_the_same_holder_moves_it() =>
        Assert.Equal(["1.1 Extended 2025-08-29 Veshin"], Book(("wire", "Veshin must leave by Friday."), ("wire", "Veshin must leave by 29 August.")));

    [Fact]
    public void Another_day_of_another_publisher_is_another_deadline() =>
        Assert.Equal(["1.0 Set 2025-08-08 Veshin", "2.0 Set 2025-08-29 Veshin"], Book(("wire", "Veshin must leave by Friday."), ("paper", "Veshin must leave by 29 August.")));

    [Fact]
    public void Another_day_that_two_other_publishers_name_moves_it() => Assert.Equal(
        ["1.1 Extended 2025-08-29 Veshin", "2.0 Lifted 2025-08-29 Veshin"],
        Book(("wire", "Veshin must leave by Friday."), ("paper", "Veshin must leave by 29 August."), ("third", "Veshin must leave by 29 August."), ("fourth", "Veshin must leave by 29 August.")));

    [Theory]
    [InlineData("paper", "Veshin must leave by 29 August.")] // the same publisher again
    [InlineData("third", "Brandt must leave by 29 August.")] // somebody else
    [InlineData("third", "Veshin must leave by Friday and pay by 29 August.")] // both days stand
    public void One_other_publisher_moves_nothing(string publisher, string text) =>
        Assert.Equal("1.0 Set 2025-08-08 Veshin", Book(("wire", "Veshin must leave by Friday."), ("paper", "Veshin must leave by 29 August."), (publisher, text))[0]);

    [Fact]
    public void An_article_that_names_two_days_moves_nothing() =>
        Assert.Equal(2, Book(("wire", "Veshin must leave by Friday."), ("wire", "Veshin must leave by Friday. Veshin must pay by 29 August.")).Count);

    [Theory]
    [InlineData("Veshin missed the 8 August deadline.", "Missed")]
    [InlineData("Veshin met the 8 August deadline.", "Met")]
    [InlineData("The ministry lifted the Friday deadline.", "Lifted")]
    [InlineData("The ministry denied that there was a Friday deadline.", "Denied")]
    public void What_became_of_it_is_told_once(string text, string modality) =>
        Assert.Equal([$"1.1 {modality} 2025-08-08 Veshin"], Book(("wire", "Veshin must leave by Friday."), ("paper", text), ("third", text)));

    [Fact]
    public void A_day_that_no_rule_asks_for_begins_no_deadline() =>
        Assert.Empty(DeadlineBook.Read([], Found("Veshin must leave by Friday."), [], "wire"));

    [Fact]
    public void An_article_without_a_publication_dates_nothing_from_an_epoch()
    {
        var unknown = new Document { Title = "", Body = "Veshin must leave by Friday. Brandt must pay by 29 August 2025.", Language = "en" };

        Assert.Equal([new DateOnly(2025, 8, 29)], DeadlineFacts.In(unknown).Select(facts => facts.Day).OfType<DateOnly>());
    }

    [Theory]
    [InlineData("MOSCOW, Aug 6 (Agency) - Veshin must leave by Friday.", "Europe/Moscow", "2025-08-08T21:00")]
    [InlineData("NEW YORK — Veshin must leave by Friday.", "America/New_York", "2025-08-09T04:00")]
    [InlineData("Veshin must leave by Friday.", "UTC-04:00", "2025-08-09T04:00")]
    [InlineData("Seoul said Veshin must leave by Friday - or pay.", "UTC-04:00", "2025-08-09T04:00")]
    public void The_day_ends_where_the_dateline_is(string text, string zone, string ends)
    {
        var facts = Assert.Single(Found(text));

        Assert.Equal((zone, ends), (facts.Zone, facts.Ends!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Veshin must leave by Friday.", "Europe/Moscow", "2025-08-08T21:00")]
    [InlineData("NEW YORK — Veshin must leave by Friday.", "America/New_York", "2025-08-09T04:00")]
    public void Without_a_dateline_the_day_ends_where_the_source_is(string text, string zone, string ends)
    {
        var document = new Document { Title = "", Body = text, Language = "en", Published = Wednesday, Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow") };

        var facts = Assert.Single(DeadlineFacts.In(document));

        Assert.Equal((zone, ends), (facts.Zone, facts.Ends!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_day_on_which_the_clocks_change_ends_by_the_clock_of_its_place()
    {
        var document = new Document { Title = "", Body = "BERLIN, Oct 24 (Agency) - Veshin must leave by Sunday.", Language = "en", Published = new(2025, 10, 24, 10, 0, 0, TimeSpan.Zero) };

        Assert.Equal(new DateTimeOffset(2025, 10, 26, 23, 0, 0, TimeSpan.Zero), Assert.Single(DeadlineFacts.In(document)).Ends);
    }

    private static IReadOnlyList<DeadlineFacts> Found(string text) => DeadlineFacts.In(new Document { Title = "", Body = text, Language = "en", Published = Wednesday });

    private static List<string> Book(params (string Publisher, string Text)[] articles) => [.. Read(articles).Select(Shown)];

    private static IReadOnlyList<StoryDeadline> Read(params (string Publisher, string Text)[] articles) =>
        articles.Aggregate<(string Publisher, string Text), IReadOnlyList<StoryDeadline>>([], (book, article) => Found(article.Text) is var found ? DeadlineBook.Read(book, found, [.. found], article.Publisher) : book);

    private static string Shown(StoryDeadline deadline) => $"{deadline.Number}.{deadline.Sequence} {deadline.Facts.Modality} {deadline.Facts.Day:yyyy-MM-dd} {deadline.Facts.Holder}";
}
