using NewsWatch.Storage.Deliveries;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>What often comes in numbers reaches the operator in few messages, what needs him at once comes at once.</summary>
public sealed class GatheredNoticesTests : IAsyncLifetime
{
    private readonly FakeSmtpServer _server = new();
    private DeliveryWorld _world = null!;

    public Task InitializeAsync()
    {
        _world = new(DeliveryWorld.Mail(_server));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Notices_of_one_kind_come_a_minute_later_in_one_mail_that_names_each()
    {
        for (var source = 1; source <= 32; source++)
        {
            await TellAsync($"s{source}");
            await _world.DeliverAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(_server.Mails);
        await _world.DeliverAsync(TimeSpan.FromSeconds(28));

        var mail = Assert.Single(_server.Mails).Message;
        Assert.Equal("[NewsWatch] 32 of 300 sources are failing since 18:45 UTC", mail.Subject);
        var text = mail.TextBody!.ReplaceLineEndings(" ");
        Assert.All(Enumerable.Range(1, 32), source => Assert.Contains($"Source s{source} is failing. Since 18:45", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_alone_comes_as_itself_and_another_kind_has_its_own_mail()
    {
        await TellAsync("a");
        await TellAsync("b", "stale", "has gone quiet");
        await _world.DeliverAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["[NewsWatch] Source a is failing", "[NewsWatch] Source b has gone quiet"], _server.Mails.Select(mail => mail.Message.Subject).Order());
    }

    [Fact]
    public async Task After_the_second_mail_of_a_kind_the_next_is_the_summary_of_a_day()
    {
        for (var minute = 0; minute < 30 * 60; minute += 10)
        {
            await TellAsync($"s{minute}");
            await _world.DeliverAsync(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(
            ["[NewsWatch] Source s0 is failing", "[NewsWatch] 6 of 300 sources are failing since 18:55 UTC", "[NewsWatch] 144 of 300 sources are failing since 19:55 UTC"],
            _server.Mails.Select(mail => mail.Message.Subject));
    }

    [Fact]
    public async Task What_the_operator_must_act_on_comes_at_once()
    {
        await _world.Database.WriteAsync(db => NoticeStore.Add(db, new("configuration/1", "The configuration was refused", "x"), ["ops@example.com"], "mail", _world.Clock.GetUtcNow()));
        await _world.DeliverAsync();

        Assert.Single(_server.Mails);
    }

    [Fact]
    public async Task A_notice_that_was_told_is_gathered_no_second_time()
    {
        await TellAsync("a");
        await TellAsync("a");

        Assert.Equal(1, _world.Database.Read(db => Stored.Count(db, "delivery")));
    }

    private Task TellAsync(string source, string state = "failing", string words = "is failing") => _world.Database.WriteAsync(db => NoticeStore.Add(
        db,
        new($"source/{source}/{state}/1", $"Source {source} {words}", "Since 18:45: the server answered 503.") { Gathering = new($"source-{state}", $"of 300 sources are {state}") },
        ["ops@example.com"],
        "mail",
        _world.Clock.GetUtcNow()));
}
