using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Delivery;
using NewsWatch.Fetching;
using NewsWatch.Processing;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Messages;

/// <summary>A deadline from its first article to its end, as mails of one thread to a reader in another zone; the clocks change on its day.</summary>
public sealed class DeadlineMailTests
{
    private const string Set = "Sudland must leave Kesten by Sunday, Norland says";
    private const string Moved = "Norland extends deadline for Sudland to leave Kesten to 29 October";
    private const string Denied = "Norland denies 29 October deadline for Sudland to leave Kesten";
    private static readonly DateTimeOffset Friday = new(2025, 10, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_deadline_that_is_set_extended_near_and_denied_is_one_thread_and_one_calendar_entry()
    {
        await using var server = new FakeSmtpServer();
        await using var desk = new ArticleDesk(Watch(server));
        await using var sending = Sending(desk);
        desk.Clock.SetUtcNow(Friday);

        await SeeAsync("wire", Set, "BERLIN, Oct 24 (Sample) - Sudland must leave Kesten by Sunday, Norland says.");
        desk.Clock.SetUtcNow(Friday.AddHours(3));
        await SeeAsync("paper", Moved, "BERLIN, Oct 24 (Sample) - Norland extended the deadline for Sudland to leave Kesten to 29 October.");
        await RemindAsync(new(2025, 10, 25, 23, 30, 0, TimeSpan.Zero)); // of Sunday, which it no longer is
        await RemindAsync(new(2025, 10, 28, 23, 0, 0, TimeSpan.Zero));
        await SeeAsync("paper", Denied, "BERLIN, Oct 28 (Sample) - Norland denied that there was a deadline of 29 October for Sudland to leave Kesten.");

        await RemindAsync(new(2025, 10, 30, 0, 0, 0, TimeSpan.Zero)); // it has passed

        var mails = server.Mails.Select(mail => mail.Message).ToList();
        Snapshot.Approved(string.Join("\n----\n", mails.Select(mail => $"{mail.Subject}\n{MailTests.WithoutToken(mail.TextBody!)}")), "mail-deadline.txt");
        Snapshot.Approved(MailTests.WithoutToken(mails[1].HtmlBody!), "mail-deadline.html");
        Assert.All(mails[1..], mail => Assert.Contains(mails[0].MessageId, mail.References));
        var entries = mails.Select(Entry).ToList();
        Assert.Single(entries.Select(lines => lines.Single(line => line.StartsWith("UID:", StringComparison.Ordinal))).Distinct());
        Assert.Equal(["SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:1", "SEQUENCE:2"], entries.Select(lines => lines.Single(line => line.StartsWith("SEQUENCE", StringComparison.Ordinal))));
        Assert.Equal(["20251026", "20251029", "20251029", "20251029"], entries.Select(lines => lines.Single(line => line.StartsWith("DTSTART;VALUE=DATE:", StringComparison.Ordinal))[^8..]));
        Assert.Equal("STATUS:CANCELLED", entries[^1].Single(line => line.StartsWith("STATUS", StringComparison.Ordinal)));

        async Task SeeAsync(string source, string title, string text)
        {
            await desk.AddAsync(source, title, $"https://{source}.example.com/{title.Length}", text, language: "en");
            await desk.Processor.ProcessItemsAsync(CancellationToken.None);
            await sending.GetRequiredService<DeliveryProcessor>().DeliverDueAsync(CancellationToken.None);
        }

        async Task RemindAsync(DateTimeOffset at)
        {
            desk.Clock.SetUtcNow(at);
            await sending.GetRequiredService<DeadlineReminders>().RemindAsync(CancellationToken.None);
            await sending.GetRequiredService<DeliveryProcessor>().DeliverDueAsync(CancellationToken.None);
        }
    }

    // The lines of the calendar file, unfolded.
    private static List<string> Entry(MimeMessage mail)
    {
        var part = Assert.Single(mail.Attachments.OfType<MimePart>());
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return [.. Encoding.UTF8.GetString(content.ToArray()).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n")];
    }

    private static WatchConfiguration Watch(FakeSmtpServer server)
    {
        var rule = SomeWatch.Rule("leave", "Kesten AND by:date");
        var anna = SomeWatch.Anna with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };
        return SomeWatch.Of([SomeWatch.Wire, SomeWatch.Paper], [rule], [anna], new Route { Remind = TimeSpan.FromHours(24) }) with
        {
            Defaults = new() { Via = "mail", Stories = StoryScope.Wide },
            Channels = new Dictionary<string, Channel> { ["mail"] = DeliveryWorld.Mail(server) with { Connections = 1 } },
        };
    }

    internal static ServiceProvider Sending(ArticleDesk desk) => new ServiceCollection()
        .AddLogging()
        .AddMetrics()
        .AddSingleton<TimeProvider>(desk.Clock)
        .AddSingleton(desk.Database)
        .AddSingleton(desk.Signals)
        .AddSingleton<Progress>()
        .AddSingleton<Leases>()
        .AddSingleton<ServiceLoop>()
        .AddSingleton(desk.Configuration)
        .AddFetching()
        .AddDelivery()
        .AddSingleton<DeadlineReminders>()
        .BuildServiceProvider();
}
