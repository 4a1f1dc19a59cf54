using NewsWatch.Configuration;
using NewsWatch.Delivery.Http;
using NewsWatch.Delivery.Sending;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;

namespace NewsWatch.Delivery;

/// <summary>
/// One channel's end: how many messages may be under way, how many a second, and whether it is worth trying at all. It learns from what comes of each
/// message, in memory and by the process's stopwatch.
/// </summary>
internal sealed class ChannelThrottle
{
    /// <summary>So many messages in a row that a rule of the server forbids, and it forbids the channel, not the recipients.</summary>
    private const int Several = 3;

    /// <summary>A connection is one too many where others carried messages so shortly before.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StandAside = TimeSpan.FromSeconds(30);

    private readonly Func<Channel?> _configured;
    private readonly TimeProvider _clock;
    private readonly ChannelSilence _silence;
    private readonly Func<bool> _isPaused;
    private readonly Breaker _breaker;
    private readonly Pace _pace;
    private readonly LaneLimit _lanes;
    private readonly HashSet<string> _forbidden = [];
    private volatile Pause? _pause;
    private volatile Stamp? _accepted;
    private Channel? _seen;

    /// <summary>An endpoint that is well.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="configured">The channel as it is configured, asked each time; null when it is not.</param>
    /// <param name="clock">The clock; only its stopwatch is used.</param>
    /// <param name="silence">Where it is written down that nothing is accepted.</param>
    /// <param name="share">What of the channel's lanes is this process's; null for all.</param>
    /// <param name="isPaused">Whether the endpoint asked any process to be left alone; null for one that never does.</param>
    public ChannelThrottle(string channel, Func<Channel?> configured, TimeProvider clock, ChannelSilence silence, WorkShare? share = null, Func<bool>? isPaused = null)
    {
        (Channel, _configured, _clock, _silence, _isPaused) = (channel, configured, clock, silence, isPaused ?? (() => false));
        (_breaker, _pace, _lanes) = (new(clock), new(clock), new(() => share?.LanesOf(channel, LanesOf(configured())) ?? LanesOf(configured()), clock));
    }

    /// <summary>The channel's id.</summary>
    public string Channel { get; }

    /// <summary>How many messages are under way.</summary>
    public int Running => _lanes.Running;

    /// <summary>Lanes that may start now; each is free again when it is disposed.</summary>
    public IReadOnlyList<IDisposable> FreeLanes()
    {
        var free = new List<IDisposable>();
        while (_lanes.TryEnter() is { } lane)
        {
            free.Add(lane);
        }

        return free;
    }

    /// <summary>Tries one message; false when there is none, or when the lane is to end.</summary>
    /// <param name="probe">Looks whether the endpoint is there, without a message; null when it is.</param>
    /// <param name="claim">Takes the next message; null when there is none.</param>
    /// <param name="attempt">Sends it and writes down what came of it.</param>
    public async Task<bool> TryAsync<T>(Func<Task<SendResult.NoConnection?>> probe, Func<Task<T?>> claim, Func<T, Task<SendResult>> attempt)
        where T : class
    {
        ForgetWhenEdited();
        if (IsPaused || _lanes.IsExceeded || !await _breaker.AllowsAsync(() => LookAsync(probe)) || !_pace.TryTake())
        {
            return false;
        }

        var begun = _clock.GetTimestamp();
        if (await claim() is not { } claimed)
        {
            _pace.GiveBack();
            return false;
        }

        Learn(await attempt(claimed), begun);
        return true;
    }

    /// <summary>Whom a server's rule concerns: the message is tried again and then dead, but never when everything is forbidden alike.</summary>
    public SendResult Judge(SendResult result, string bundle, int attempt)
    {
        if (result is not SendResult.Forbidden forbidden)
        {
            return result;
        }

        lock (_forbidden)
        {
            if (_forbidden.Count < Several)
            {
                _forbidden.Add(bundle);
            }

            return _forbidden.Count >= Several ? new SendResult.SlowDown(forbidden.Reason, StandAside)
                : attempt >= Several ? new SendResult.Refused(forbidden.Reason)
                : new SendResult.TryAgain(forbidden.Reason);
        }
    }

