using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage.Shares;
using Polly;
using Polly.Retry;

namespace NewsWatch.Storage.Work;

/// <summary>
/// The shape of every loop that runs in the background: a turn, and another one, until the service stops. Nothing that a turn throws ends the loop or the
/// service: the turn is tried again after 1 to 30 s, the log says so once for each kind of trouble, and health says it for as long as it lasts.
/// </summary>
public sealed partial class ServiceLoop
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private const int MaxAwayJitter = 2_000;
    private static readonly ResiliencePropertyKey<string> LoopName = new("loop");

    private readonly ConcurrentDictionary<string, LoopTrouble> _troubles = new();
    private readonly ResiliencePipeline _again;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly WorkShare _share;

    /// <summary>The loops of a process.</summary>
    /// <param name="share">What of the work is this process's; null for all of it.</param>
    public ServiceLoop(TimeProvider clock, ILogger<ServiceLoop> log, WorkShare? share = null)
    {
        (_clock, _log, _share) = (clock, log, share ?? WorkShare.All());
        _again = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstWait,
                MaxDelay = MaxWait,
                DelayGenerator = failed => ValueTask.FromResult<TimeSpan?>(StorageTrouble.Passes(failed.Outcome.Exception!) ? AwayWait : null),
                ShouldHandle = failed => ValueTask.FromResult(failed.Outcome.Exception is not null && !failed.Context.CancellationToken.IsCancellationRequested),
                OnRetry = failed =>
                {
                    Note(failed.Context.Properties.GetValue(LoopName, ""), failed.Outcome.Exception!);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>While the database's server is away: short, so that work goes on when it is back, and each replica's own, so that they do not all come at once.</summary>
    private TimeSpan AwayWait => FirstWait + TimeSpan.FromMilliseconds(_share.Id % MaxAwayJitter);

    /// <summary>The troubles that last, each with the loop it stops.</summary>
    public IReadOnlyCollection<LoopTrouble> Troubles => [.. _troubles.Values.OrderBy(trouble => trouble.Loop, StringComparer.Ordinal)];

    /// <summary>Runs turns until <paramref name="stopping"/>; then it ends without an exception.</summary>
    /// <param name="name">What the loop does, for the log and for health: "sending".</param>
    /// <param name="turn">One turn, its wait for the next one included.</param>
    /// <param name="stopping">Ends the loop.</param>
    public async Task RunAsync(string name, Func<CancellationToken, Task> turn, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await DoneAsync(name, turn, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    /// <summary>As <see cref="RunAsync"/>, for what one replica does for all: while it is another's, nothing happens here.</summary>
    public Task RunByLeadAsync(string name, Func<CancellationToken, Task> turn, CancellationToken stopping) =>
        RunAsync(name, running => _share.Leads ? turn(running) : Task.Delay(FirstWait, _clock, running), stopping);

    /// <summary>As <see cref="OnceAsync"/>, for what one replica does for all.</summary>
    public Task OnceByLeadAsync(string name, Func<CancellationToken, Task> work, CancellationToken stopping) =>
        _share.Leads ? OnceAsync(name, work, stopping) : Task.CompletedTask;

    /// <summary>Does one thing, again and again until it is done.</summary>
    /// <exception cref="OperationCanceledException">It was stopped before.</exception>
    public async Task DoneAsync(string name, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        var context = ResilienceContextPool.Shared.Get(stopping);
        context.Properties.Set(LoopName, name);
        try
        {
            await _again.ExecuteAsync(async running => await work(running.CancellationToken), context);
            Over(name);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Does one thing once, for work that a schedule repeats: trouble is reported like that of a loop.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task OnceAsync(string name, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
            Over(name);
        }
#pragma warning disable CA1031 // whatever fails, the clockwork starts it again
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Note(name, failure);
        }
    }

    private void Over(string name)
    {
        if (_troubles.TryRemove(name, out var over))
        {
            GoesOn(_log, name, over.What);
        }
    }

    private void Note(string name, Exception failure)
    {
        if (StorageTrouble.IsLost(failure))
        {
            _share.End(failure);
        }

        var what = StorageTrouble.Describe(failure);
        if (_troubles.TryGetValue(name, out var known) && known.What == what)
        {
            return;
        }

        _troubles[name] = new(name, what, _clock.GetUtcNow());
        Failed(_log, failure, name, what);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Trouble with {Loop}: {What}; it is tried again")]
    private static partial void Failed(ILogger log, Exception failure, string loop, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Loop} goes on; the trouble is over: {What}")]
    private static partial void GoesOn(ILogger log, string loop, string what);
}

/// <summary>Why a loop does not get on.</summary>
/// <param name="Loop">What the loop does.</param>
/// <param name="What">The trouble in words: "the disk is full".</param>
/// <param name="Since">When this trouble was first seen.</param>
public sealed record LoopTrouble(string Loop, string What, DateTimeOffset Since);
