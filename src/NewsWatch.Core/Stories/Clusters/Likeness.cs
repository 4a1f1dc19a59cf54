namespace NewsWatch.Core.Stories.Clusters;

/// <summary>How like an article is to the latest ones of a cluster: to the likest, to the likest three, to all of them.</summary>
internal readonly record struct Likeness(float Best, float Three, float Mean)
{
    public static Likeness From(ReadOnlySpan<float> chances)
    {
        var (first, second, third, sum) = (0f, 0f, 0f, 0f);
        foreach (var chance in chances)
        {
            sum += chance;
            (first, second, third) = chance > first ? (chance, first, second) : chance > second ? (first, chance, second) : (first, second, MathF.Max(third, chance));
        }

        return new(first, (first + second + third) / Math.Min(3, chances.Length), sum / chances.Length);
    }
}
