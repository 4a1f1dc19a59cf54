namespace NewsWatch.Core.Rules.Hits;

/// <summary>What a trie node means.</summary>
[Flags]
internal enum TrieNodeFlags : byte
{
    None = 0,

    /// <summary>Terms go on behind it.</summary>
    Branches = 1,

    /// <summary>It is a term whose key is the node itself.</summary>
    Term = 2,

    /// <summary>It ends terms of groups, or terms with conditions.</summary>
    Emits = 4,

    /// <summary>A word that also belongs to classes: inflections, wildcards.</summary>
    Classes = 8,

    /// <summary>A symbol after the first word of some term.</summary>
    Continues = 16,

    /// <summary>For one token only: it must go the long way.</summary>
    Slow = 32,

    /// <summary>For one token only, beside Slow: that is so only if it is no word of the rules, because a wildcard or a tail may meet it.</summary>
    Pattern = 64,
}

internal static class NodeUseExtensions
{
    /// <summary>Whether any of some uses is set.</summary>
    public static bool Has(this TrieNodeFlags use, TrieNodeFlags any) => (use & any) != TrieNodeFlags.None;
}
