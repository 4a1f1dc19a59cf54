using MimeKit;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>Against a real mail server: Postfix with STARTTLS and a login, which passes everything on to a sink.</summary>
public sealed class PostfixTests : IDisposable
{
    private const int Burst = 1000;
    private readonly CancellationTokenSource _tooLong = new(TimeSpan.FromMinutes(2));

    public void Dispose() => _tooLong.Dispose();

    [PostfixFact]
    public async Task One_alert_goes_over_STARTTLS_and_a_login_and_the_ledger_has_the_servers_answer()
    {
        await using var sink = new FakeSmtpServer();
        await using var postfix = await PostfixServer.StartAsync(sink.Port, _tooLong.Token);
        await using var world = new DeliveryWorld(postfix.Channel) { TrustsAll = false };
        var key = await world.AddAsync();

        await world.DeliverAsync();

        Assert.Equal(("sent", 1L, null), world.Look(key));
        var mail = await sink.NextAsync(_tooLong.Token);
        Assert.Contains("with ESMTPSA id", mail.Headers[HeaderId.Received], StringComparison.Ordinal); // RFC 3848: S for TLS, A for the login
        Assert.Equal($"2.0.0 Ok: queued as {QueueId(mail)}", Assert.Single(Ledger(world)).Reply);
    }

    [PostfixFact]
    public async Task A_wrong_password_or_a_certificate_that_nobody_vouches_for_sends_nothing()
    {
        await using var sink = new FakeSmtpServer();
        await using var postfix = await PostfixServer.StartAsync(sink.Port, _tooLong.Token);
        await using var wrong = new DeliveryWorld(postfix.Channel with { Password = "guessed" });
        await using var unknown = new DeliveryWorld(postfix.Channel with { TrustedCertificate = null }) { TrustsAll = false };
        var (refused, distrusted) = (await wrong.AddAsync(), await unknown.AddAsync());

        await wrong.DeliverAsync();
        await unknown.DeliverAsync();

        Assert.Matches("^the server refused the login: 535: 5.7.8 .*authentication failed", wrong.Look(refused).Error);
        Assert.Equal(("pending", 0L, "the server is not trusted: its certificate comes from an untrusted authority"), unknown.Look(distrusted));
        Assert.Empty(sink.Accepted);
    }

    [PostfixFact]
    public async Task A_burst_of_a_thousand_loses_nothing_while_the_server_is_killed_twice_and_the_ledger_knows_of_each_copy()
    {
        await using var sink = new FakeSmtpServer();
        await using var postfix = await PostfixServer.StartAsync(sink.Port, _tooLong.Token);
        await using var world = new DeliveryWorld(postfix.Channel) { TrustsAll = false };
        await Task.WhenAll(Enumerable.Range(0, Burst).Select(_ => world.AddAsync()));
        var seen = new List<MimeMessage>();
        foreach (var killAt in new[] { Burst / 4, Burst * 3 / 4 })
        {
            using var killed = CancellationTokenSource.CreateLinkedTokenSource(_tooLong.Token);
            var sends = DeliverUntilAsync(world, killed.Token);
            await SeeAsync(sink, seen, () => seen.Count >= killAt);
            await postfix.KillAsync();
            await killed.CancelAsync();
            await sends;
            await postfix.StartAsync(_tooLong.Token);
        }

        while (Ledger(world).Any(row => row.State != "sent"))
        {
            await world.DeliverAsync(TimeSpan.FromMinutes(10));
            _tooLong.Token.ThrowIfCancellationRequested();
        }

        var ledger = Ledger(world);
        await SeeAsync(sink, seen, () => ledger.Select(row => row.Reply.Split(' ')[^1]).Except(seen.Select(QueueId)).Any() is false);
        var handedOver = seen.GroupBy(mail => mail.MessageId!, QueueId).ToDictionary(copies => copies.Key, copies => copies.Distinct().ToList());

        Assert.InRange(ledger.Count, Burst, Burst + 1); // the operator may have been told that the channel took nothing
        Assert.Equal(ledger.Select(row => row.MessageId).Order(), handedOver.Keys.Order());
        Assert.InRange(handedOver.Values.Sum(ids => ids.Count) - ledger.Count, 0, 2 * postfix.Channel.Connections);
        Assert.All(ledger, row => Assert.True(row.Attempts >= handedOver[row.MessageId].Count, $"{row.MessageId}: {row.Attempts} attempts, {handedOver[row.MessageId].Count} copies"));
        Assert.InRange(ledger.Count(row => row.Attempts > 1), 0, 2 * postfix.Channel.Connections); // what had not left entirely was not tried
    }

    /// <summary>Sweeps on and on: after a break one message goes alone, and the sink may have it before NewsWatch has read the answer that lets the others go.</summary>
    private static async Task DeliverUntilAsync(DeliveryWorld world, CancellationToken stop)
    {
        await world.DeliverAsync(TimeSpan.FromMinutes(10));
        while (!stop.IsCancellationRequested)
        {
            await world.DeliverAsync();
        }
    }

    private async Task SeeAsync(FakeSmtpServer sink, List<MimeMessage> seen, Func<bool> enough)
    {
        while (!enough())
        {
            seen.Add(await sink.NextAsync(_tooLong.Token));
        }
    }

    /// <summary>The name Postfix gave to what was handed over; its own copies carry the same.</summary>
    private static string QueueId(MimeMessage mail) => mail.Headers[HeaderId.Received]!.Split(" id ")[1].Split([' ', ';', '\r', '\n', '\t'])[0];

    private static IReadOnlyList<(string MessageId, string State, long Attempts, string Reply)> Ledger(DeliveryWorld world) => world.Database.Read(db =>
        Stored.Rows<(string, string, long, string)>(db, "delivery", "message_id, state, attempts, reply"));
}
