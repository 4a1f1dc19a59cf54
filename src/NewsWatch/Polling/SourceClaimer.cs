using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
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
            await database.WriteAsync(db => _synchronizer.Update(db, configuration, _synchronized is null, clock.GetUtcNow()), cancellationToken);
            _synchronized = configuration;
        }

        return configuration;
    }

    /// <summary>Claims as many as there are slots for. The caller polls each and then calls <see cref="Leave"/>.</summary>
    public async Task<IReadOnlyList<SourceRow>> ClaimAsync(WatchConfiguration configuration, PollSlots slots)
    {
        var (abandoned, now) = (leases.Abandoned(Stage.Poll), clock.GetUtcNow());
        var (chosen, later) = Choose(configuration, slots, now);
        if (chosen.Count == 0 && later.Count == 0 && abandoned.Count == 0)
        {
            return [];
        }

        IReadOnlyList<SourceRow> claimed = [];
        try
        {
            // Not cancelled half-way: what is claimed is polled or given back.
            claimed = await database.WriteAsync(
                db =>
                {
                    PollQueue.GiveBack(db, abandoned, now + AfterTrouble);
                    PollQueue.SetDue(db, later);
                    return PollQueue.Claim(db, leases, chosen);
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

    /// <summary>The sources to claim, with a slot and their host taken for each, and those that wait for their host. It looks before the write: what it takes is outside of the database.</summary>
    private (List<DueSource> Chosen, List<(string Id, DateTimeOffset Due)> Later) Choose(WatchConfiguration configuration, PollSlots slots, DateTimeOffset now)
    {
        var (chosen, later) = (new List<DueSource>(), new List<(string, DateTimeOffset)>());
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

            if (HostOf(configuration.Sources[row.Id], row) is { } host && gate.TryEnter(host, row.Id, now) is { } again)
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

        return (chosen, later);
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
