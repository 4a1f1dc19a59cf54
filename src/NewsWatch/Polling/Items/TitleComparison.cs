namespace NewsWatch.Polling.Items;

/// <summary>Compares the titles of a feed's items; each is split into its words once.</summary>
internal sealed class TitleComparison
{
    private readonly Dictionary<string, HashSet<string>> _words = [];

    /// <summary>At least half of the longer title's words are in the other too.</summary>
    public bool AreAlike(string? one, string? other)
    {
        if (one is null || other is null || one == other)
        {
            return one == other;
        }

        var (words, others) = (Words(one), Words(other));
        return words.Count(others.Contains) * 2 >= Math.Max(words.Count, others.Count);
    }

    private HashSet<string> Words(string title)
    {
        if (!_words.TryGetValue(title, out var words))
        {
            _words[title] = words = [.. title.Split(' ')];
        }

        return words;
    }
}
