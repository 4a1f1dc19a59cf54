using System.Runtime.InteropServices;

namespace NewsWatch.Core.Stories.Copies;

/// <summary>Finds the texts that share runs of words with another.</summary>
/// <typeparam name="T">Whose texts they are.</typeparam>
internal sealed class CopyIndex<T>
    where T : class
{
    // One run in eight is indexed: a copy shares a dozen, and what shares none in eight shares little.
    private const uint Indexed = 8;
    private const int Compared = 24;
    private const int LatestOfShingle = 64;

    private readonly Dictionary<uint, List<(T Owner, TextSketch Sketch)>> _texts = [];

    public void Add(T owner, TextSketch sketch)
    {
        foreach (var shingle in sketch.Shingles)
        {
            if (shingle % Indexed == 0)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_texts, shingle, out _) ??= new(1)).Add((owner, sketch));
            }
        }
    }

    public void Remove(T owner, TextSketch sketch)
    {
        foreach (var shingle in sketch.Shingles)
        {
            if (shingle % Indexed == 0 && _texts.TryGetValue(shingle, out var texts) && texts.Remove((owner, sketch)) && texts.Count == 0)
            {
                _texts.Remove(shingle);
            }
        }
    }

    /// <summary>The owner of the text that the given one is a copy of, and how much of the shorter stands in the longer; null for none.</summary>
    /// <param name="sketch">The text's sketch.</param>
    /// <param name="others">Texts that are compared besides: a teaser shares too few runs to be found by them.</param>
    public (T Owner, float Contained)? Find(TextSketch sketch, IEnumerable<(T Owner, TextSketch Sketch)> others)
    {
        var counts = new Dictionary<(T Owner, TextSketch Sketch), int>();
        foreach (var shingle in sketch.Shingles)
        {
            if (shingle % Indexed == 0 && _texts.TryGetValue(shingle, out var texts))
            {
                foreach (var text in CollectionsMarshal.AsSpan(texts)[Math.Max(0, texts.Count - LatestOfShingle)..])
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _)++;
                }
            }
        }

        (T Owner, float Contained)? best = null;
        foreach (var (owner, known) in counts.OrderByDescending(pair => pair.Value).Take(Compared).Select(pair => pair.Key).Concat(others))
        {
            if (known.With(sketch) is { IsCopy: true } overlap && !(best?.Contained >= overlap.Contained))
            {
                best = (owner, overlap.Contained);
            }
        }

        return best;
    }
}
