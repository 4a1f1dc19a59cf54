using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Replicas;

/// <summary>
/// Divides the work among the replicas that live, without a word between them: each computes what is its own (<see cref="Rendezvous"/>), gives away what is another's as soon as it
/// is not at work for it, and takes what is its own and nobody's. Replicas that are gone are removed.
/// </summary>
internal sealed partial class ReplicaLoop(Database database, IEnumerable<IOwnedWork> kinds, ServiceLoop loop, WorkSignals signals, TimeProvider clock, ILogger<ReplicaLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);
    private readonly WorkShare _share = database.Share;
    private int _told = -1;

    /// <summary>Looks once; returns how long nothing can change but by a signal: until the next one could have been silent for too long, or what is in use may be idle.</summary>
    internal async Task<TimeSpan> LookAsync(CancellationToken cancellation)
    {
        if (!_share.IsCurrent)
        {
            return Soon;
        }

        var joined = _share.Joined;
        var silent = clock.GetUtcNow() - WorkShare.GoneAfter;
        var (seen, owned) = database.Read(db => (ReplicaStore.Seen(db), ReplicaStore.Owned(db)));
        if (seen.Any(replica => replica.Seen < silent))
        {
            Gone(logger, await database.WriteAsync(db => ReplicaStore.RemoveSilent(db, silent), WritePriority.Delivery, cancellation));
            signals.Shares.Set();
            (seen, owned) = database.Read(db => (ReplicaStore.Seen(db), ReplicaStore.Owned(db)));
        }

        if (seen.FirstOrDefault(replica => replica.Id == _share.Id) is { Id: > 0 } own)
        {
            if (!own.Works)
            {
                await database.WriteAsync(db => ReplicaStore.Begin(db, own.Id), WritePriority.Delivery, cancellation);
                signals.Shares.Set();
            }

            await DivideAsync([.. seen.Where(replica => replica.Works).Select(replica => replica.Id).Union([own.Id])], owned, joined, cancellation);
        }

        return NextLook(seen.Where(replica => replica.Id != _share.Id).Select(replica => replica.Seen - silent));
    }

    /// <inheritdoc/>
    /// <exception cref="DatabaseLockException">Another service has this one's name: this one ends.</exception>
    /// <exception cref="SchemaMismatchException">A newer version has changed the schema: this service ends.</exception>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var dividing = loop.RunAsync("dividing the work among replicas", TurnAsync, over.Token);
        if (await Task.WhenAny(dividing, _share.Ended) != dividing)
        {
            await over.CancelAsync();
            await dividing;
            throw await _share.Ended; // what runs on ends in peace: the host stops
        }
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        await signals.Shares.WaitAsync(await LookAsync(stopping), clock, stopping);
    }

    private static TimeSpan NextLook(IEnumerable<TimeSpan> untilSilent) => untilSilent.Append(Interval).Min() is var next && next > Soon ? next : Soon;

    private async Task DivideAsync(IReadOnlyCollection<long> living, IReadOnlyDictionary<OwnedKey, long?> owned, int joined, CancellationToken cancellation)
    {
        var all = kinds.SelectMany(kind => kind.All).ToList();
        var own = all.Where(key => Rendezvous.OwnerOf(key, living) == _share.Id).ToHashSet();
        var held = Of(owned).ToList();
        _share.Hold(held.Where(own.Contains), joined); // before it asks what is in use: what is another's is begun no more
        var inUse = kinds.SelectMany(kind => kind.InUse).ToHashSet();
        var given = held.Where(key => !own.Contains(key) && !inUse.Contains(key)).ToList();
        var unknown = all.Where(key => !owned.ContainsKey(key)).ToList();
        var taken = own.Where(key => owned.GetValueOrDefault(key) is null).ToList();
        if (given.Count + unknown.Count + taken.Count > 0)
        {
            var now = await database.WriteAsync(
                db =>
                {
                    ReplicaStore.Add(db, unknown);
                    ReplicaStore.Change(db, _share.Id, given, taken);
                    return ReplicaStore.Owned(db);
                },
                WritePriority.Delivery,
                cancellation);
            _share.Hold(Of(now).Where(own.Contains), joined);
            if (given.Count > 0)
            {
                signals.Shares.Set();
            }
        }

        Tell(living.Count, own.Count);
    }

    private IEnumerable<OwnedKey> Of(IReadOnlyDictionary<OwnedKey, long?> owned) => owned.Where(one => one.Value == _share.Id).Select(one => one.Key);

    private void Tell(int living, int own)
    {
        if (HashCode.Combine(living, own) is var said && said != _told)
        {
            _told = said;
            Divided(logger, living, own);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} replicas were not heard of for 15 s: what they held is taken over")]
    private static partial void Gone(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Replicas} replicas share the work; {Keys} shards, lanes and roles are this one's")]
    private static partial void Divided(ILogger logger, int replicas, int keys);
}
