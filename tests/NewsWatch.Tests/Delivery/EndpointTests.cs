using Microsoft.Extensions.Time.Testing;
using NewsWatch.Delivery;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Delivery;

public sealed class EndpointTests
{
    private static readonly SendResult Well = new SendResult.Accepted("250 ok");
    private static readonly SendResult Down = new SendResult.TryAgain("no connection", EndpointTrouble: true);
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task Four_failures_in_a_row_end_the_asking_however_well_the_minute_before_went()
    {
        var endpoint = Endpoint();
        for (var mail = 0; mail < 1000; mail++)
        {
            await TryAsync(endpoint, Well);
        }

        Assert.Equal([true, true, true, true, false, false], await TriesAsync(endpoint, Down, 6));
        Assert.Equal(["mail"], _told);
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
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_dead_endpoint_is_asked_ever_more_rarely_up_to_two_minutes_by_one_message_alone()
    {
        var endpoint = Endpoint();
        await TriesAsync(endpoint, Down, 4);

        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 120, 120 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(10));
            Assert.False(await TryAsync(endpoint, Down));
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            Assert.Equal([true, false, false], await TriesAsync(endpoint, Down, 3));
        }
    }

    [Fact]
    public async Task While_one_message_tries_whether_it_is_well_again_no_other_is_begun_and_its_success_opens_all_lanes()
    {
        var endpoint = Endpoint();
        await TriesAsync(endpoint, Down, 4);
        _clock.Advance(TimeSpan.FromSeconds(6));
        var answer = new TaskCompletionSource<SendResult>();
        var first = endpoint.TryAsync(() => Task.FromResult<string?>("claimed"), _ => answer.Task);

        Assert.False(await TryAsync(endpoint, Well));
        answer.SetResult(Well);

        Assert.True(await first);
        Assert.Equal([true, true, true, true, false], await TriesAsync(endpoint, Down, 5));
    }

    [Fact]
    public async Task What_was_claimed_while_the_breaker_opened_is_tried_and_does_not_wait_for_its_lease()
    {
        var endpoint = Endpoint();
        var claim = new TaskCompletionSource<string?>();
        var tried = 0;
        var slow = endpoint.TryAsync(() => claim.Task, _ => Task.FromResult(++tried > 0 ? Down : Well));
        await TriesAsync(endpoint, Down, 4);

        claim.SetResult("claimed");

        Assert.True(await slow);
        Assert.Equal(1, tried);
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task A_jump_of_the_clock_neither_shortens_a_break_nor_prolongs_it(int days)
    {
        var clock = new JumpingClock(_clock);
        var (broken, paused) = (new Endpoint("mail", () => 4, clock, _told.Add), new Endpoint("hook", () => 4, clock, _told.Add));
        await TriesAsync(broken, Down, 4);
        await TryAsync(paused, new SendResult.TryAgain("too many", TimeSpan.FromSeconds(60)));

        clock.SetBy = TimeSpan.FromDays(days);
        Assert.False(await TryAsync(broken, Well));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.True(await TryAsync(broken, Well));
        Assert.False(await TryAsync(paused, Well));
        _clock.Advance(TimeSpan.FromSeconds(55));
        Assert.True(await TryAsync(paused, Well));
    }

    private Endpoint Endpoint() => new("mail", () => 4, _clock, _told.Add);

    private static Task<bool> TryAsync(Endpoint endpoint, SendResult result) => endpoint.TryAsync(() => Task.FromResult<string?>("claimed"), _ => Task.FromResult(result));

    private static async Task<List<bool>> TriesAsync(Endpoint endpoint, SendResult result, int count)
    {
        var tried = new List<bool>();
        for (var attempt = 0; attempt < count; attempt++)
        {
            tried.Add(await TryAsync(endpoint, result));
        }

        return tried;
    }
}
