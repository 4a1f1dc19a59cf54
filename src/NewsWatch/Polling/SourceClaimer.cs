using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;

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
        var claimed = new List<SourceRow>();
        var abandoned = leases.Abandoned(Stage.Poll);
        var written = false;
        try
        {
            // Not cancelled half-way: what is claimed is polled or given back.
            await database.WriteAsync(
                db =>
                {
                    SourceStore.GiveBack(db, abandoned, clock.GetUtcNow() + AfterTrouble);
                    Claim(db, configuration, slots, claimed);
                },
                CancellationToken.None);
            written = true;
            leases.GivenBack(abandoned);
            return claimed;
        }
        finally
        {
            if (!written)
            {
                claimed.ForEach(row => LeaveHost(configuration.Sources[row.Id], row));
                _suspectAtWork &= !claimed.Exists(row => IsSuspect(row.Starts) || IsSuspect(row.Starts - 1));
            }
        }
    }

    /// <summary>The poll of a claimed source has ended: its host and its place are free.</summary>
    public void Leave(Source source, SourceRow row)
    {
        LeaveHost(source, row);
        _suspectAtWork &= !IsSuspect(row.Starts - 1);
    }

    private void Claim(Session db, WatchConfiguration configuration, PollSlots slots, List<SourceRow> claimed)
    {
        var now = clock.GetUtcNow();
        var later = new List<(string, DateTimeOffset)>();
        var due = SourceStore.Due(db, leases, now, failing: false, CandidatesAtOnce).Concat(SourceStore.Due(db, leases, now, failing: true, CandidatesAtOnce))
            .Select(row => PermanentRedirect.ForPoll(row, now));
        foreach (var row in due.Where(row => configuration.Sources.ContainsKey(row.Id) && slots.HasRoom(row.Standing)))
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
                claimed.Add(row);
                _suspectAtWork |= IsSuspect(row.Starts);
            }
        }

        SourceStore.SetDue(db, later);
        var leased = SourceStore.Claim(db, leases, claimed);
        claimed.Clear();
        claimed.AddRange(leased);
    }

    private void LeaveHost(Source source, SourceRow row)
    {
        if (HostOf(source, row) is { } host)
        {
            gate.Leave(host, clock.GetUtcNow());
        }
    }

    /// <summary>True for a source of which one more poll that does not end sets it aside.</summary>
    private static bool IsSuspect(int starts) => starts == PollLimits.MaxStarts - 1;

    private static string? HostOf(Source source, SourceRow row) =>
        source.Kind is not SourceKind.File && HttpAddress.Read(row.Address).Url is { } url ? url.IdnHost : null;
}
