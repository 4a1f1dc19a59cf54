using NewsWatch.Configuration;
using NewsWatch.Storage;
using Polly;
using Polly.CircuitBreaker;

namespace NewsWatch.Delivery;

/// <summary>One channel's end: how many lanes may run, whether it is worth asking, and since when not.</summary>
internal sealed class Endpoint
{
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(2);

    /// <summary>So many failures in a row, and the endpoint is left alone.</summary>
    private const int BreakAfter = 4;

    private readonly Func<int> _lanes;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<SendResult> _breaker;
    private readonly CircuitBreakerStateProvider _state = new();
    private int _running;
    private int _troubles;
    private int _probing;
    private long _pausedUntil;
    private long _brokenUntil;

    /// <summary>An endpoint that is well.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="lanes">How many messages may be under way at once, asked each time.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="broken">Told when the breaker opens after the endpoint was well.</param>
    public Endpoint(string channel, Func<int> lanes, TimeProvider clock, Action<string> broken)
    {
        Channel = channel;
        _lanes = lanes;
        _clock = new SteadyClock(clock);
        _breaker = new ResiliencePipelineBuilder<SendResult> { TimeProvider = _clock }
            .AddCircuitBreaker(new()
            {
                FailureRatio = double.Epsilon, // what counts is failures in a row, however well the minute before went
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDurationGenerator = again => ValueTask.FromResult(Break(again.HalfOpenAttempts)),
                ShouldHandle = _ => ValueTask.FromResult(Volatile.Read(ref _troubles) >= BreakAfter),
                StateProvider = _state,
                OnOpened = opened =>
                {
                    Interlocked.Exchange(ref _brokenUntil, UnixTime.Of(_clock.GetUtcNow() + opened.BreakDuration) + 1);
                    broken(channel);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>The channel's id.</summary>
    public string Channel { get; }

    /// <summary>Lanes that may start now; each is free again when it is disposed.</summary>
    public IReadOnlyList<IDisposable> FreeLanes()
    {
        var free = new List<IDisposable>();
        while (Interlocked.Increment(ref _running) <= _lanes())
        {
            free.Add(new Lane(this));
        }

        Interlocked.Decrement(ref _running);
        return free;
    }

    /// <summary>Tries one message; false when there is none, or when the endpoint is to be left alone. After a break one lane alone goes ahead.</summary>
    public async Task<bool> TryAsync<T>(Func<Task<T?>> claim, Func<T, Task<SendResult>> attempt)
        where T : class
    {
        var now = UnixTime.Of(_clock.GetUtcNow());
        var probe = _state.CircuitState != CircuitState.Closed;
        if (now < Interlocked.Read(ref _pausedUntil)
            || (probe && (now < Interlocked.Read(ref _brokenUntil) || Interlocked.Exchange(ref _probing, 1) == 1)))
        {
            return false;
        }

        try
        {
            if (await claim() is not { } claimed)
            {
                return false;
            }

            Throttle(await GuardAsync(async () => Counted(await attempt(claimed))));
            return true;
        }
        finally
        {
            if (probe)
            {
                Interlocked.Exchange(ref _probing, 0);
            }
        }
    }

    /// <summary>What was claimed just before the breaker opened is tried all the same: left alone it would wait for its lease to end.</summary>
    private async Task<SendResult> GuardAsync(Func<Task<SendResult>> attempt)
    {
        try
        {
            return await _breaker.ExecuteAsync(async _ => await attempt());
        }
        catch (BrokenCircuitException)
        {
            return await attempt();
        }
    }

    private SendResult Counted(SendResult result)
    {
        if (result is SendResult.TryAgain { EndpointTrouble: true })
        {
            Interlocked.Increment(ref _troubles);
        }
        else
        {
            Interlocked.Exchange(ref _troubles, 0);
        }

        return result;
    }

    /// <summary>An endpoint that asks to be left alone is left alone, with all its messages.</summary>
    private void Throttle(SendResult result)
    {
        if (result is SendResult.TryAgain { RetryAfter: { } wait })
        {
            Interlocked.Exchange(ref _pausedUntil, UnixTime.Of(_clock.GetUtcNow() + wait));
        }
    }

    private static TimeSpan Break(int halfOpenAttempts)
    {
        var longer = FirstBreak * Math.Pow(2, Math.Min(halfOpenAttempts, 10));
        return longer < LongestBreak ? longer : LongestBreak;
    }

    private sealed class Lane(Endpoint endpoint) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref endpoint._running);
    }
}

/// <summary>All endpoints, one for each channel.</summary>
internal sealed class Endpoints(ConfigurationHolder configuration, TimeProvider clock, AttemptRecord record)
{
    private const int WebhookLanes = 2;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Endpoint> _all = new();

    /// <summary>The endpoint of a channel.</summary>
    public Endpoint Of(string channel) => _all.GetOrAdd(channel, id => new(id, () => Lanes(id), clock, record.EndpointBroken));

    private int Lanes(string channel) => configuration.Current.Channels.GetValueOrDefault(channel) switch
    {
        Channel.Email email => email.Connections,
        Channel.Webhook => WebhookLanes,
        _ => 1,
    };
}
