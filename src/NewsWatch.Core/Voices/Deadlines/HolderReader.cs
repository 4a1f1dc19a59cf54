using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Deadlines;

/// <summary>Reads who has to act: the object of "gave", else the subject of the obligation.</summary>
internal sealed class HolderReader(Prose prose, Label<DeadlineWord>[] labels, Clause clause)
{
    private const int MaxWords = 6;

    /// <summary>The holder in the words of the text; null when it does not say.</summary>
    public string? Of(TimePhrase phrase, DeadlineModality modality)
    {
        var give = clause.Before(phrase.At, DeadlineWord.Give, 8);
        if (give >= 0 && labels[give].Value == 0)
        {
            return Object(clause.EndOf(give), phrase.At) ?? Object(phrase.End, clause.End);
        }

        if (modality is DeadlineModality.Met or DeadlineModality.Missed)
        {
            var verb = clause.Before(phrase.At, modality == DeadlineModality.Met ? DeadlineWord.Meet : DeadlineWord.Miss);
            return verb > clause.Start ? Subject(verb) : modality == DeadlineModality.Met ? Subject(Math.Min(clause.Start + 1, phrase.At)) : null;
        }

        var must = give >= 0 ? give : FirstMust(phrase.At);
        return must > clause.Start ? Subject(must) : must == clause.Start ? Object(must + labels[must].Length, phrase.At) : null;
    }

    // The first obligation of the sentence, behind which no other subject begins.
    private int FirstMust(int before)
    {
        var found = -1;
        for (var i = before - 1; i >= clause.Start; i--)
        {
            if (labels[i].Kind == DeadlineWord.Must)
            {
                found = i;
            }
            else if (found >= 0 && prose.Tokens.Marks[i + 1].Has(TokenMarks.Pause))
            {
                break;
            }
        }

        return found;
    }

    private string? Subject(int verb)
    {
        var start = verb;
        while (start > clause.Start && verb - start < MaxWords && !prose.Tokens.Marks[start].Has(TokenMarks.Pause) && prose.Tokens.FoldedOf(start - 1) is not ("that" or "and" or "dass" or "que" or "said" or "there" or "it"))
        {
            start--;
        }

        return start < verb && (start == clause.Start || prose.Tokens.FoldedOf(start - 1) is not ("there" or "it")) && labels[start].Kind == DeadlineWord.None && prose.Tokens.FoldedOf(start) is not ("there" or "it") && !prose.Tokens.Marks[verb].Has(TokenMarks.Pause) ? prose.Between(start, verb) : null;
    }

    private string? Object(int from, int to)
    {
        var end = from;
        while (end < to && end - from < MaxWords && labels[end].Kind == DeadlineWord.None && !(end > from && (prose.Tokens.Marks[end] & (TokenMarks.Pause | TokenMarks.Sentence)) != TokenMarks.None))
        {
            end++;
        }

        return end > from && prose.Tokens.FoldedOf(from) is not ("to" or "a" or "an") ? prose.Between(from, end) : null;
    }
}
