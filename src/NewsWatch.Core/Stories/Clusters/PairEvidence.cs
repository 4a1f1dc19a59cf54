using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>
/// What two headlines have in common, and how much each witness weighs. The weights were fitted by logistic regression on hand-labelled headlines of five days;
/// those of either half tell the other half as well as their own.
/// </summary>
/// <param name="Base">The log-odds of two headlines that share nothing.</param>
/// <param name="Words">Of the cosine of their words, by the table.</param>
/// <param name="Place">Of the nearness of their places: other words for the same things.</param>
/// <param name="Rarest">Of the rarity of the rarest shared term, in tens.</param>
/// <param name="Shared">Of the rarity of all shared terms, in twenties.</param>
/// <param name="Names">Of the share of names in common.</param>
/// <param name="OtherNames">Of the names that either has for itself, in tens.</param>
/// <param name="Apart">Of the time between them: a fifth of the logarithm of the hours.</param>
/// <param name="NeedsDeed">Whether they must share a term that is no name: names alone tell no fact.</param>
internal sealed record PairEvidence(float Base, float Words, float Place, float Rarest, float Shared, float Names, float OtherNames, float Apart, bool NeedsDeed)
{
    /// <summary>That two headlines tell the same fact.</summary>
    public static PairEvidence OfReport { get; } = new(-8.61f, .17f, 5.64f, 5.76f, 2.07f, .91f, -.95f, -4.69f, true);

    /// <summary>That two headlines belong to one story.</summary>
    public static PairEvidence OfStory { get; } = new(-11.91f, 11.45f, 10.17f, 2.97f, -.8f, 3.33f, .98f, -.28f, false);

    /// <summary>The chance that two headlines belong together; none where they share too little to tell.</summary>
    public float Chance(in Common common) =>
        common.Rarest <= 0 || (NeedsDeed && !common.HasDeed)
            ? 0
            : Logit.Chance(Base + (Words * common.Words) + (Place * common.Place) + (Rarest * common.Rarest) + (Shared * common.Shared) + (Names * common.Names) + (OtherNames * common.OtherNames) + (Apart * common.Apart));

    /// <summary>The chance that two articles of the window belong to one story, whichever came first.</summary>
    public static float StoryChance(Member one, Member other) =>
        one.Print.Profile is { } profile && other.Print.Profile is { } another ? Logit.Chance(TextEvidence.Odds(profile.With(another), TimeSpan.Zero))
        : one.Article < other.Article ? OfStory.Chance(Common.Of(one, other.Gist, other.Gist.Place(), other.At)) : OfStory.Chance(Common.Of(other, one.Gist, one.Gist.Place(), one.At));

    /// <summary>What an earlier and a later headline have in common.</summary>
    internal readonly record struct Common(float Words, float Place, float Rarest, float Shared, float Names, float OtherNames, float Apart, bool HasDeed)
    {
        public static Common Of(Member earlier, Gist later, float[] place, DateTimeOffset now)
        {
            var (one, i, j) = (earlier.Gist, 0, 0);
            var (words, rarest, shared, names, deed) = (0f, 0f, 0f, 0f, false);
            while (i < one.Terms.Length && j < later.Terms.Length)
            {
                if (one.Terms[i] == later.Terms[j])
                {
                    words += one.Shares[i] * later.Shares[j];
                    rarest = MathF.Max(rarest, later.Rarities[j]);
                    shared += later.Rarities[j];
                    names += one.Kinds[i].HasFlag(TermKinds.Name) ? one.Rarities[i] : 0;
                    deed |= !one.Kinds[i].HasFlag(TermKinds.Name);
                    i++;
                    j++;
                }
                else if (one.Terms[i] < later.Terms[j])
                {
                    i++;
                }
                else
                {
                    j++;
                }
            }

            var least = MathF.Min(one.NameRarity, later.NameRarity);
            return new(words, rarest > 0 ? Vectors.Dot(one.Place(), place) : 0, rarest / 10, shared / 20, names / (least + 1), (least - names) / 10, Hours(now - earlier.At), deed);
        }

        /// <summary>A fifth of the logarithm of the hours.</summary>
        public static float Hours(TimeSpan time) => MathF.Log(1 + (float)Math.Abs(time.TotalHours)) / 5;
    }
}
