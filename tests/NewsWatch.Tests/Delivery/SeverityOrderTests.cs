using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>Which message leaves first, and what a cap does not hold back.</summary>
public sealed class SeverityOrderTests
{
    [Fact]
    public async Task The_most_severe_message_leaves_first_then_the_one_that_is_due_longest()
    {
        await using var desk = new ArticleDesk();
        await AddAsync(desk, ("routine-old", 0, 30, 0), ("urgent-new", 1, 1, 0), ("flash", 2, 0, 0), ("urgent-old", 1, 20, 0), ("later", 2, -5, 0));

        Assert.Equal(["flash", "urgent-old", "urgent-new", "routine-old"], await ClaimAllAsync(desk, freshFirst: false));
    }

    [Fact]
    public async Task An_interrupted_message_is_not_last_of_all()
    {
        await using var desk = new ArticleDesk();
        await AddAsync(desk, ("interrupted", 1, 30, 2), ("fresh", 1, 1, 0));

        Assert.Equal(["interrupted", "fresh"], await ClaimAllAsync(desk, freshFirst: false));
    }

    [Fact]
    public async Task In_turn_of_the_fresh_a_crowd_of_tried_messages_keeps_no_new_one_waiting()
    {
        await using var desk = new ArticleDesk();
        await AddAsync(desk, ("tried", 2, 30, 3), ("fresh", 0, 1, 0));

        Assert.Equal(["fresh", "tried"], await ClaimAllAsync(desk, freshFirst: true));
    }

    [Fact]
    public async Task A_flash_alert_passes_the_cap_and_a_routine_one_does_not()
    {
        var flash = SomeWatch.Rule("strike", "strike") with { Severity = Severity.Flash };
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire, flash], [SomeWatch.Anna with { Cap = new(1, TimeSpan.FromHours(1)) }]));
        await desk.AddAsync("wire", "A truce is near in the valley", "https://wire.example.com/1");
        await desk.AddAsync("wire", "A truce is announced on the coast", "https://wire.example.com/2");
        await desk.AddAsync("wire", "A strike hits the harbour", "https://wire.example.com/3");

        await desk.ProcessAsync();

        Assert.Equal(
            [("ceasefire", "pending"), ("ceasefire", "held"), ("cap", "pending"), ("strike", "pending")],
            desk.Deliveries().Select(row => (row.Key.Split('/')[0], row.State)));
    }

    [Fact]
    public async Task The_subscriber_hears_at_once_and_once_that_the_cap_is_reached()
    {
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Ceasefire], [SomeWatch.Anna with { Cap = new(1, TimeSpan.FromHours(1)) }]));
        for (var number = 0; number < 4; number++)
        {
            await desk.AddAsync("wire", $"A truce of kind {(char)('a' + number)}{number} is announced", $"https://wire.example.com/{number}");
        }

        await desk.ProcessAsync();

        var notice = desk.Database.Read(db => Stored.Column<string>(db, "delivery", "notice", new { kind = "cap", state = "pending", subscriber = "anna" })).Single();
        Assert.Contains("Limit of 1 message reached: more at 2025-08-06 13:00", notice, StringComparison.Ordinal);
    }

    private static Task AddAsync(ArticleDesk desk, params (string Bundle, long Severity, int DueMinutesAgo, int Attempts)[] messages) => desk.Database.WriteAsync(db =>
    {
        foreach (var (key, severity, ago, attempts) in messages)
        {
            Stored.Delivery(db, key, ArticleDesk.Noon.AddMinutes(-ago), "notice", "ops@example.com");
            Stored.Set(db, "delivery", new { notice = """{"Key":"k","Subject":"s","Text":"t"}""", severity, attempts }, new { key });
        }
    });

    private static async Task<List<string>> ClaimAllAsync(ArticleDesk desk, bool freshFirst)
    {
        var (process, order) = (Background.NewProcess(), new List<string>());
        while (await desk.Database.WriteAsync(db => DeliveryStore.Claim(db, process, "mail", ArticleDesk.Noon, freshFirst)) is { } claimed)
        {
            order.Add(claimed.Bundle);
        }

        return order;
    }
}