    // Its own pause a process counts by the stopwatch, whatever becomes of the clock; those that others were asked for it reads.
    private bool IsPaused => (_pause is { } pause && _clock.GetElapsedTime(pause.Since) < pause.Length) || _isPaused();

    private async Task<SendResult.NoConnection?> LookAsync(Func<Task<SendResult.NoConnection?>> probe)
    {
        var down = await probe();
        if (down is null)
        {
            _lanes.Forget();
        }
        else
        {
            _silence.Failed(Channel, down.Reason, isWhole: true);
        }

        return down;
    }

    private void Learn(SendResult result, long begun)
    {
        switch (result)
        {
            case SendResult.Accepted:
                Accepted();
                break;
            case SendResult.NoConnection down:
                _silence.Failed(Channel, down.Reason, isWhole: true);
                if (_accepted is not { } last || _clock.GetElapsedTime(last.At) > Lately || !_lanes.Shrink())
                {
                    _breaker.Trouble(down.Pause);
                }

                break;
            case SendResult.SlowDown slower:
                _silence.Failed(Channel, slower.Reason, isWhole: true);
                _breaker.Well();
                _pace.SlowDown(begun);
                break;
            case SendResult.TryAgain again:
                TriedInVain(again, begun);
                break;
            case SendResult.Unfinished unfinished:
                _silence.Failed(Channel, unfinished.Reason, isWhole: true);
                _breaker.Trouble();
                break;
            default:
                _breaker.Well();
                break;
        }
    }

    private void Accepted()
    {
        _accepted = new(_clock.GetTimestamp());
        _silence.Ended(Channel);
        _breaker.Well();
        _pace.Accepted();
        lock (_forbidden)
        {
            _forbidden.Clear();
        }
    }

    private void TriedInVain(SendResult.TryAgain again, long begun)
    {
        _silence.Failed(Channel, again.Reason, again.EndpointTrouble || again.Slower);
        if (again.EndpointTrouble)
        {
            _breaker.Trouble();
        }
        else
        {
            _breaker.Well();
        }

        if (again.Slower)
        {
            _pace.SlowDown(begun);
        }

        if (again.RetryAfter is { } wait)
        {
            _pause = new(_clock.GetTimestamp(), wait); // an endpoint that asks to be left alone is left alone, with all its messages
        }
    }

    /// <summary>A changed password or host is tried at once.</summary>
    private void ForgetWhenEdited()
    {
        var configured = _configured();
        if (!Equals(Interlocked.Exchange(ref _seen, configured), configured))
        {
            _breaker.Well();
            _lanes.Forget();
            _pause = null;
        }
    }

    /// <summary>How many messages may be under way over a channel, over all replicas; 1 for one that is not configured.</summary>
    public static int LanesOf(Configuration.Channel? channel) => channel switch
    {
        Configuration.Channel.Email email => email.Connections,
        Configuration.Channel.Webhook => ChannelThrottles.WebhookLanes,
        _ => 1,
    };

    private sealed record Pause(long Since, TimeSpan Length);

    private sealed record Stamp(long At);
}

/// <summary>All endpoints, one for each channel.</summary>
internal sealed class ChannelThrottles(ConfigurationHolder configuration, PausedEndpoints paused, TimeProvider clock, Progress progress, Leases leases)
{
    /// <summary>Calls of one webhook at the same time.</summary>
    public const int WebhookLanes = 2;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, ChannelThrottle> _all = new();

    /// <summary>The endpoint of a channel.</summary>
    public ChannelThrottle Of(string channel) =>
        _all.GetOrAdd(channel, id => new(id, () => configuration.Current.Channels.GetValueOrDefault(id), clock, progress.Channels, leases.Share, () => paused.IsPaused(id)));
}
