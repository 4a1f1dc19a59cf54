using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Polling.Sources;

namespace NewsWatch.Tests.Simulation;

/// <summary>A simulated source with everything that real ones do: edits, new guids, alternating versions, outages, entries that drop out.</summary>
internal sealed class Newspaper(string id, Random chance)
{
    private const int Window = 12;
    private readonly List<Entry> _entries = [];
    private readonly HashSet<int> _seen = [];
    private int _failures;
    private int _generation;
    private int _outage;
    private int _version;
    private bool _changed = true;

    public string Id { get; } = id;

    /// <summary>How often three polls in a row failed.</summary>
    public int LongOutages { get; private set; }

    /// <summary>Entries that the document shows now, newest first.</summary>
    public IReadOnlyList<Entry> Shown => _entries;

    public void Report(Happening happening, DateTimeOffset now)
    {
        var (link, title) = Id switch
        {
            "wire" => ($"https://wire.example.com/world/{happening.Number}", happening.Headline),
            "gatherer" => ($"https://wire.example.com/world/{happening.Number}?utm_source=gatherer", happening.Headline),
            _ => ($"https://paper.example.com/{happening.Number}", $"{happening.Headline} - Daily Example News"),
        };
        var published = happening.IsOld ? now.AddDays(-4) : chance.Next(10) switch
        {
            0 => now.AddYears(5),
            1 => (DateTimeOffset?)null,
            _ => now,
        };
        _changed = true;
        _entries.Insert(0, new(happening, $"{Id}-{_generation}-{happening.Number}", link, title, published));
        _entries.RemoveRange(Math.Min(Window, _entries.Count), Math.Max(0, _entries.Count - Window));
    }

    /// <summary>What the site does between two polls beside reporting.</summary>
    public void Live(DateTimeOffset now)
    {
        // An edit before anybody has copied the headline makes two stories, which only a comparison of their texts could join.
        var edited = Id == "wire" && chance.Next(4) == 0 ? _entries.FindIndex(entry => _seen.Contains(entry.About.Number) && now - entry.About.At > TimeSpan.FromDays(1)) : -1;
        if (edited >= 0)
        {
            _changed = true;
            _entries[edited] = _entries[edited] with { Title = _entries[edited].Title + ", officials say" };
        }

        if (chance.Next(150) == 0)
        {
            _generation++;
            _changed = true;
            for (var at = 0; at < _entries.Count; at++)
            {
                _entries[at] = _entries[at] with { Guid = $"{Id}-{_generation}-{_entries[at].About.Number}" };
            }
        }

        if (_outage == 0 && chance.Next(40) == 0)
        {
            _outage = chance.Next(1, 6);
        }
    }

    /// <summary>The service has committed an answer.</summary>
    public void Polled(PollResult answer)
    {
        _failures = answer is PollResult.Failed ? _failures + 1 : 0;
        LongOutages += _failures == 3 ? 1 : 0;
        if (answer is PollResult.Updated)
        {
            _seen.UnionWith(_entries.Select(entry => entry.About.Number));
        }
    }

    public PollResult Answer()
    {
        if (_outage > 0)
        {
            _outage--;
            return new PollResult.Failed("the server answered 503", Transient: true);
        }

        if (!_changed && chance.Next(3) > 0)
        {
            return new PollResult.Unchanged(new HeaderFacts(), null);
        }

        _changed = false;
        _version++;
        var shown = _entries.Select(entry => entry.Item).ToList();
        if (shown.Count > 3 && _version % 2 == 0)
        {
            // Two back ends that do not agree on the order.
            (shown[0], shown[2]) = (shown[2], shown[0]);
        }

        var facts = new HeaderFacts { Validators = new($"https://{Id}.example.com/rss", $"\"{_version}\"", null), BodyHash = $"{_version}" };
        return new PollResult.Updated(new Feed { Kind = "rss20", Items = shown }, facts, null, []);
    }
}
