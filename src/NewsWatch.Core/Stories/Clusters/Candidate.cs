namespace NewsWatch.Core.Stories.Clusters;

/// <summary>A cluster that a headline may join, and how likely.</summary>
internal readonly record struct Candidate(Cluster Cluster, float Chance)
{
    // So many of the likest clusters are weighed in full.
    private const int Weighed = 6;
    private const float MinSimilarity = .01f;

    // Where nothing else is like the headline, it leads over a rival of a chance of a tenth: in an empty window everything would lead far.
    private const float MinRivalScore = -2.2f;

    /// <summary>The likeliest of some clusters; null where none is like at all.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="likeness">How like a headline is to each.</param>
    /// <param name="odds">The log-odds that it joins, but for its lead.</param>
    /// <param name="leadWeight">What the lead over the next likest is worth.</param>
    public static Candidate? Best(IEnumerable<Cluster> clusters, Func<Cluster, Likeness> likeness, Func<Cluster, Likeness, float> odds, float leadWeight)
    {
        var likest = clusters.Select(cluster => (Cluster: cluster, Likeness: likeness(cluster))).Where(pair => pair.Likeness.Best > MinSimilarity)
            .OrderByDescending(pair => pair.Likeness.Best).ThenBy(pair => pair.Cluster.Key).Take(Weighed).ToList();
        Candidate? best = null;
        for (var i = 0; i < likest.Count; i++)
        {
            var rival = likest.Count == 1 ? 0 : likest[i == 0 ? 1 : 0].Likeness.Best;
            var lead = Logit.Of(likest[i].Likeness.Best) - MathF.Max(Logit.Of(rival), MinRivalScore);
            var chance = Logit.Chance(odds(likest[i].Cluster, likest[i].Likeness) + (leadWeight * lead));
            if (best is not { } known || chance > known.Chance)
            {
                best = new(likest[i].Cluster, chance);
            }
        }

        return best;
    }
}
