using NewsWatch.Core.Rules.Engine.Trie;


namespace NewsWatch.Core.Rules.Engine;

/// <summary>Rules, compiled; immutable.</summary>
internal sealed record CompiledRules(TermTrie Trie, RuleCode Code, Postings Postings, int Keys);
