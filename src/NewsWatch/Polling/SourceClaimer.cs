using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Shares;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.Polling;

/// <summary>
/// Claims the sources that are due and may be polled now: there is a slot for them, their host is free, and no other source that may end the process is at work.
/// </summary>
internal sealed class SourceClaimer(Database database, Leases leases, ConfigurationHolder configurations, PollLimits limits, HostRateLimiter gate, TimeProvider clock)
{
    private const int CandidatesAtOnce = 1_000;

    /// <summary>A source whose poll could not be written down is not asked sooner.</summary>
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);
    private readonly SourceSynchronizer _synchronizer = new(limits);
    private WatchConfiguration? _synchronized;
    private volatile bool _suspectAtWork;

    /// <summary>Brings the table of sources in line with the configuration in force, where that is another one than before.</summary>
    /// <returns>The configuration in force.</returns>
    public async Task<WatchConfiguration> SynchronizeAsync(CancellationToken cancellationToken)
    {
        var configuration = configurations.Current;
        if (!ReferenceEquals(configuration, _synchronized))
        {
            await database.WriteAsync(db => _synchronizer.Update(db, configuration, _synchronized is null && leases.Share.BeganAlone, clock.GetUtcNow()), cancellationToken);
            _synchronized = configuration;
        }

        return configuration;
    }

    /// <summary>Claims as many as there are slots for. The caller polls each and then calls <see cref="Leave"/>.</summary>
    public async Task<IReadOnlyList<SourceRow>> ClaimAsync(WatchConfiguration configuration, PollSlots slots)
    {
        var (abandoned, now) = (leases.Abandoned(Stage.Poll), clock.GetUtcNow());
        var (chosen, later, elsewhere) = Choose(configuration, slots, now);
        if (chosen.Count + later.Count + elsewhere.Count + abandoned.Count == 0)
        {
            return [];
        }

        IReadOnlyList<SourceRow> claimed = [];
        try
        {
            // Not cancelled half-way: what is claimed is polled or given back.
            claimed = await database.WriteAsync(
                LockSet.None,
                db =>
                {
                    PollQueue.GiveBack(db, abandoned, now + AfterTrouble);
                    PollQueue.SetDue(db, later);
                    PollQueue.SetShards(db, elsewhere);
                    return PollQueue.Claim(db, leases, [.. chosen.Where(row => leases.Share.OwnsShard(row.Shard))]);
                },
                CancellationToken.None);
            leases.GivenBack(abandoned);
            return claimed;
        }
        finally
        {
            foreach (var row in chosen.ExceptBy(claimed.Select(row => row.Id), row => row.Id))
            {
                LeaveHost(configuration.Sources[row.Id], row);
                _suspectAtWork &= !IsSuspect(row.Starts);
            }
        }
    }

    /// <summary>The poll of a claimed source has ended: its host and its place are free.</summary>
    public void Leave(Source source, DueSource row)
    {
        LeaveHost(source, row);
        _suspectAtWork &= !IsSuspect(row.Starts - 1);
    }

    /// <summary>
    /// The sources to claim, with a slot and their host taken for each, those that wait for their host, and those whose host is of another shard than was known. It looks before the
    /// write: what it takes is outside of the database.
    /// </summary>
    private (List<DueSource> Chosen, List<(string Id, DateTimeOffset Due)> Later, List<(string Id, long Shard)> Elsewhere) Choose(WatchConfiguration configuration, PollSlots slots, DateTimeOffset now)
    {
        var (chosen, later, elsewhere) = (new List<DueSource>(), new List<(string, DateTimeOffset)>(), new List<(string, long)>());
        var (due, paused) = database.Read(db => (
            PollQueue.Due(db, leases, now, failing: false, CandidatesAtOnce).Concat(PollQueue.Due(db, leases, now, failing: true, CandidatesAtOnce)).ToList(), PauseStore.On(db, now)));
        later.AddRange(due.Join(paused, row => row.Id, pause => pause.Source, (row, pause) => (row.Id, pause.Until)));
        due.RemoveAll(row => paused.Any(pause => pause.Source == row.Id));
        foreach (var row in due.Select(row => PermanentRedirect.ForPoll(row, now)).Where(row => configuration.Sources.ContainsKey(row.Id) && slots.HasRoom(row.Standing)))
        {
            // Those that were at work at two deaths of the process are polled one at a time, so that a third death shows which one it is.
            if (IsSuspect(row.Starts) && _suspectAtWork)
            {
                continue;
            }

            var host = HostOf(configuration.Sources[row.Id], row);
            if (!leases.Share.IsWhole && OwnedKey.ShardOf(host ?? row.Id) is var shard && shard != row.Shard)
            {
                elsewhere.Add((row.Id, shard)); // its owner polls it with its next look
            }
            else if (host is not null && gate.TryEnter(host, row.Id, now) is { } again)
            {
                later.Add((row.Id, again));
            }
            else
            {
                slots.Take(row.Standing);
                chosen.Add(row);
                _suspectAtWork |= IsSuspect(row.Starts);
            }
        }

        return (chosen, later, elsewhere);
    }

    private void LeaveHost(Source source, DueSource row)
    {
        if (HostOf(source, row) is { } host)
        {
            gate.Leave(host, clock.GetUtcNow());
        }
    }

    /// <summary>True for a source of which one more poll that does not end sets it aside.</summary>
    private static bool IsSuspect(int starts) => starts == PollLimits.MaxStarts - 1;

    private static string? HostOf(Source source, DueSource row) =>
        source.Kind is not SourceKind.File && HttpAddress.Read(row.Address).Url is { } url ? url.IdnHost : null;
}
