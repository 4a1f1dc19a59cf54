using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Processing;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

/// <summary>A story's deadline: set, moved and near are told once each, to those who heard of it.</summary>
public sealed class StoryDeadlinesTests
{
    private const string Set = "Veshin must leave Kesten by 8 August, Norland ministry says";
    private const string Signed = "Norland and Sudland sign ceasefire in Kesten";
    private const string Broken = "Brandt resigns as Sudland parliament votes down truce with Norland; army must leave by 8 August";
    private const string Other = "Veshin must leave Kesten by 29 August, Norland ministry says";
    private const string Moved = "Norland ministry extends deadline for Veshin to leave Kesten to 29 August";
    private const string Lifted = "Norland ministry lifts 8 August deadline for Veshin to leave Kesten";

    private static readonly WatchRule Rule = SomeWatch.Rule("leave", "ceasefire OR by:date");

    [Fact]
    public async Task A_deadline_that_is_new_in_its_story_is_the_reason_of_the_alert()
    {
        await using var desk = Desk();

        await SeeAsync(desk, "wire", Signed, "a");
        await SeeAsync(desk, "paper", Broken, "b");
        await SeeAsync(desk, "wire", Broken, "c");

        Assert.Equal([AlertReason.FirstReport, AlertReason.DeadlineSet], desk.Alerts().Select(alert => alert.Reason));
        Assert.Equal(desk.Alerts()[0].Story, desk.Alerts()[1].Story);
    }

    [Fact]
    public async Task A_deadline_that_moves_is_told_once_though_the_rule_does_not_match_what_lifts_it()
    {
        await using var desk = Desk();

        await SeeAsync(desk, "wire", Set, "a");
        await SeeAsync(desk, "paper", Lifted, "b");
        await SeeAsync(desk, "wire", Lifted, "c");

        Assert.Equal([AlertReason.FirstReport, AlertReason.DeadlineMoved], desk.Alerts().Select(alert => alert.Reason));
        var deadline = Assert.Single(desk.Alerts()[1].Deadlines);
        Assert.Equal(("Lifted", 1, desk.Alerts()[0].Deadlines[0].Key), (deadline.Modality.ToString(), deadline.Sequence, deadline.Key));
        Assert.Equal(2, desk.Deliveries().Count);
    }

    [Fact]
    public async Task An_extension_names_the_day_that_was_told_before()
    {
        await using var desk = Desk();

        await SeeAsync(desk, "wire", Set, "a");
        await SeeAsync(desk, "paper", Moved, "b");
        await SeeAsync(desk, "wire", Moved, "c");

        var moved = desk.Alerts()[1];
        Assert.Equal((AlertReason.DeadlineMoved, new DateOnly(2025, 8, 29), new DateOnly(2025, 8, 8)), (moved.Reason, moved.Deadlines[0].Day, moved.Deadlines[0].Before!.Day));
        Assert.Equal(2, desk.Alerts().Count);
    }

    [Fact]
    public async Task A_reminder_comes_once_at_the_lead_time_of_the_route()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        await SeeAsync(desk, "wire", Set, "a");

