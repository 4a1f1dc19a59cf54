using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>Against a real mail server that gives way: Postfix with greylisting, limits, a full disk, a small mail and no relaying.</summary>
public sealed class PostfixLimitTests : IDisposable
{
    private const int Some = 48;
    private readonly CancellationTokenSource _tooLong = new(TimeSpan.FromMinutes(2));

    public void Dispose() => _tooLong.Dispose();

    [PostfixFact]
    public async Task Greylisting_of_a_minute_costs_at_most_seventy_five_seconds()
    {
        DeliveryWorld? world = null;
        DateTimeOffset? first = null;
        await using var policy = new RawServer(async (wire, stop) =>
        {
            using var reader = new StreamReader(wire);
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (line.Length == 0)
                {
                    first ??= world!.Clock.GetUtcNow();
                    var action = world!.Clock.GetUtcNow() - first > TimeSpan.FromSeconds(60) ? "dunno" : "defer_if_permit 4.2.0 Greylisted";
                    await wire.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"action={action}\n\n"), stop);
                }
            }
        });
        await using var sink = new FakeSmtpServer();
        await using var postfix = await StartAsync(sink, $"smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{policy.Port}, permit");
        await using var opened = world = new DeliveryWorld(postfix.Channel with { Connections = 2 }) { TrustsAll = false };
        var key = await world.AddAsync();

        for (var second = 0; second < 75; second++)
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(("sent", 4L, null), world.Look(key));
    }

    [PostfixFact]
    public async Task A_limit_of_two_connections_puts_off_nothing_and_nobody_is_told()
    {
        await using var sink = new FakeSmtpServer();
        await using var postfix = await StartAsync(sink, "smtpd_client_connection_count_limit = 2");
        await using var world = await WorldAsync(postfix, count: 300);

        for (var sweep = 0; sweep < 10 && Ledger(world).Any(row => row.State != "sent"); sweep++)
        {
            await world.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        Assert.All(Ledger(world), row => Assert.Equal(("sent", 1L), (row.State, row.Attempts)));
        Assert.Empty(world.Notices());
        Assert.Contains("Connection concurrency limit exceeded", postfix.Log, StringComparison.Ordinal);
    }

    [PostfixFact]
    public async Task A_limit_of_messages_a_second_is_kept_to_without_an_attempt_lost()
    {
        await using var sink = new FakeSmtpServer();
        await using var postfix = await StartAsync(sink, "smtpd_client_message_rate_limit = 10", "anvil_rate_time_unit = 2s");
        await using var world = await WorldAsync(postfix, Some);

        while (Ledger(world).Any(row => row.State != "sent"))
        {
            await world.DeliverAsync(TimeSpan.FromMilliseconds(100));
            _tooLong.Token.ThrowIfCancellationRequested();
        }

        Assert.All(Ledger(world), row => Assert.Equal(1L, row.Attempts));
        Assert.Contains("Message delivery request rate limit exceeded", postfix.Log, StringComparison.Ordinal);
    }

    [PostfixFact]
    public async Task A_full_disk_and_a_denied_relay_keep_every_message()
    {
        await using var sink = new FakeSmtpServer();
        await using var full = await StartAsync(sink, "queue_minfree = 4000000000000");
        await using var denied = await StartAsync(sink, "smtpd_relay_restrictions = reject");
        await using var waiting = await WorldAsync(full, Some);
        await using var kept = await WorldAsync(denied, Some);

        for (var second = 0; second < 60; second++)
        {
            await waiting.DeliverAsync(TimeSpan.FromSeconds(1));
            await kept.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        Assert.All(Ledger(waiting), row => Assert.Equal(("pending", 0L), (row.State, row.Attempts)));
        Assert.Contains("the server answered 452 4.3.1 Insufficient system storage", Ledger(waiting).Select(row => row.Error));
        Assert.All(Ledger(kept), row => Assert.Equal("pending", row.State));
        Assert.Matches("^the server answered 554 5.7.1 .*Access denied", Ledger(kept).First(row => row.Error is not null).Error);
    }

    [PostfixFact]
    public async Task A_mail_larger_than_the_limit_is_dead_by_true_words()
    {
        await using var sink = new FakeSmtpServer();
        await using var postfix = await StartAsync(sink, "message_size_limit = 3000");
        await using var world = await WorldAsync(postfix, count: 1);

        await world.DeliverAsync();

        var row = Ledger(world)[0];
        Assert.Equal(("dead", "the mail is larger than the 3000 bytes that the server takes: the server answered 552 5.3.4 Message size exceeds fixed limit"), (row.State, row.Error));
    }

    private Task<PostfixServer> StartAsync(FakeSmtpServer sink, params string[] settings) =>
        PostfixServer.StartAsync(sink.Port, _tooLong.Token, ["smtpd_client_event_limit_exceptions =", .. settings]);

    private static async Task<DeliveryWorld> WorldAsync(PostfixServer postfix, int count)
    {
        var world = new DeliveryWorld(postfix.Channel) { TrustsAll = false };
        for (var alert = 0; alert < count; alert++)
        {
            await world.AddAsync();
        }

        return world;
    }

    private static IReadOnlyList<(string State, long Attempts, string? Error)> Ledger(DeliveryWorld world) => world.Database.Read(db =>
        Stored.Rows<(string, long, string?)>(db, "delivery", "state, attempts, last_error", new { kind = new[] { "alert", "group", "digest", "cap", "test" } }));
}
