using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using NewsWatch.Backtest;
using NewsWatch.Desk.Frames;

namespace NewsWatch.Desk;

/// <summary>What an open page follows: numbers of the moment, so that a stream that broke off has missed nothing when it is open again.</summary>
/// <param name="Backtest">The number of the backtest that runs; 0 for none.</param>
/// <param name="BacktestShare">How much of it is done, in percent.</param>
internal sealed record LivePulse(bool Ready, int BadSources, int Dead, int Pending, long WaitingItems, long NewestAlert, long NewestReading, long Backtest, int BacktestShare)
{
    public static LivePulse From(Pulse pulse, (long Id, int Share) backtest) =>
        new(pulse.Ready, pulse.BadSources, pulse.Dead, pulse.Pending, pulse.Counts.WaitingItems, pulse.Counts.NewestAlert, pulse.Counts.NewestReading, backtest.Id, backtest.Share);
}

/// <summary>Server-sent events for open pages: one when a number changes, and one every 15 seconds to show that the stream lives. At most 50 streams at a time.</summary>
internal sealed class Live(PulseReader reader, BacktestQueue backtests, TimeProvider clock, IHostApplicationLifetime life)
{
    /// <summary>Streams at a time.</summary>
    public const int MaxStreams = 50;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);
    private int _open;

    /// <summary>Streams that are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Opens a stream; 503 where there are too many.</summary>
    public IResult Follow(HttpContext context)
    {
        if (Interlocked.Increment(ref _open) > MaxStreams)
        {
            Interlocked.Decrement(ref _open);
            context.Response.Headers.RetryAfter = "15";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _open);
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(PulsesAsync(context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<LivePulse>> PulsesAsync([EnumeratorCancellation] CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, life.ApplicationStopping);
        using var beat = new PeriodicTimer(Beat, clock);
        LivePulse? last = null;
        var said = clock.GetTimestamp();
        do
        {
            var pulse = LivePulse.From(reader.Read(), backtests.Running);
            if (pulse != last || clock.GetElapsedTime(said) >= MaxSilence)
            {
                (last, said) = (pulse, clock.GetTimestamp());
                yield return new(pulse, "pulse");
            }
        }
        while (await NextAsync(beat, end.Token));
    }

    private static async Task<bool> NextAsync(PeriodicTimer beat, CancellationToken end)
    {
        try
        {
            return await beat.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false; // the page is closed, or the service stops
        }
    }
}