        // It ends with 8 August UTC.
        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 7, 23, 59, 0, TimeSpan.Zero)));
        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 8, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 12, 0, 0, TimeSpan.Zero)));

        var near = desk.Alerts()[^1];
        Assert.Equal((AlertReason.DeadlineNear, 2, "anna"), (near.Reason, near.Step, desk.Deliveries()[^1].Subscriber));
        Assert.Contains("leave anna send: sent at once", desk.Verdicts()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_process_reminds_of_what_the_last_one_told_and_not_twice()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        await SeeAsync(desk, "wire", Set, "a");
        await using var next = desk.Restart();

        Assert.Equal(1, await RemindAsync(next, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
        await using var third = desk.Restart();
        Assert.Equal(0, await RemindAsync(third, new(2025, 8, 8, 7, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Quiet_hours_that_outlast_the_deadline_make_the_reminder_early_and_once()
    {
        // It ends with 8 August UTC, at 02:00 in Berlin: in the quiet hours, which begin at 20:00 UTC.
        var sleeper = SomeWatch.Anna with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), QuietHours = new(new(22, 0), new(6, 30), Severity.Flash) };
        await using var desk = Desk(TimeSpan.FromHours(2), sleeper, SomeWatch.Ben with { Rules = null });
        await SeeAsync(desk, "wire", Set, "a");

        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 19, 59, 0, TimeSpan.Zero)));
        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 8, 20, 0, 0, TimeSpan.Zero)));
        Assert.Equal(("anna", "pending"), (desk.Deliveries()[^1].Subscriber, desk.Deliveries()[^1].State));
        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 21, 59, 0, TimeSpan.Zero)));
        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 8, 22, 0, 0, TimeSpan.Zero)));
        Assert.Equal(("ben", 4), (desk.Deliveries()[^1].Subscriber, desk.Deliveries().Count));
    }

    [Fact]
    public async Task A_day_that_two_other_papers_name_moves_the_deadline_and_one_alone_does_not()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        await SeeAsync(desk, "wire", Set, "a");
        await SeeAsync(desk, "paper", Other, "b");
        await SeeAsync(desk, "third", Other.Replace("says", "said", StringComparison.Ordinal), "c");

        Assert.Equal([AlertReason.FirstReport, AlertReason.DeadlineMoved], desk.Alerts().Select(alert => alert.Reason));
        Assert.Equal((new DateOnly(2025, 8, 29), new DateOnly(2025, 8, 8)), (desk.Alerts()[1].Deadlines[0].Day, desk.Alerts()[1].Deadlines[0].Before!.Day));
        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 29, 6, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_route_takes_what_is_due_soon_and_another_the_reminders()
    {
        var routes = new Route
        {
            Remind = TimeSpan.FromHours(24),
            Children = [new() { If = RouteCondition.Parse("reason = deadline-near").Condition, To = ["carla"] }, new() { If = RouteCondition.Parse("deadline < 72h").Condition, To = ["anna"] }, new() { To = ["ben"] }],
        };
        await using var desk = Desk(routes, SomeWatch.Anna, SomeWatch.Ben with { Rules = null }, SomeWatch.Anna with { Id = "carla" });
        await SeeAsync(desk, "wire", Set, "a"); // ends in 60 hours
        await SeeAsync(desk, "paper", Moved, "b");
        await RemindAsync(desk, new(2025, 8, 29, 6, 0, 0, TimeSpan.Zero));

        Assert.Equal(["anna", "ben", "carla"], desk.Deliveries().Select(delivery => delivery.Subscriber));
    }

    [Fact]
    public async Task The_days_of_a_source_end_in_its_zone()
    {
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") }], [Rule], [SomeWatch.Anna]));
        await SeeAsync(desk, "wire", Set, "a");

        Assert.Equal(("Asia/Tokyo", new DateTimeOffset(2025, 8, 9, 0, 0, 0, TimeSpan.FromHours(9))), (desk.Alerts()[0].Deadlines[0].Zone, desk.Alerts()[0].Deadlines[0].Ends));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_repeats_no_reminder()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        await SeeAsync(desk, "wire", Set, "a");

        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 6, 6, 0, 0, TimeSpan.Zero)));
        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task What_was_told_by_a_clock_that_was_ahead_is_near_all_the_same()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        desk.Clock.SetUtcNow(new(2025, 8, 8, 12, 0, 0, TimeSpan.Zero));
        await SeeAsync(desk, "wire", Set, "a");

        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_deadline_that_moved_is_near_again_and_one_that_was_lifted_is_not()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        await SeeAsync(desk, "wire", Set, "a");
        await SeeAsync(desk, "paper", Moved, "b");

        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
        Assert.Equal(1, await RemindAsync(desk, new(2025, 8, 29, 6, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_lifted_deadline_is_never_near()
    {
        await using var desk = Desk(TimeSpan.FromHours(24));
        await SeeAsync(desk, "wire", Set, "a");
        await SeeAsync(desk, "paper", Lifted, "b");

        Assert.Equal(0, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(72, 0)] // the report itself came within the lead time
    [InlineData(48, 1)]
    public async Task A_route_reminds_only_as_it_says(int hours, int reminders)
    {
        await using var desk = Desk(TimeSpan.FromHours(hours));
        await SeeAsync(desk, "wire", Set, "a");

        Assert.Equal(reminders, await RemindAsync(desk, new(2025, 8, 8, 6, 0, 0, TimeSpan.Zero)));
    }

    private static ArticleDesk Desk(TimeSpan? remind = null, params Subscriber[] subscribers) => Desk(new Route { Remind = remind }, subscribers.Length > 0 ? subscribers : [SomeWatch.Anna]);

    private static ArticleDesk Desk(Route routes, params Subscriber[] subscribers) => new(
        SomeWatch.Of([SomeWatch.Wire, SomeWatch.Paper, SomeWatch.Paper with { Id = "third", Url = "https://third.example.com/rss" }], [Rule], subscribers, routes) with { Defaults = new() { Via = "mail", Stories = StoryScope.Wide } });

    private static async Task SeeAsync(ArticleDesk desk, string source, string title, string path)
    {
        await desk.AddAsync(source, title, $"https://{source}.example.com/{path}", language: "en");
        await desk.Processor.ProcessItemsAsync(CancellationToken.None);
    }

    private static async Task<int> RemindAsync(ArticleDesk desk, DateTimeOffset at)
    {
        var clock = new FakeTimeProvider(at);
        var reminders = new DeadlineReminders(desk.Database, desk.Configuration, new ServiceLoop(clock, NullLogger<ServiceLoop>.Instance), desk.Signals, clock, NullLogger<DeadlineReminders>.Instance);
        return await reminders.RemindAsync(CancellationToken.None);
    }
}
