using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Delivery;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage.Work;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

/// <summary>What a channel's end learns from what comes of its messages.</summary>
public sealed class ChannelThrottleTests
{
    private static readonly SendResult Well = new SendResult.Accepted("250 ok");
    private static readonly SendResult.NoConnection Down = new("no connection");
    private static readonly SendResult TooMuch = new SendResult.SlowDown("450 too much mail", TimeSpan.FromSeconds(5));
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private readonly FakeTimeProvider _clock = new();
    private Channel? _channel = new Channel.Email("mail") { Host = "127.0.0.1", From = "alerts@example.com", Connections = 4 };
    private SendResult.NoConnection? _probe = Down;
    private int _probes;

    [Fact]
    public async Task Four_failures_in_a_row_end_the_asking_however_well_the_minute_before_went()
    {
        var endpoint = Endpoint();
        for (var mail = 0; mail < 1000; mail++)
        {
            await TryAsync(endpoint, Well);
        }

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([true, true, true, true, false, false], await TriesAsync(endpoint, Down, 6));
    }

    [Fact]
    public async Task Failures_that_others_succeed_between_or_that_are_a_messages_own_break_nothing()
    {
        var endpoint = Endpoint();
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal([true, true, true], await TriesAsync(endpoint, Down, 3));
            Assert.True(await TryAsync(endpoint, Well));
        }

