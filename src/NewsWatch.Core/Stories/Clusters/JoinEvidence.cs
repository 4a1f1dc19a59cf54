using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>What speaks for a headline to join a cluster, and how much each witness weighs; fitted as <see cref="PairEvidence"/> is.</summary>
/// <param name="Base">The log-odds with no witness at all.</param>
/// <param name="Best">Of the log-odds of the likest article.</param>
/// <param name="Three">Of those of the three likest.</param>
/// <param name="Mean">Of those of all that are compared.</param>
/// <param name="Nearness">Of how near the headline's place is to the cluster's.</param>
/// <param name="Told">Of the share of the headline that the cluster has told.</param>
/// <param name="Core">Of the share of the cluster's core that the headline carries.</param>
/// <param name="Size">Of the logarithm of the number of articles.</param>
/// <param name="SinceLast">Of the time since the last article: a fifth of the logarithm of the hours.</param>
/// <param name="SinceFirst">Of the time since the first.</param>
/// <param name="NewStep">Of each kind of step that is new to the cluster.</param>
/// <param name="Others">Where the headline names others than the cluster does.</param>
/// <param name="Lead">Of the lead in log-odds over the likest other cluster.</param>
internal sealed record JoinEvidence(
    float Base,
    float Best,
    float Three,
    float Mean,
    float Nearness,
    float Told,
    float Core,
    float Size,
    float SinceLast,
    float SinceFirst,
    float NewStep,
    float Others,
    float Lead)
{
    /// <summary>How much the chance that it belongs to the report's story says for the report.</summary>
    public const float StoryWeight = .19f;

    /// <summary>How much a like report of the same story says against this one.</summary>
    public const float SiblingWeight = -1.04f;

    // Other names and other numbers: an event of the same kind.
    private const float LookAlike = -6;

    /// <summary>That a headline tells the fact of a report.</summary>
    public static JoinEvidence OfReport { get; } = new(-2.06f, -.07f, .14f, .27f, .9f, 1.83f, 1.16f, .48f, -1.21f, -1.99f, -.72f, -.59f, .42f);

    /// <summary>That a headline belongs to a story.</summary>
    public static JoinEvidence OfStory { get; } = new(-2.29f, -.19f, .22f, .28f, 1.67f, 3.22f, 2.51f, .56f, -1.77f, -2.67f, -.29f, -.62f, .69f);

    /// <summary>The log-odds that a headline joins a cluster, without its lead over the others.</summary>
    public float Odds(Cluster cluster, Gist gist, DateTimeOffset now, in Likeness likeness) =>
        Base + (Best * Logit.Of(likeness.Best)) + (Three * Logit.Of(likeness.Three)) + (Mean * Logit.Of(likeness.Mean))
        + (Nearness * cluster.Nearness(gist)) + (Told * cluster.Told(gist)) + (Core * cluster.Core(gist)) + (Size * MathF.Log(cluster.Members.Count))
        + (SinceLast * PairEvidence.Common.Hours(now - cluster.Last)) + (SinceFirst * PairEvidence.Common.Hours(now - cluster.First))
        + (NewStep * cluster.NewSteps(gist)) + (cluster.NamesOthers(gist) ? Others + (cluster.CountsOtherwise(gist) ? LookAlike : 0) : 0);
}
