using NewsWatch.Core.Alerts;

namespace NewsWatch.Backtest;

/// <summary>
/// What one side alone has so far: of each kind only how often, and the newest as samples. Later readings may still bring the other side's, which takes it away
/// again, so some more samples than are asked for are held.
/// </summary>
/// <param name="maxHeld">The most samples that are asked for.</param>
internal sealed class OneSided(int maxHeld)
{
    private const int Spare = 4;
    private readonly Dictionary<(string Rule, long Story, AlertReason? Reason), int> _counts = [];
    private readonly LinkedList<((string Rule, long Story, AlertReason? Reason) Key, ReplayedEvent Event)> _held = [];

    /// <summary>The samples, the newest first.</summary>
    public IEnumerable<ReplayedEvent> Newest => _held.Reverse().Select(held => held.Event).Take(maxHeld);

    /// <summary>This side has one more.</summary>
    public void Add((string Rule, long Story, AlertReason? Reason) key, ReplayedEvent found)
    {
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
        _held.AddLast((key, found));
        if (_held.Count > maxHeld * Spare)
        {
            _held.RemoveFirst();
        }
    }

    /// <summary>The other side has it, too: one less. False where this side has none.</summary>
    public bool Remove((string Rule, long Story, AlertReason? Reason) key)
    {
        if (!_counts.Remove(key, out var count))
        {
            return false;
        }

        if (count > 1)
        {
            _counts[key] = count - 1;
        }

        for (var held = _held.Last; held is not null; held = held.Previous)
        {
            if (held.Value.Key == key)
            {
                _held.Remove(held);
                break;
            }
        }

        return true;
    }
}
