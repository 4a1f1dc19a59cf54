using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>The kinds of steps that a headline tells, a bit each: a threat, a decision, its end, a reaction to it.</summary>
internal static class Steps
{
    private static readonly FrozenDictionary<string, byte> Words =
        Lines().SelectMany((words, kind) => words.Select(word => (word, Bit: (byte)(1 << kind)))).ToFrozenDictionary(pair => pair.word, pair => pair.Bit);

    private static readonly FrozenDictionary<string, byte> Stems = Words.GroupBy(word => Stem.Of(word.Key)).ToFrozenDictionary(words => words.Key, words => words.Aggregate((byte)0, (steps, word) => (byte)(steps | word.Value)));

    /// <summary>The kinds of steps in an English headline.</summary>
    public static byte Of(string title)
    {
        byte steps = 0;
        foreach (var word in SurfaceWords.Of(title))
        {
            steps |= Words.GetValueOrDefault(word.ToLowerInvariant());
        }

        return steps;
    }

    /// <summary>The kinds of steps in a headline of another language, by its terms.</summary>
    public static byte Of(IEnumerable<Term> terms) => terms.Aggregate((byte)0, (steps, term) => (byte)(steps | Stems.GetValueOrDefault(term.Word)));

    // The first word of a line names the kind and is none of its words.
    private static List<string[]> Lines() => [.. WordList.Lines("Stories.Words.steps.txt").Select(line => line.Split(' ')[1..])];
}
