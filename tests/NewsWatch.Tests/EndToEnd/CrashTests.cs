using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The real process is killed at each crash point and started again: nothing lost, nothing twice outside the acknowledgement window.</summary>
public sealed class CrashTests
{
    /// <summary>No message is under way yet, so there is one copy of each.</summary>
    private static readonly string[] BeforeAnyMessage = ["migration:1", "migration:3", "fetched:1", "commit1.inside:1", "commit1.after:1", "commit2.inside:1", "commit2.after:1", "lease.after:1"];

    /// <summary>
    /// No mail is accepted yet. A call to the webhook may be, as a mail may be at the other points: between acceptance and commit 4 nobody can know
    /// whether a message arrived, so one more copy of it leaves, under the same id.
    /// </summary>
    private static readonly string[] BeforeAnyMail = [.. BeforeAnyMessage, "smtp.rcpt.after:1", "smtp.data.inside:1"];

    [Theory]
    [InlineData("migration:1")]
    [InlineData("migration:3")]
    [InlineData("fetched:1")]
    [InlineData("fetched:2")]
    [InlineData("commit1.inside:1")]
    [InlineData("commit1.inside:2")]
    [InlineData("commit1.after:1")]
    [InlineData("commit1.after:2")]
    [InlineData("commit2.inside:1")]
    [InlineData("commit2.inside:2")]
    [InlineData("commit2.after:1")]
    [InlineData("commit2.after:2")]
    [InlineData("lease.after:1")]
    [InlineData("lease.after:3")]
    [InlineData("smtp.rcpt.after:1")]
    [InlineData("smtp.data.inside:1")]
    [InlineData("smtp.dot.after:1")]
    [InlineData("smtp.accepted:1")]
    [InlineData("smtp.accepted:2")]
    [InlineData("commit4.inside:1")]
    [InlineData("commit4.inside:2")]
    [InlineData("webhook.sent:1")]
    public async Task Killed_anywhere_it_goes_on_as_if_nothing_had_happened(string crashAt)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        desk.Show("/one", "A cease-fire begins", "Weather stays fair");
        desk.Show("/two", "Second cease-fire holds");

        await using (var killed = desk.Start(crashAt))
        {
            Assert.Equal(137, await killed.EndAsync(patience.Token));
        }

        await using var again = desk.Start();
        await ArriveAsync(desk, patience.Token);
        Assert.Equal(0, await again.StopAsync(patience.Token));

        Check(desk, crashAt);
    }

    [Theory]
    [InlineData("commit1.inside:1")]
    [InlineData("commit1.after:1")]
    [InlineData("commit2.inside:1")]
    [InlineData("commit2.inside:2")]
    [InlineData("commit2.inside:3")]
    [InlineData("commit2.after:1")]
    [InlineData("commit2.after:2")]
    [InlineData("commit2.after:3")]
    [InlineData("lease.after:1")]
    [InlineData("smtp.accepted:1")]
    [InlineData("commit4.inside:1")]
    public async Task Killed_while_stories_grow_it_tells_each_fact_once(string crashAt)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await File.WriteAllTextAsync(desk.ConfigurationFile, desk.Configuration(stories: "wide").ToJsonString(), patience.Token);
        desk.Show("/one", "Varena dockers return to the quays: their union and the harbour board keep a cease-fire over wages", "Cease-fire signed by Norland and Sudland in Kesten", "Norland and Sudland sign cease-fire in Kesten");

        await using (var killed = desk.Start(crashAt))
        {
            Assert.Equal(137, await killed.EndAsync(patience.Token));
        }

        await using var again = desk.Start();
        await ArriveAsync(desk, patience.Token);
        Assert.Equal(0, await again.StopAsync(patience.Token));

        Check(desk, crashAt);
        Assert.Equal(["3"], desk.Ask("SELECT count(*) FROM placement"));
        Assert.Equal(["2"], desk.Ask("SELECT count(DISTINCT report) FROM placement"));
    }

    [Fact]
    public async Task Killed_while_an_edit_comes_into_force_it_starts_with_the_edit()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenAsync();
        await using (var killed = desk.Start("configuration.swap:1"))
        {
            await killed.SaysAsync("first poll", patience.Token);
            await File.WriteAllTextAsync(desk.ConfigurationFile, desk.Configuration(when: "truce").ToJsonString(), patience.Token);
            Assert.Equal(137, await killed.EndAsync(patience.Token));
        }

        desk.Show("/one", "A cease-fire begins", "A truce begins");
        await using var again = desk.Start();

        Assert.Contains("A truce begins", (await desk.Mail.NextAsync(patience.Token)).Subject, StringComparison.Ordinal);
        Assert.Equal(0, await again.StopAsync(patience.Token));
        Assert.Single(desk.Mail.Accepted);
        Assert.Equal(["ok"], desk.Ask("PRAGMA integrity_check"));
    }

    /// <summary>Waits until both news are with both subscribers, and the outbox knows it.</summary>
    private static async Task ArriveAsync(Newsroom desk, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (desk.Mail.Accepted.Count < 2 || desk.Hooks.Count < 2 || desk.Ask("SELECT state FROM delivery WHERE state <> 'sent'").Count > 0)
        {
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    private static void Check(Newsroom desk, string crashAt)
    {
        var mails = desk.Mail.Accepted.GroupBy(mail => mail.MessageId).ToList();
        var hooks = desk.Hooks.GroupBy(call => call["webhook-id"]).ToList();

        Assert.Equal(2, mails.Count);
        Assert.Equal(2, hooks.Count);
        Assert.All(mails, mail => Assert.InRange(mail.Count(), 1, BeforeAnyMail.Contains(crashAt) ? 1 : 2));
        Assert.All(hooks, hook => Assert.InRange(hook.Count(), 1, BeforeAnyMessage.Contains(crashAt) ? 1 : 2));
        Assert.Equal(["ok"], desk.Ask("PRAGMA integrity_check"));
    }
}