        Assert.Equal(Enumerable.Repeat(true, 20), await TriesAsync(endpoint, new SendResult.TryAgain("mailbox busy"), 20));
    }

    [Fact]
    public async Task A_dead_endpoint_is_looked_at_every_five_seconds_without_a_message()
    {
        var endpoint = Endpoint();
        await TriesAsync(endpoint, Down, 4);

        for (var look = 1; look <= 100; look++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5) - Tick);
            Assert.False(await TryAsync(endpoint, Well));
            Assert.Equal(look - 1, _probes);
            _clock.Advance(Tick);
            Assert.Equal([false, false], await TriesAsync(endpoint, Well, 2));
            Assert.Equal(look, _probes);
        }

        _probe = null;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await TryAsync(endpoint, Well));
    }

    [Fact]
    public async Task A_login_that_is_refused_is_tried_once_a_minute_and_at_once_when_the_channel_is_edited()
    {
        var endpoint = Endpoint();
        var refused = _probe = new("the server refused the login", TimeSpan.FromMinutes(1));
        await TriesAsync(endpoint, refused, 4);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(await TryAsync(endpoint, Well));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await TryAsync(endpoint, Well));
        Assert.Equal(1, _probes);

        _channel = ((Channel.Email)_channel!) with { Password = "another" };
        Assert.True(await TryAsync(endpoint, Well));
    }

    [Fact]
    public async Task While_one_looks_no_other_does_and_its_success_opens_all_lanes_and_the_next_failure_ends_the_asking()
    {
        var endpoint = Endpoint();
        await TriesAsync(endpoint, Down, 4);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var answer = new TaskCompletionSource<SendResult.NoConnection?>();
        var first = endpoint.TryAsync(() => answer.Task, Claimed, _ => Task.FromResult(Well));

        Assert.False(await TryAsync(endpoint, Well));
        answer.SetResult(null);

        Assert.True(await first);
        Assert.Equal([true, true, true, true, false], await TriesAsync(endpoint, new SendResult.TryAgain("500", EndpointTrouble: true), 5));
        _probe = null;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([true, false], await TriesAsync(endpoint, Down, 2));
    }

    [Fact]
    public async Task A_server_that_allows_two_connections_gets_two_until_it_allows_more()
    {
        var endpoint = Endpoint();
        var lanes = endpoint.FreeLanes();
        await TriesAsync(endpoint, Well, 2);

        await TriesAsync(endpoint, Down, 1);
        Assert.False(await TryAsync(endpoint, Well)); // four run where three may
        lanes[3].Dispose();
        await TriesAsync(endpoint, Down, 1);
        lanes[2].Dispose();

        Assert.Empty(endpoint.FreeLanes());
        Assert.Equal(Enumerable.Repeat(true, 20), await TriesAsync(endpoint, Well, 20));
        _clock.Advance(TimeSpan.FromMinutes(2) - Tick);
        Assert.Empty(endpoint.FreeLanes());
        _clock.Advance(Tick);
        Assert.Single(endpoint.FreeLanes());
    }

    [Fact]
    public async Task A_server_that_came_back_gets_all_lanes_again()
    {
        var endpoint = Endpoint();
        var lanes = endpoint.FreeLanes();
        await TryAsync(endpoint, Well);
        foreach (var lane in lanes.Skip(1))
        {
            await TryAsync(endpoint, Down);
            lane.Dispose();
        }

        lanes[0].Dispose();
        await TriesAsync(endpoint, Down, 4);
        _probe = null;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await TryAsync(endpoint, Well));

        Assert.Equal(4, endpoint.FreeLanes().Count);
    }

    [Fact]
    public async Task A_limit_of_ten_a_minute_takes_forty_eight_messages_in_six_minutes()
    {
        var endpoint = Endpoint();
        var (sent, start, asked) = (0, _clock.GetTimestamp(), 0);
        while (sent < 48 && _clock.GetElapsedTime(start) < TimeSpan.FromMinutes(10))
        {
            var (window, inWindow) = ((int)_clock.GetElapsedTime(start).TotalMinutes, sent);
            while (await endpoint.TryAsync(Probe, Claimed, _ => Task.FromResult(Server())))
            {
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
            SendResult Server()
            {
                asked++;
                return sent < 10 * (window + 1) && ++sent > 0 ? Well : TooMuch;
            }
        }

        Assert.Equal(48, sent);
        Assert.InRange(_clock.GetElapsedTime(start), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
        Assert.InRange(asked - sent, 1, 60);
    }

    [Fact]
    public async Task The_pace_halves_once_for_what_was_under_way_together_and_grows_back_within_two_minutes()
    {
        var endpoint = Endpoint();
        await TriesAsync(endpoint, Well, 400);
        var answers = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource<SendResult>()).ToList();
        var underWay = answers.Select(answer => endpoint.TryAsync(Probe, Claimed, _ => answer.Task)).ToList();
        _clock.Advance(Tick);

        answers.ForEach(answer => answer.SetResult(TooMuch));
        await Task.WhenAll(underWay);

        Assert.InRange(await InASecondAsync(endpoint), 190, 200);
        for (var second = 0; second < 120; second++)
        {
            await InASecondAsync(endpoint);
        }

        Assert.Equal(2000, await InASecondAsync(endpoint));
    }

    [Fact]
    public async Task A_rule_that_forbids_three_messages_in_a_row_keeps_them_and_one_that_forbids_one_recipient_is_final()
    {
        var endpoint = Endpoint();
        var forbidden = new SendResult.Forbidden("554 5.7.1 relay denied");

        Assert.IsType<SendResult.TryAgain>(endpoint.Judge(forbidden, "1", 1));
        Assert.IsType<SendResult.TryAgain>(endpoint.Judge(forbidden, "1", 2));
        Assert.IsType<SendResult.Refused>(endpoint.Judge(forbidden, "1", 3));
        Assert.IsType<SendResult.TryAgain>(endpoint.Judge(forbidden, "2", 1));
        Assert.Equal(
            Enumerable.Repeat(typeof(SendResult.SlowDown), 48),
            Enumerable.Range(3, 48).Select(message => endpoint.Judge(forbidden, $"{message}", 9).GetType()));

        await TryAsync(endpoint, Well);
        Assert.IsType<SendResult.Refused>(endpoint.Judge(forbidden, "1", 3));
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task A_jump_of_the_clock_neither_shortens_a_break_nor_prolongs_it(int days)
    {
        var clock = new JumpingClock(_clock);
        var (broken, paused, slow) = (Endpoint(clock), Endpoint(clock), Endpoint(clock));
        await TriesAsync(broken, Down, 4);
        await TryAsync(paused, new SendResult.TryAgain("too many", TimeSpan.FromSeconds(60)));
        await TryAsync(slow, TooMuch);
        _probe = null;

        clock.SetBy = TimeSpan.FromDays(days);
        Assert.False(await TryAsync(broken, Well) || await TryAsync(slow, Well));
        _clock.Advance(TimeSpan.FromSeconds(8));
        Assert.True(await TryAsync(broken, Well) && await TryAsync(slow, Well));
        Assert.False(await TryAsync(paused, Well));
        _clock.Advance(TimeSpan.FromSeconds(52));
        Assert.True(await TryAsync(paused, Well));
    }

    private ChannelThrottle Endpoint(TimeProvider? clock = null) => new("mail", () => _channel, clock ?? _clock, new ChannelSilence(clock ?? _clock));

    private async Task<int> InASecondAsync(ChannelThrottle endpoint)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        var sent = 0;
        while (sent < 2000 && await TryAsync(endpoint, Well))
        {
            sent++;
        }

        return sent;
    }

    private static Task<string?> Claimed() => Task.FromResult<string?>("claimed");

    private Task<SendResult.NoConnection?> Probe()
    {
        _probes++;
        return Task.FromResult(_probe);
    }

    private Task<bool> TryAsync(ChannelThrottle endpoint, SendResult result) => endpoint.TryAsync(Probe, Claimed, _ => Task.FromResult(result));

    private async Task<List<bool>> TriesAsync(ChannelThrottle endpoint, SendResult result, int count)
    {
        var tried = new List<bool>();
        for (var attempt = 0; attempt < count; attempt++)
        {
            tried.Add(await TryAsync(endpoint, result));
        }

        return tried;
    }
}
