using NewsWatch.Configuration;
using NewsWatch.Delivery;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>What a mail server can do to a mail, row by row: what becomes of it, when it is tried again, and what the ledger says.</summary>
public sealed class SmtpFaultTests
{
    private const int Never = 0;
    private const int Soon = 5;
    private const int NextRow = 5 * 60;
    private static readonly Func<Task> ForEver = () => Task.Delay(Timeout.Infinite);

    private static readonly Row[] Table =
    [
        new("421 as greeting", [new(SmtpStage.Greeting, "421 4.3.2 too busy")], "pending", Soon, "the server answered 421 4.3.2 too busy"),
        new("554 as greeting", [new(SmtpStage.Greeting, "554 5.3.2 no service")], "pending", Soon, "the server answered 554 5.3.2 no service"),
        new("454 to STARTTLS", [new(SmtpStage.StartTls, "454 4.7.0 no TLS now")], "pending", Soon, "the server answered 454 4.7.0 no TLS now"),
        new("cut in the handshake", [new(SmtpStage.StartTls)], "pending", Soon, "the connection broke off or spoke no SMTP"),
        new("535 to the login", [new(SmtpStage.Auth, "535 5.7.8 no")], "pending", Soon, "the server refused the login: 535: 5.7.8 no"),
        new("454 to the login", [new(SmtpStage.Auth, "454 4.7.0 later")], "pending", Soon, "the server refused the login: 454: 4.7.0 later"),
        new("451 to the sender", [new(SmtpStage.Mail, "451 4.3.0 later")], "pending", Soon, "the server answered 451 4.3.0 later"),
        new("452 to the sender", [new(SmtpStage.Mail, "452 4.3.1 disk full")], "pending", Soon, "the server answered 452 4.3.1 disk full"),
        new("550 to the sender", [new(SmtpStage.Mail, "550 5.7.1 not you")], "pending", Soon, "the server answered 550 5.7.1 not you"),
        new("421 to the recipient", [new(SmtpStage.Rcpt, "421 4.7.0 goodbye")], "pending", Soon, "the server answered 421 4.7.0 goodbye"),
        new("450 to the recipient", [new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy")], "pending", Soon, "the server answered 450 4.2.0 mailbox busy"),
        new("451 to the recipient", [new(SmtpStage.Rcpt, "451 4.7.1 greylisted")], "pending", Soon, "the server answered 451 4.7.1 greylisted"),
        new("452 to the recipient", [new(SmtpStage.Rcpt, "452 4.2.2 mailbox full")], "pending", Soon, "the server answered 452 4.2.2 mailbox full"),
        new("550 to the recipient", [new(SmtpStage.Rcpt, "550 5.1.1 no such user")], "dead", Never, "the server answered 550 5.1.1 no such user"),
        new("554 to the recipient", [new(SmtpStage.Rcpt, "554 5.7.1 barred")], "dead", Never, "the server answered 554 5.7.1 barred"),
        new("451 to DATA", [new(SmtpStage.Data, "451 4.3.0 later")], "pending", Soon, "the server answered 451 4.3.0 later"),
        new("554 to DATA", [new(SmtpStage.Data, "554 5.5.1 no")], "pending", Soon, "the server answered 554 5.5.1 no"),
        new("421 to the text", [new(SmtpStage.Dot, "421 4.3.2 shutting down")], "pending", Soon, "the server answered 421 4.3.2 shutting down"),
        new("451 to the text", [new(SmtpStage.Dot, "451 4.3.0 later")], "pending", Soon, "the server answered 451 4.3.0 later"),
        new("452 to the text", [new(SmtpStage.Dot, "452 4.3.1 disk full")], "pending", Soon, "the server answered 452 4.3.1 disk full"),
        new("550 to the text", [new(SmtpStage.Dot, "550 5.7.1 spam")], "dead", Never, "the server answered 550 5.7.1 spam"),
        new("554 to the text", [new(SmtpStage.Dot, "554 5.6.0 not wanted")], "dead", Never, "the server answered 554 5.6.0 not wanted"),
        new("no greeting", [new(SmtpStage.Greeting, "220 late", ForEver)], "pending", Soon, "no answer within 120 s", IsSlow: true),
        new("no answer to the recipient", [new(SmtpStage.Rcpt, "250 late", ForEver)], "pending", Soon, "no answer within 120 s", IsSlow: true),
        new("no answer to the text, which it took", [new(SmtpStage.Dot, "250 late", ForEver, AfterAccepting: true)], "pending", Soon, "no answer within 120 s", IsSlow: true, Copies: 2),
        new("cut before the greeting", [new(SmtpStage.Greeting)], "pending", Soon, "the connection broke off or spoke no SMTP"),
        new("cut before the recipient", [new(SmtpStage.Rcpt)], "pending", Soon, "the connection broke off or spoke no SMTP"),
        new("cut before the final dot", [new(SmtpStage.Text)], "pending", Soon, "the connection broke off or spoke no SMTP"),
        new("cut after the final dot, before it took it", [new(SmtpStage.Dot)], "pending", Soon, "the connection broke off or spoke no SMTP"),
        new("cut after the final dot, after it took it", [new(SmtpStage.Dot, AfterAccepting: true)], "pending", Soon, "the connection broke off or spoke no SMTP", Copies: 2),
    ];

    public static TheoryData<string> Rows => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_fault_has_its_state_its_next_try_and_its_words(string name)
    {
        var row = Table.Single(row => row.Name == name);
        await using var server = new FakeSmtpServer { OffersTls = true, Login = "user:secret" };
        await using var world = WorldOf(server);
        var key = await world.AddAsync();

        await DeliverAsync(world, server, row);

        Assert.Equal((row.State, 1L, row.Words), world.Look(key));
        await LaterAsync(world, server, key, row);
    }

    [Fact]
    public async Task The_second_failure_waits_five_minutes_and_the_last_word_is_the_one_that_is_told()
    {
        await using var server = new FakeSmtpServer { OffersTls = true, Login = "user:secret" };
        await using var world = WorldOf(server);
        var key = await world.AddAsync();
        server.Next(new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy"));
        await world.DeliverAsync();
        server.Next(new(SmtpStage.Dot, "452 4.3.1 disk full"));

        await world.DeliverAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(("pending", 2L, "the server answered 452 4.3.1 disk full"), world.Look(key));
        Assert.InRange(world.DueIn(key).TotalSeconds, NextRow, NextRow * 1.1);
    }

    private static async Task DeliverAsync(DeliveryWorld world, FakeSmtpServer server, Row row)
    {
        var reached = new TaskCompletionSource();
        foreach (var fault in row.Faults)
        {
            server.Next(fault.Until is null ? fault : fault with { Until = () => Signalled(reached, fault.Until) });
        }

        var delivering = world.DeliverAsync();
        if (row.IsSlow)
        {
            await reached.Task;
            world.Clock.Advance(DeliveryWorker.AttemptTimeout);
        }

        await delivering;
    }

    /// <summary>What is dead stays so and is told; the rest arrives at its time, not before.</summary>
    private static async Task LaterAsync(DeliveryWorld world, FakeSmtpServer server, string key, Row row)
    {
        if (row.NextTry == Never)
        {
            await world.DeliverAsync(TimeSpan.FromDays(1));
            Assert.Equal("dead", world.Look(key).State);
            Assert.Equal(["ops@example.com"], server.Mails.SelectMany(mail => mail.To));
            return;
        }

        var wait = world.DueIn(key);
        Assert.InRange(wait.TotalSeconds, row.NextTry, row.NextTry * 1.1);
        await world.DeliverAsync(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal("pending", world.Look(key).State);
        await world.DeliverAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("sent", 2L, null), world.Look(key));
        Assert.Equal(row.Copies, server.Mails.Count);
        Assert.Single(server.Mails.Select(mail => mail.Message.MessageId).Distinct());
        Assert.Empty(world.Notices());
    }

    private static DeliveryWorld WorldOf(FakeSmtpServer server) => new(DeliveryWorld.Mail(server) with
    {
        Tls = TlsMode.Required,
        TrustedCertificate = server.Certificate,
        User = "user",
        Password = "secret",
    });

    private static Task Signalled(TaskCompletionSource reached, Func<Task> until)
    {
        reached.SetResult();
        return until();
    }

    /// <summary>A fault and what is to come of it.</summary>
    /// <param name="NextTry">Seconds, without the jitter.</param>
    /// <param name="Copies">How many of the mail the server has taken in the end.</param>
    private sealed record Row(string Name, SmtpFault[] Faults, string State, int NextTry, string Words, bool IsSlow = false, int Copies = 1);
}
