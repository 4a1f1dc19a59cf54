using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>
/// The real process is killed while it decides or sends what came of an alert: a correction, a withdrawal, a confirmation by a second source, a reminder. None is lost and none
/// is decided twice; one more copy of a message leaves where its acceptance was not written down.
/// </summary>
public sealed class ChangeCrashTests
{
    private const int Alerts = 3;
    private const int Changes = 4;

    [Theory]
    [InlineData("commit2.inside:1")]
    [InlineData("commit2.inside:2")]
    [InlineData("commit2.inside:3")]
    [InlineData("commit2.after:2")]
    [InlineData("reminder.inside:1")]
    [InlineData("reminder.after:1")]
    [InlineData("lease.after:1")]
    [InlineData("commit4.inside:1")]
    public async Task What_becomes_of_an_alert_is_told_once_wherever_the_process_is_killed(string crashAt)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await File.WriteAllTextAsync(desk.ConfigurationFile, Configuration(desk).ToJsonString(), patience.Token);
        Show(desk, "/one", Item("a", "Cease-fire of 48 hours begins in the valley"), Item("b", "Cease-fire is declared at sea"), Item("c", "Hill tribes agree on an armistice"), Item("d", Deadline()));
        await using (var first = desk.Start())
        {
            await SentAsync(desk, Alerts, patience.Token);
            Assert.Equal(0, await first.StopAsync(patience.Token));
        }

        Show(desk, "/one", Item("a", "Cease-fire of 72 hours begins in the valley"), Item("b", "WITHDRAWN: Cease-fire is declared at sea"), Item("c", "Hill tribes agree on an armistice"), Item("d", Deadline()));
        Show(desk, "/two", Item("e", "Hill tribes agree on an armistice", "https://paper.example.net/", "HALLAND (AP) - In a surprise move the elders walked down to the river at dawn and laid their rifles on the stones, while boys from both villages watched from the bridge and a drum was beaten until noon."));
        desk.Change("UPDATE told_deadline SET at = 0; UPDATE due SET next_due = 0");
        await using (var killed = desk.Start(crashAt))
        {
            Assert.Equal(137, await killed.EndAsync(patience.Token));
        }

        desk.Change("UPDATE due SET next_due = 0");
        await using var again = desk.Start();
        await SentAsync(desk, Alerts + Changes, patience.Token);
        Assert.Equal(0, await again.StopAsync(patience.Token));

        Assert.Equal(["correction", "corroboration", "deadline-near", "withdrawal"], desk.Ask("SELECT reason FROM alert WHERE reason <> 'first-report' ORDER BY reason"));
        Assert.Equal(Alerts + Changes, desk.Mail.Accepted.Select(mail => mail.MessageId).Distinct().Count());
        Assert.All(desk.Mail.Accepted.GroupBy(mail => mail.MessageId), copies => Assert.InRange(copies.Count(), 1, 2)); // several may be under way when the process dies
        Assert.Equal(["ok"], desk.Ask("PRAGMA integrity_check"));
    }

    // Two days ahead: told within the 72 hours of the reminder, so that it is due only once the time of the alert is set back.
    private static string Deadline() => string.Create(CultureInfo.InvariantCulture, $"Sudland army must leave Kesten by {TimeProvider.System.GetUtcNow().AddDays(2):d MMMM yyyy}, ministry says");

    private static JsonObject Configuration(Newsroom desk)
    {
        var configuration = desk.Configuration();
        var watch = configuration["NewsWatch"]!;
        watch["Rules"]!["confirmed"] = new JsonObject { ["When"] = "armistice AND independent>=2" };
        watch["Rules"]!["leave"] = new JsonObject { ["When"] = "Kesten AND by:date" };
        watch["Routes"] = new JsonObject { ["To"] = new JsonArray("anna"), ["Remind"] = "72h" };
        return configuration;
    }

    private static string Item(string guid, string title, string site = "https://news.example.com/", string text = "WARDEN (Reuters) - The guns fell silent on both sides of the river at midnight, officials said, and the talks would go on in a hotel by the lake for as long as both sides wished.") =>
        $"<item><guid isPermaLink=\"false\">{guid}</guid><title>{title}</title><link>{site}{guid}</link><description>{text}</description></item>";

    private static void Show(Newsroom desk, string feed, params string[] items) => desk.Http.Answer(feed, Reply.Text(Rss.Document("", items)));

    /// <summary>Waits until the outbox has sent so many messages and holds no other.</summary>
    private static async Task SentAsync(Newsroom desk, int count, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (desk.Mail.Accepted.Select(mail => mail.MessageId).Distinct().Count() < count || desk.Ask("SELECT state FROM delivery WHERE state <> 'sent'").Count > 0)
        {
            await look.WaitForNextTickAsync(cancellation);
        }
    }
}
