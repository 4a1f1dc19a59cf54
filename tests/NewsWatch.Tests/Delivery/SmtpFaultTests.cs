using NewsWatch.Configuration;
using NewsWatch.Delivery.Smtp;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>What a mail server can do to a mail, row by row: what becomes of it, when it is tried again, and what the ledger says.</summary>
public sealed class SmtpFaultTests
{
    private const int Never = 0;
    private const int Soon = 5;
    private const string Lost = "the connection was lost or the server did not speak SMTP";
    private static readonly Func<Task> ForEver = () => Task.Delay(Timeout.Infinite);

    private static readonly Row[] Table =
    [
        Untried("421 as greeting", new(SmtpStage.Greeting, "421 4.3.2 too busy"), "the server answered 421 4.3.2 too busy"),
        Untried("554 as greeting", new(SmtpStage.Greeting, "554 5.3.2 no service"), "the server answered 554 5.3.2 no service"),
        Untried("454 to STARTTLS", new(SmtpStage.StartTls, "454 4.7.0 no TLS now"), "the server answered 454 4.7.0 no TLS now"),
        Untried("cut in the handshake", new(SmtpStage.StartTls), Lost),
        Untried("535 to the login", new(SmtpStage.Auth, "535 5.7.8 no"), "the server refused the login: 535: 5.7.8 no", nextTry: 60),
        Untried("454 to the login", new(SmtpStage.Auth, "454 4.7.0 later"), "the server refused the login: 454: 4.7.0 later"),
        Untried("cut before the greeting", new(SmtpStage.Greeting), Lost),
        Slower("451 to the sender", new(SmtpStage.Mail, "451 4.3.0 later"), "the server answered 451 4.3.0 later"),
        Slower("452 to the sender", new(SmtpStage.Mail, "452 4.3.1 disk full"), "the server answered 452 4.3.1 disk full"),
        Slower("550 to the sender", new(SmtpStage.Mail, "550 5.7.1 not you"), "the server answered 550 5.7.1 not you"),
        Slower("421 to the recipient", new(SmtpStage.Rcpt, "421 4.7.0 goodbye"), "the server answered 421 4.7.0 goodbye"),
        Slower("452 to the recipient for the server's disk", new(SmtpStage.Rcpt, "452 4.3.1 disk full"), "the server answered 452 4.3.1 disk full"),
        Slower("451 to DATA", new(SmtpStage.Data, "451 4.3.0 later"), "the server answered 451 4.3.0 later"),
        Again("450 to the recipient", new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy"), "the server answered 450 4.2.0 mailbox busy"),
        Again("451 to the recipient", new(SmtpStage.Rcpt, "451 4.7.1 greylisted"), "the server answered 451 4.7.1 greylisted"),
        Again("452 to the recipient", new(SmtpStage.Rcpt, "452 4.2.2 mailbox full"), "the server answered 452 4.2.2 mailbox full"),
        Again("552 to the recipient", new(SmtpStage.Rcpt, "552 5.2.2 mailbox full"), "the server answered 552 5.2.2 mailbox full"),
        Again("552 to the recipient without a number", new(SmtpStage.Rcpt, "552 no room"), "the server answered 552 no room"),
        Again("554 to the recipient by a rule", new(SmtpStage.Rcpt, "554 5.7.1 barred"), "the server answered 554 5.7.1 barred"),
        Again("554 to DATA", new(SmtpStage.Data, "554 5.5.1 no"), "the server answered 554 5.5.1 no"),
        Again("421 to the text", new(SmtpStage.Dot, "421 4.3.2 shutting down"), "the server answered 421 4.3.2 shutting down"),
        Again("451 to the text", new(SmtpStage.Dot, "451 4.3.0 later"), "the server answered 451 4.3.0 later"),
        Again("452 to the text", new(SmtpStage.Dot, "452 4.3.1 disk full"), "the server answered 452 4.3.1 disk full"),
        Again("552 to the text for the mailbox", new(SmtpStage.Dot, "552 5.2.2 mailbox full"), "the server answered 552 5.2.2 mailbox full"),
        Again("550 to the text by a rule", new(SmtpStage.Dot, "550 5.7.1 spam"), "the server answered 550 5.7.1 spam"),
        Again("no answer to the recipient", new(SmtpStage.Rcpt, "250 late", ForEver), "no reply within 120 s") with { Silence = SmtpDeadline.BeginWithin },
        Again("no answer to the text, which it took", new(SmtpStage.Dot, "250 late", ForEver, AfterAccepting: true), "the whole mail was sent and no answer came within 10 min") with { Silence = SmtpDeadline.TextWithin + SmtpDeadline.AnswerWithin, Copies = 2 },
        Again("cut before the recipient", new(SmtpStage.Rcpt), Lost),
        Again("cut within the text, when all of it has left", new(SmtpStage.Text), "the whole mail was sent and the connection was lost before its answer"),
        Again("cut after the final dot, before it took it", new(SmtpStage.Dot), "the whole mail was sent and the connection was lost before its answer"),
        Again("cut after the final dot, after it took it", new(SmtpStage.Dot, AfterAccepting: true), "the whole mail was sent and the connection was lost before its answer") with { Copies = 2 },
        Dead("552 to the sender", new(SmtpStage.Mail, "552 5.3.4 too big"), "the mail is larger than the 4000 bytes that the server takes: the server answered 552 5.3.4 too big"),
        Dead("550 to the recipient", new(SmtpStage.Rcpt, "550 5.1.1 no such user"), "the server answered 550 5.1.1 no such user"),
        Dead("552 to the text", new(SmtpStage.Dot, "552 5.3.4 too big"), "the mail is larger than the 4000 bytes that the server takes: the server answered 552 5.3.4 too big"),
        Dead("554 to the text", new(SmtpStage.Dot, "554 5.6.0 not wanted"), "the server answered 554 5.6.0 not wanted"),
    ];

    public static TheoryData<string> Rows => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_fault_has_its_state_its_next_try_and_its_words(string name)
    {
        var row = Table.Single(row => row.Name == name);
        await using var server = new FakeSmtpServer { OffersTls = true, Login = "user:secret", Size = 4000 };
        await using var world = WorldOf(server);
        var key = await world.AddAsync();

        await DeliverAsync(world, server, row);

        Assert.Equal((row.State, row.Attempts, row.Words), world.Look(key));
        await LaterAsync(world, server, key, row);
    }

    [Fact]
    public async Task The_second_failure_waits_for_the_next_row_and_the_last_word_is_the_one_that_is_told()
    {
        await using var server = new FakeSmtpServer { OffersTls = true, Login = "user:secret" };
        await using var world = WorldOf(server);
        var key = await world.AddAsync();
        server.Next(new(SmtpStage.Rcpt, "450 4.2.0 mailbox busy"));
        await world.DeliverAsync();
        server.Next(new(SmtpStage.Dot, "452 4.3.1 disk full"));

        await world.DeliverAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(("pending", 2L, "the server answered 452 4.3.1 disk full"), world.Look(key));
        Assert.InRange(world.DueIn(key).TotalSeconds, 25, 25 * 1.1);
    }

    private static async Task DeliverAsync(DeliveryWorld world, FakeSmtpServer server, Row row)
    {
        var reached = new TaskCompletionSource();
        for (var time = 0; time < row.Times; time++)
        {
            server.Next(row.Fault.Until is null ? row.Fault : row.Fault with { Until = () => Signalled(reached, row.Fault.Until) });
        }

        var delivering = world.DeliverAsync();
        if (row.Silence is { } silence)
        {
            await reached.Task;
            world.Clock.Advance(silence - TimeSpan.FromMilliseconds(1));
            Assert.False(delivering.IsCompleted);
            world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await delivering;
    }

    /// <summary>What is dead stays so and is told; the rest arrives at its time, not before.</summary>
    private static async Task LaterAsync(DeliveryWorld world, FakeSmtpServer server, string key, Row row)
    {
        if (row.State == "dead")
        {
            await world.DeliverAsync(TimeSpan.FromDays(1));
            Assert.Equal("dead", world.Look(key).State);
            Assert.Equal(["ops@example.com"], server.Mails.SelectMany(mail => mail.To));
            return;
        }

        var due = world.DueIn(key);
        Assert.InRange(due.TotalSeconds, row.Due, row.Due * 1.1);
        var wait = row.Attempts == 0 ? TimeSpan.FromSeconds(row.NextTry) : due;
        await world.DeliverAsync(wait - TimeSpan.FromMilliseconds(1));
        Assert.Equal("pending", world.Look(key).State);
        await world.DeliverAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("sent", row.Attempts + 1, null), world.Look(key));
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

    /// <summary>There is no connection to try it over, four times: it waits for the next look at the server.</summary>
    private static Row Untried(string name, SmtpFault fault, string words, int nextTry = Soon) => new(name, fault, "pending", 0, words, Due: 0, nextTry, Times: 4);

    /// <summary>The channel gets slower, the message goes back.</summary>
    private static Row Slower(string name, SmtpFault fault, string words) => new(name, fault, "pending", 0, words, Due: 5, Soon);

    private static Row Again(string name, SmtpFault fault, string words) => new(name, fault, "pending", 1, words, Due: 5, Soon);

    private static Row Dead(string name, SmtpFault fault, string words) => new(name, fault, "dead", 1, words, Due: 0, Never);

    /// <summary>A fault and what is to come of it.</summary>
    /// <param name="Attempts">How many the ledger counts; 0 when the message was put back.</param>
    /// <param name="Due">Seconds, without the jitter.</param>
    /// <param name="NextTry">Seconds until it is tried.</param>
    /// <param name="Times">How often the fault happens.</param>
    private sealed record Row(string Name, SmtpFault Fault, string State, long Attempts, string Words, int Due, int NextTry, int Times = 1)
    {
        /// <summary>How long the server says nothing, before that is a failure.</summary>
        public TimeSpan? Silence { get; init; }

        /// <summary>How many of the mail the server has taken in the end.</summary>
        public int Copies { get; init; } = 1;
    }
}
