using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>
/// How common words are in the news of the last four days. A word that all headlines of a war share tells them apart no more, however rare it was before.
/// </summary>
internal sealed class RecentCounts
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(96);

    // A headline of these days weighs as many of the months before.
    private const float Weight = 8;

    // A word that was never seen is as rare as one seen six times: names that nobody knows yet must not outweigh what happened.
    private const float Unseen = 6;

    private readonly Dictionary<ulong, int> _counts = [];
    private readonly Queue<(DateTimeOffset At, ulong[] Terms)> _headlines = [];

    /// <summary>How rare a term is now, 0 to 14: the natural logarithm of one in how many headlines, those of the table and those of these days.</summary>
    public float Rarity(ulong term, bool isWatched) =>
        MathF.Log((NewsTable.Headlines + (Weight * _headlines.Count) + 1) / (NewsTable.Count(term, isWatched) + (Weight * _counts.GetValueOrDefault(term)) + Unseen));

    /// <summary>Counts a headline.</summary>
    public void Add(ulong[] terms, DateTimeOffset now)
    {
        _headlines.Enqueue((now, terms));
        foreach (var term in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, term, out _)++;
        }
    }

    /// <summary>Forgets the headlines before the window.</summary>
    public void Forget(DateTimeOffset now)
    {
        while (_headlines.TryPeek(out var oldest) && now - oldest.At > Window)
        {
            foreach (var term in _headlines.Dequeue().Terms)
            {
                if (--CollectionsMarshal.GetValueRefOrAddDefault(_counts, term, out _) == 0)
                {
                    _counts.Remove(term);
                }
            }
        }
    }
}
