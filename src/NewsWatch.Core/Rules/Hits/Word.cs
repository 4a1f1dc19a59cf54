namespace NewsWatch.Core.Rules.Hits;

/// <summary>A word of the rules: its number, -1 for none and for a form that no rule writes, and what it is used for.</summary>
internal readonly record struct Word(int Number, TrieNodeFlags Use);
