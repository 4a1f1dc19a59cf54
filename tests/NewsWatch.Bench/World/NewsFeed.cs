using System.Diagnostics;
using System.Globalization;
using System.Text;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>A feed that news are published in. It remembers when it was asked, and when each of its news was first served.</summary>
internal sealed class NewsFeed
{
    private const string Consonants = "bdfgklmnprstvz";
    private const string Vowels = "aeiou";
    private readonly Lock _lock = new();
    private readonly string _id;
    private readonly List<(string Key, string Item)> _news = [];
    private readonly Dictionary<string, long> _served = [];
    private readonly List<long> _polls = [];

    public NewsFeed(WorldDesk desk, string id)
    {
        _id = id;
        desk.Http.Answer($"/feed/{id}", _ => Serve());
    }

    /// <summary>So many of the newest are served.</summary>
    public int Window { get; init; } = 1_000;

    /// <summary>When each of its news was first served, as timestamps of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyDictionary<string, long> Served
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, long>(_served);
            }
        }
    }

    /// <summary>Seconds between two polls, from the first poll at or after a timestamp on.</summary>
    public IReadOnlyList<double> GapsSince(long timestamp)
    {
        lock (_lock)
        {
            var polls = _polls.Where(poll => poll >= timestamp).ToList();
            return [.. polls.Zip(polls.Skip(1), (one, next) => Stopwatch.GetElapsedTime(one, next).TotalSeconds)];
        }
    }

    /// <summary>Publishes news number n of the world.</summary>
    /// <param name="word">The headline's first word: "Sanctions" is what the rule looks for.</param>
    /// <returns>Its key, which its link ends with.</returns>
    public string Publish(int n, string word = "Sanctions")
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"n{n:000000}");
        var title = $"{word} {string.Join(' ', Enumerable.Range(1, 4).Select(place => Word((n * 7) + (place * 1_000_003))))} {key}";
        lock (_lock)
        {
            _news.Add((key, $"<item><guid isPermaLink=\"false\">{key}</guid><title>{title}</title><link>http://{_id}.example.com/a/{key}</link>"
                + $"<description>{title}, ministers said.</description><pubDate>{TimeProvider.System.GetUtcNow():r}</pubDate></item>"));
        }

        return key;
    }

    private Reply Serve()
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            _polls.Add(now);
            var shown = _news.Skip(_news.Count - Window).Reverse().ToList();
            shown.ForEach(news => _served.TryAdd(news.Key, now));
            return new Reply { Body = Encoding.UTF8.GetBytes(Rss.Document("", shown.Select(news => news.Item))), Headers = new Dictionary<string, string> { ["Content-Type"] = "application/rss+xml", ["Date"] = TimeProvider.System.GetUtcNow().ToString("r") } };
        }
    }

    /// <summary>An invented word; others for other numbers.</summary>
    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (var rest = unchecked((uint)number * 2_654_435_761u); word.Length < 6; rest /= (uint)(Consonants.Length * Vowels.Length))
        {
            word.Append(Consonants[(int)(rest % Consonants.Length)]).Append(Vowels[(int)(rest / Consonants.Length % Vowels.Length)]);
        }

        return word.ToString();
    }
}
