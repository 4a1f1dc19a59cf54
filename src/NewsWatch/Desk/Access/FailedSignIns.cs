using System.Collections.Concurrent;
using System.Net;

namespace NewsWatch.Desk.Access;

/// <summary>Counts failed attempts to sign in: five a minute from one address, then none is looked at until the minute is over.</summary>
internal sealed class FailedSignIns(TimeProvider clock)
{
    private const int MaxFailures = 5;
    private const int MaxAddresses = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<IPAddress, Failures> _failures = new();

    /// <summary>The time until the next attempt from this address is looked at; null when it may be made now.</summary>
    public TimeSpan? Wait(IPAddress address) =>
        _failures.TryGetValue(address, out var failures) && failures.Count >= MaxFailures && clock.GetElapsedTime(failures.Since) is var past && past < Window ? Window - past : null;

    /// <summary>An attempt failed.</summary>
    public void Add(IPAddress address)
    {
        if (_failures.Count >= MaxAddresses)
        {
            _failures.Clear();
        }

        _failures.AddOrUpdate(
            address,
            _ => new(1, clock.GetTimestamp()),
            (_, before) => clock.GetElapsedTime(before.Since) < Window ? before with { Count = before.Count + 1 } : new(1, clock.GetTimestamp()));
    }

    private sealed record Failures(int Count, long Since);
}
