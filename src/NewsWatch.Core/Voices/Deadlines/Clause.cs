using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Deadlines;

/// <summary>The sentence of a date, as far as deadlines are concerned.</summary>
internal sealed class Clause(Prose prose, Label<DeadlineWord>[] labels, int start, int end)
{
    public int Start => start;

    public int End => end;

    /// <summary>The nearest word of a kind before a token, at most so many tokens away; -1 when there is none.</summary>
    public int Before(int token, DeadlineWord kind, int within = int.MaxValue)
    {
        for (var i = token - 1; i >= start && token - i <= within; i--)
        {
            if (labels[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first word of a kind from a token on, at most so many tokens away; -1 when there is none.</summary>
    public int Behind(int token, DeadlineWord kind, int within = int.MaxValue)
    {
        for (var i = token; i < end && i - token < within; i++)
        {
            if (labels[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }

    public bool Has(DeadlineWord kind) => Behind(start, kind) >= 0;

    /// <summary>Whether a phrase of a kind ends directly before a token; articles and small words may stand between.</summary>
    public bool EndsWith(DeadlineWord kind, int token)
    {
        for (var i = token - 1; i >= start && i >= token - 4; i--)
        {
            if (labels[i].Kind == kind)
            {
                return true;
            }

            if (labels[i].Kind != DeadlineWord.None && labels[i].Kind != DeadlineWord.Bound)
            {
                return false;
            }

            if (prose.End(i) - prose.Start(i) > 3 && !IsInsidePhrase(i, kind))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The end of a phrase's first word.</summary>
    public int EndOf(int token) => token + Math.Max(1, labels[token].Length);

    private bool IsInsidePhrase(int token, DeadlineWord kind) =>
        Enumerable.Range(1, 3).Any(back => token - back >= start && labels[token - back].Kind == kind && labels[token - back].Length > back)
        || prose.Tokens.Marks[token].Has(TokenMarks.Ideograph);
}
