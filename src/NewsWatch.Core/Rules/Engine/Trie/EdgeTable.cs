using System.Numerics;
using NewsWatch.Core.Rules.Hits;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>The edges of the term trie behind the first word: (node, symbol) to node. A bit filter, small enough for the cache, decides most lookups.</summary>
internal sealed class EdgeTable
{
    private readonly Edge[] _edges;
    private readonly BitFilter _filter;
    private readonly int _shift;

    public EdgeTable(IReadOnlyDictionary<ulong, int> edges)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, edges.Count + (edges.Count / 2)));
        _edges = new Edge[size];
        _filter = new BitFilter(edges.Count);
        _shift = 64 - BitOperations.Log2(size);
        foreach (var (key, node) in edges)
        {
            var hash = HashOf(key);
            var i = (int)(hash >> _shift);
            while (_edges[i].Key != 0)
            {
                i = (i + 1) & (_edges.Length - 1);
            }

            _edges[i] = new Edge(key, node);
            _filter.Add(hash);
        }
    }

    /// <summary>The key of an edge; never 0.</summary>
    public static ulong Key(int node, int symbol) => ((ulong)(uint)(node + 1) << 32) | (uint)symbol;

    /// <summary>The node behind an edge, or -1.</summary>
    public int Find(int node, int symbol)
    {
        var key = Key(node, symbol);
        var hash = HashOf(key);
        return _filter.MayHold(hash) ? Probe(key, hash) : -1;
    }

    private int Probe(ulong key, ulong hash)
    {
        var edges = _edges;
        var i = (int)(hash >> _shift);
        while (true)
        {
            ref readonly var edge = ref edges[i & (edges.Length - 1)];
            if (edge.Key == key)
            {
                return edge.Node;
            }

            if (edge.Key == 0)
            {
                return -1;
            }

            i++;
        }
    }

    private static ulong HashOf(ulong key)
    {
        var hash = (key ^ (key >> 29)) * 0x9E3779B97F4A7C15UL;
        return (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
    }

    private readonly record struct Edge(ulong Key, int Node);
}
