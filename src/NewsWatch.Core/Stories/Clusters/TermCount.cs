using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>A term of a cluster.</summary>
/// <param name="Articles">How many of its articles carry it.</param>
/// <param name="Rarity">How rare it was when an article last carried it.</param>
/// <param name="Kinds">What it was there.</param>
internal readonly record struct TermCount(int Articles, float Rarity, TermKinds Kinds)
{
    /// <summary>A term of one headline.</summary>
    public static TermCount Of(Gist gist, int at) => new(1, gist.Rarities[at], gist.Kinds[at]);
}
