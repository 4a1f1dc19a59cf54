namespace NewsWatch.Core.Stories.Terms;

/// <summary>What stories compare of a headline: its terms with their weights at the time it was read, and its place among the words of the news.</summary>
internal sealed class Gist
{
    private const int MaxTerms = 40;

    // A number alone is a weak witness: every second headline has a 5.
    private const float NumberWeight = .6f;

    private Gist(int count, byte steps)
    {
        Steps = steps;
        Terms = new ulong[count];
        Rarities = new float[count];
        Shares = new float[count];
        Kinds = new TermKinds[count];
    }

    /// <summary>The terms' hashes, ascending.</summary>
    public ulong[] Terms { get; }

    /// <summary>How rare each term was when the headline was read.</summary>
    public float[] Rarities { get; }

    /// <summary>Each term's share in a row of length one, by the table alone.</summary>
    public float[] Shares { get; }

    /// <summary>Which terms are names, numbers and terms of the watch.</summary>
    public TermKinds[] Kinds { get; }

    /// <summary>The kinds of steps that it tells (<see cref="Terms.Steps"/>).</summary>
    public byte Steps { get; }

    /// <summary>The sum of the terms' weights.</summary>
    public float TotalWeight { get; private set; }

    /// <summary>The sum of the rarities of names.</summary>
    public float NameRarity { get; private set; }

    /// <summary>The weight of a term: its rarity, less for numbers.</summary>
    public float Weight(int at) => Rarities[at] * (Kinds[at].HasFlag(TermKinds.Number) ? NumberWeight : 1);

    /// <summary>How much of the headline's weight another one carries, 0 to 1.</summary>
    public float In(Gist other) => PartIn(other, TermKinds.None, TermKinds.None);

    /// <summary>How much of what the headline says was done another one says, by weight, 0 to 1: of its words without names, numbers and what another event shares.</summary>
    public float DeedsIn(Gist other) => PartIn(other, TermKinds.Name | TermKinds.Number | TermKinds.Watched | TermKinds.Shared, TermKinds.Shared);

    /// <summary>Whether the headline tells a term as still to come; null where it does not carry it.</summary>
    public bool? IsAhead(ulong term) => Array.BinarySearch(Terms, term) is >= 0 and var at ? Kinds[at].HasFlag(TermKinds.Ahead) : null;

    private float PartIn(Gist other, TermKinds without, TermKinds withoutThere)
    {
        var (shared, all) = (0f, 0f);
        for (var i = 0; i < Terms.Length; i++)
        {
            if ((Kinds[i] & without) == TermKinds.None)
            {
                all += Weight(i);
                shared += Array.BinarySearch(other.Terms, Terms[i]) is >= 0 and var at && (other.Kinds[at] & withoutThere) == TermKinds.None ? Weight(i) : 0;
            }
        }

        return all > 0 ? shared / all : 0;
    }

    /// <summary>The headline's place, of length one or zero. Computed each time: kept, it would be a tenth of all that a window holds.</summary>
    public float[] Place()
    {
        var place = new float[NewsTable.Dimensions];
        for (var i = 0; i < Terms.Length; i++)
        {
            NewsTable.AddPlace(Terms[i], Weight(i), place);
        }

        Vectors.Normalise(place);
        return place;
    }

    /// <summary>The gist of a headline's terms and steps.</summary>
    public static Gist From(IEnumerable<Term> terms, byte steps, RecentCounts recent)
    {
        var distinct = terms.GroupBy(term => term.Word, StringComparer.Ordinal).Take(MaxTerms).Select(One).OrderBy(term => term.Hash).ToList();
        var gist = new Gist(distinct.Count, steps);
        for (var i = 0; i < distinct.Count; i++)
        {
            var term = distinct[i];
            gist.Set(i, term.Hash, recent.Rarity(term.Hash, term.IsWatched), TermKindsOf(term));
        }

        return gist.Finished();
    }

    /// <summary>The gist that was written by <see cref="ToBytes"/>.</summary>
    public static Gist FromBytes(ReadOnlySpan<byte> bytes)
    {
        var gist = new Gist(bytes.Length / TermBytes, bytes[^1]);
        for (var i = 0; i < gist.Terms.Length; i++, bytes = bytes[TermBytes..])
        {
            gist.Set(i, BitConverter.ToUInt64(bytes), (float)BitConverter.ToHalf(bytes[sizeof(ulong)..]), (TermKinds)bytes[TermBytes - 1]);
        }

        return gist.Finished();
    }

    /// <summary>The gist as it is stored: 11 bytes a term and the steps, 441 at most.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[(Terms.Length * TermBytes) + 1];
        for (var i = 0; i < Terms.Length; i++)
        {
            var span = bytes.AsSpan(i * TermBytes);
            BitConverter.TryWriteBytes(span, Terms[i]);
            BitConverter.TryWriteBytes(span[sizeof(ulong)..], (Half)Rarities[i]);
            span[TermBytes - 1] = (byte)Kinds[i];
        }

        bytes[^1] = Steps;
        return bytes;
    }

    private const int TermBytes = sizeof(ulong) + 2 + 1;

    private static TermKinds TermKindsOf(Term term) =>
        (term.IsName ? TermKinds.Name : TermKinds.None) | (term.IsNumber ? TermKinds.Number : TermKinds.None) | (term.IsWatched ? TermKinds.Watched : TermKinds.None) | (term.IsShared ? TermKinds.Shared : TermKinds.None)
        | (term.IsAhead ? TermKinds.Ahead : TermKinds.None);

    // A word that is told once as done is done.
    private static Term One(IEnumerable<Term> occurrences) => occurrences.First() with { IsAhead = occurrences.All(term => term.IsAhead) };

    // Rarities keep the eleven bits that are stored, so that a book that was read back decides as the one that was written.
    private void Set(int i, ulong term, float rarity, TermKinds kinds)
    {
        Terms[i] = term;
        Kinds[i] = kinds;
        Rarities[i] = (float)(Half)rarity;
        Shares[i] = MathF.Log((NewsTable.Headlines + 1) / (NewsTable.Count(term, kinds.HasFlag(TermKinds.Watched)) + .5f));
        TotalWeight += Weight(i);
        NameRarity += kinds.HasFlag(TermKinds.Name) ? Rarities[i] : 0;
    }

    private Gist Finished()
    {
        Vectors.Normalise(Shares);
        return this;
    }
}
