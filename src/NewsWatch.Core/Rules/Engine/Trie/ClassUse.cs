using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>That a word belongs to a class.</summary>
/// <param name="Symbol">The class.</param>
/// <param name="Languages">In articles of which languages.</param>
/// <param name="Capital">Whether the token must begin with a capital.</param>
/// <param name="OneToken">Whether the word must be one token, not the parts of a compound read as one: so it is for wildcards and tails.</param>
internal readonly record struct ClassUse(int Symbol, Languages Languages, bool Capital, bool OneToken);
