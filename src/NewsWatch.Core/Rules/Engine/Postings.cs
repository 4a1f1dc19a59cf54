namespace NewsWatch.Core.Rules.Engine;

/// <summary>
/// Which rules to look at when a key occurs: each rule is posted under a set of keys of which at least one occurs in every article that it matches, the cheapest such set,
/// with a guard: another key that must occur too.
/// </summary>
internal sealed class Postings
{
    private readonly int[] _starts;
    private readonly Posting[] _postings;

    private Postings(int[] starts, Posting[] postings, int[] always)
    {
        _starts = starts;
        _postings = postings;
        Always = always;
    }

    /// <summary>Rules that no key announces: filters alone.</summary>
    public int[] Always { get; }

    public ReadOnlySpan<Posting> Of(int key) => _postings.AsSpan(_starts[key], _starts[key + 1] - _starts[key]);

    /// <summary>Chooses the keys of every rule.</summary>
    public static Postings Choose(RuleCode code, float[] clauseCosts, int keys)
    {
        var always = new List<int>();
        var chosen = new List<(int Key, Posting Posting)>();
        for (var rule = 0; rule < code.Starts.Length; rule++)
        {
            var cover = new PrefilterChooser(code, clauseCosts).Choose(code.Starts[rule]);
            if (cover is null)
            {
                always.Add(rule);
                continue;
            }

            foreach (var (key, guard) in cover)
            {
                chosen.Add((key, new Posting(cover.Count > 1 ? ~rule : rule, guard)));
            }
        }

        var starts = new int[keys + 1];
        foreach (var (key, _) in chosen)
        {
            starts[key + 1]++;
        }

        for (var key = 0; key < keys; key++)
        {
            starts[key + 1] += starts[key];
        }

        var next = starts[..^1];
        var postings = new Posting[chosen.Count];
        foreach (var (key, posting) in chosen)
        {
            postings[next[key]++] = posting;
        }

        return new Postings(starts, postings, [.. always]);
    }
}

/// <summary>A rule to look at.</summary>
/// <param name="Rule">Its number, or its complement when it is posted under several keys.</param>
/// <param name="Guard">A key that must occur as well, or -1.</param>
internal readonly record struct Posting(int Rule, int Guard);
