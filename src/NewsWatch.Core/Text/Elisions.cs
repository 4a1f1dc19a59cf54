using System.Collections.Frozen;

namespace NewsWatch.Core.Text;

/// <summary>The short words of French, Italian and Catalan that lose their vowel before another word: "l’Ukraine", "lorsqu'Israël".</summary>
internal static class Elisions
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordList.Folded("Text.Words.elisions.txt").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a folded word is one of them.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);
}
