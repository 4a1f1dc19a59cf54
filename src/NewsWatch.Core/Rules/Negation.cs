using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>Finds the words that negate a place in a text ("there wouldn't be a cease-fire"). English; a flag, never a verdict.</summary>
internal static class Negation
{
    private const int Reach = 5;

    /// <summary>The cue, as it is written, that negates the tokens from <paramref name="start"/> to <paramref name="end"/>; null when there is none.</summary>
    public static string? CueBefore(TokenStream tokens, string text, int start, int end)
    {
        for (var i = start - 1; i >= 0 && i >= start - 1 - Reach; i--)
        {
            if (tokens.Marks[i + 1].HasFlag(TokenMarks.Sentence))
            {
                return null;
            }

            var word = tokens.FoldedOf(i);
            if (IsBarrier(word))
            {
                return null;
            }

            var next = i + 1 < start ? tokens.FoldedOf(i + 1) : default;
            if (word is "out" && i > 0 && tokens.FoldedOf(i - 1) is "ruled" or "rule" or "rules" or "ruling")
            {
                return text[tokens.Start[i - 1]..tokens.End[i]];
            }

            if (IsCue(word))
            {
                return IsNoNegation(word, next) || tokens.Marks[i + 1].HasFlag(TokenMarks.Pause) ? null : text[tokens.Start[i]..tokens.End[i]];
            }
        }

        return null;
    }

    private static bool IsCue(ReadOnlySpan<char> word) =>
        word is "no" or "not" or "never" or "without" or "cannot" or "neither" or "nor" or "denied" or "denies" or "deny" or "denying"
        || word.EndsWith("n't", StringComparison.Ordinal);

    // "not only", "no doubt": the words that take the negation back.
    private static bool IsNoNegation(ReadOnlySpan<char> cue, ReadOnlySpan<char> next) => cue switch
    {
        "not" => next is "only" or "just" or "merely" or "simply" or "least",
        "no" => next is "doubt" or "wonder" or "surprise" or "matter" or "less" or "fewer",
        _ => next is "only" or "just",
    };

    private static bool IsBarrier(ReadOnlySpan<char> word) => word is "but" or "although" or "though" or "however" or "because" or "unless" or "while" or "whereas" or "which" or "who";
}
