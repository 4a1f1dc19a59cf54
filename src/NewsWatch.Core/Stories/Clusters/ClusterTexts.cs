using System.Runtime.InteropServices;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>What the texts of a cluster are about: the sum of their profiles, or the profile of the only one.</summary>
internal sealed class ClusterTexts
{
    private TextProfile? _only;
    private Dictionary<uint, float>? _weights;

    /// <summary>How many of the cluster's articles have a text.</summary>
    public int Count { get; private set; }

    public void Add(TextProfile profile)
    {
        Count++;
        if (Count == 1)
        {
            (_only, _weights) = (profile, null);
            return;
        }

        Spread();
        Sum(profile, 1);
    }

    public void Remove(TextProfile profile)
    {
        Count--;
        Spread();
        Sum(profile, -1);
    }

    /// <summary>The cosine of a text and these, 0 to 1.</summary>
    public float With(TextProfile profile) => _weights is null ? _only?.With(profile) ?? 0 : Cosine(profile, _weights);

    private static float Cosine(TextProfile profile, Dictionary<uint, float> weights)
    {
        var (sum, length) = (0f, 0f);
        foreach (var weight in weights.Values)
        {
            length += weight * weight;
        }

        for (var i = 0; i < profile.Terms.Length; i++)
        {
            sum += weights.GetValueOrDefault(profile.Terms[i]) * profile.Weight(i);
        }

        return length > 0 ? sum / MathF.Sqrt(length) : 0;
    }

    private void Spread()
    {
        if (_weights is null)
        {
            _weights = [];
            Sum(_only!, 1);
            _only = null;
        }
    }

    private void Sum(TextProfile profile, int one)
    {
        for (var i = 0; i < profile.Terms.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_weights!, profile.Terms[i], out _) += one * profile.Weight(i);
        }

        if (Count == 0)
        {
            _weights!.Clear();
        }
    }
}
