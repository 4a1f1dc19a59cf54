using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>Against a second real mail server: OpenSMTPD, which says some things in other words than Postfix.</summary>
public sealed class OpenSmtpTests : IDisposable
{
    private readonly CancellationTokenSource _tooLong = new(TimeSpan.FromMinutes(2));

    public void Dispose() => _tooLong.Dispose();

    [OpenSmtpFact]
    public async Task A_burst_of_mails_arrives_each_once()
    {
        await using var sink = new FakeSmtpServer();
        await using var server = await OpenSmtpServer.StartAsync(sink.Port, _tooLong.Token);
        await using var world = await WorldAsync(server, count: 200);

        await DeliverAllAsync(world, server);

        Assert.All(Ledger(world), row => Assert.Equal(("sent", 1L), (row.State, row.Attempts)));
        var arrived = new List<string?>();
        while (arrived.Count < 200)
        {
            arrived.Add((await sink.NextAsync(_tooLong.Token)).MessageId);
        }

        Assert.Distinct(arrived);
    }

    [OpenSmtpFact]
    public async Task A_recipient_that_it_refuses_is_dead_by_its_own_words()
    {
        await using var sink = new FakeSmtpServer();
        await using var server = await OpenSmtpServer.StartAsync(sink.Port, _tooLong.Token, "match from any for domain example.com reject");
        await using var world = await WorldAsync(server, count: 1);

        await DeliverAllAsync(world, server);

        var row = Assert.Single(Ledger(world));
        Assert.Equal("dead", row.State);
        Assert.Matches("^the server answered 550 ", row.Error);
    }

    [OpenSmtpFact]
    public async Task A_mail_larger_than_its_limit_is_dead_by_true_words()
    {
        await using var sink = new FakeSmtpServer();
        await using var server = await OpenSmtpServer.StartAsync(sink.Port, _tooLong.Token, "smtp max-message-size 2000");
        await using var world = await WorldAsync(server, count: 1);

        await DeliverAllAsync(world, server);

        var row = Assert.Single(Ledger(world));
        Assert.Equal("dead", row.State);
        Assert.StartsWith("the mail is larger than the 2000 bytes that the server takes", row.Error, StringComparison.Ordinal);
    }

    /// <summary>Until nothing waits; a server that does not listen yet costs no attempt.</summary>
    private async Task DeliverAllAsync(DeliveryWorld world, OpenSmtpServer server)
    {
        while (Ledger(world).Any(row => row.State is not ("sent" or "dead")))
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
            Assert.False(_tooLong.IsCancellationRequested, server.Log);
        }
    }

    private static async Task<DeliveryWorld> WorldAsync(OpenSmtpServer server, int count)
    {
        var world = new DeliveryWorld(server.Channel);
        for (var alert = 0; alert < count; alert++)
        {
            await world.AddAsync();
        }

        return world;
    }

    private static IReadOnlyList<(string State, long Attempts, string? Error)> Ledger(DeliveryWorld world) => world.Database.Read(db =>
        Stored.Rows<(string, long, string?)>(db, "delivery", "state, attempts, last_error", new { kind = new[] { "alert", "group", "digest", "cap", "test" } }));
}
