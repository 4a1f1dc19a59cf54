using NewsWatch.Core.Voices.Dates;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Deadlines;

/// <summary>Tells which dates of one sentence are deadlines, what is said of them, and who has to act.</summary>
internal sealed class DeadlineReader(Prose prose, Label<DeadlineWord>[] labels, DateScan scan, Clause clause)
{
    // How many tokens may stand between a deadline's name and its date.
    private const int NounReach = 9;
    private const int GiveReach = 6;
    private const int NoReach = 3;
    private readonly HolderReader _holders = new(prose, labels, clause);

    /// <summary>The deadlines among the phrases of the sentence.</summary>
    public IEnumerable<Deadline> Read(IReadOnlyList<TimePhrase> phrases)
    {
        if (clause.Has(DeadlineWord.Habit))
        {
            return [];
        }

        var (found, from) = (new List<Deadline>(), clause.Start);
        for (var i = 0; i < phrases.Count; i++)
        {
            var phrase = phrases[i];
            if (phrase.Date is null)
            {
                AddDuration(phrases, i, found);
            }
            else if (IsTied(phrase, from) && !clause.EndsWith(DeadlineWord.Old, phrase.At))
            {
                found.Add(Dated(phrase, from));
                from = phrase.End;
            }
        }

        return found;
    }

    private Deadline Dated(TimePhrase phrase, int from)
    {
        var modality = ModalityOf(phrase, from);
        var tense = modality is DeadlineModality.Met or DeadlineModality.Missed ? Tense.Past : Tense.Future;
        var date = scan.Resolve(phrase, tense) ?? phrase.Date!;
        return new(phrase.Date!.Start, phrase.Date.End, date with { Start = phrase.Date.Start }, modality, _holders.Of(phrase, modality));
    }

    // "10 days", "48 hours": from the publication, or from a day that the sentence names before them.
    private void AddDuration(IReadOnlyList<TimePhrase> phrases, int i, List<Deadline> found)
    {
        var phrase = phrases[i];
        var give = clause.Before(phrase.At, DeadlineWord.Give, GiveReach);
        var isGiven = give >= 0 && (labels[give].Value != 1 || IsToVerb(phrase.End));
        var isWithin = prose.Tokens.FoldedOf(phrase.At) is "within" or "innerhalb" or "binnen" && clause.Before(phrase.At, DeadlineWord.Must) >= 0;
        if ((!isGiven && !isWithin) || phrases.Any(other => other.Date is not null && other.At > phrase.At && IsTied(other, phrase.End)))
        {
            return;
        }

        var from = phrases.FirstOrDefault(other => other.Date is { Granularity: Granularity.Day } && other.Shape.Kind is ShapeKind.Weekday or ShapeKind.MonthDay or ShapeKind.Date)?.Date;
        var at = isWithin ? phrase.At + 1 : phrase.At;
        var due = scan.Resolver.ResolveDuration(phrase.Shape, from, prose.Start(at), prose.End(phrase.End - 1));
        var modality = clause.Before(phrase.At, DeadlineWord.Extend) >= 0 ? DeadlineModality.Extended : clause.Before(phrase.At, DeadlineWord.Deny) >= 0 ? DeadlineModality.Denied : DeadlineModality.Set;
        found.Add(new(prose.Start(at), prose.End(phrase.End - 1), due, modality, _holders.Of(phrase, modality)));
    }

    private bool IsToVerb(int token) => token < clause.End && prose.Tokens.FoldedOf(token) is "to" or "in" or "left";

    private bool IsTied(TimePhrase phrase, int from)
    {
        if (NounOf(phrase) >= 0 || clause.EndsWith(DeadlineWord.Due, phrase.At) || clause.Before(phrase.At, DeadlineWord.Expire, NounReach) >= from)
        {
            return true;
        }

        var validity = Math.Max(clause.Before(phrase.At, DeadlineWord.Valid), clause.Before(phrase.At, DeadlineWord.Noun));
        if (IsBound(phrase))
        {
            return validity >= 0 || clause.Before(phrase.At, DeadlineWord.Must) >= 0 || clause.Before(phrase.At, DeadlineWord.Extend) >= 0
                || clause.Before(phrase.At, DeadlineWord.Give) is var give && give >= 0 && labels[give].Value != 1
                || clause.Before(phrase.At, DeadlineWord.Miss) >= 0;
        }

        return validity >= 0 && clause.Before(phrase.At, DeadlineWord.End, NounReach) > validity;
    }

    private bool IsBound(TimePhrase phrase) =>
        clause.EndsWith(DeadlineWord.Bound, phrase.At) || (phrase.End < clause.End && prose.Language == "zh" && prose.Tokens.FoldedOf(phrase.End) is "前" or "之")
        || (labels[phrase.At].Kind == DeadlineWord.Bound && prose.Language != "en");

    // "The Friday deadline", "the midnight deadline on July 31", "a deadline of Monday", "the deadline for a deal to Aug. 29".
    private int NounOf(TimePhrase phrase)
    {
        var behind = clause.Behind(phrase.End, DeadlineWord.Noun, 3);
        if (behind >= 0 && behind - phrase.End <= 1)
        {
            return behind;
        }

        var before = clause.Before(phrase.At, DeadlineWord.Noun, NounReach);
        return before >= 0 && phrase.At > 0 && (before == phrase.At - 1 || prose.End(phrase.At - 1) - prose.Start(phrase.At - 1) <= 3 || labels[phrase.At - 1].Kind != DeadlineWord.None) ? before : -1;
    }

    private DeadlineModality ModalityOf(TimePhrase phrase, int from)
    {
        var noun = NounOf(phrase);
        var first = noun >= 0 ? Math.Min(noun, phrase.At) : phrase.At;
        if (clause.Before(phrase.At, DeadlineWord.Lift) >= from || (noun >= 0 && clause.Behind(phrase.End, DeadlineWord.Lift, NounReach) >= 0))
        {
            return DeadlineModality.Lifted;
        }

        if (clause.Before(phrase.At, DeadlineWord.Deny) >= clause.Start || (noun >= 0 && clause.Before(first, DeadlineWord.No, NoReach) >= 0))
        {
            return DeadlineModality.Denied;
        }

        if (noun >= 0 && clause.Before(first, DeadlineWord.Meet) >= from)
        {
            return DeadlineModality.Met;
        }

        if (IsMissed(phrase, first, from))
        {
            return DeadlineModality.Missed;
        }

        return clause.Before(phrase.At, DeadlineWord.Move) >= from || (noun >= 0 && clause.Behind(phrase.End, DeadlineWord.Move, NounReach) >= 0) ? DeadlineModality.Moved
            : clause.Before(phrase.At, DeadlineWord.Extend) >= from || clause.EndsWith(DeadlineWord.Extend, phrase.At) ? DeadlineModality.Extended
            : DeadlineModality.Set;
    }

    private bool IsMissed(TimePhrase phrase, int first, int from)
    {
        var miss = clause.Before(first, DeadlineWord.Miss);
        var expired = clause.Before(phrase.At, DeadlineWord.Expire, NounReach);
        return (miss >= from && (prose.Tokens.FoldedOf(miss) is not "let" || clause.Behind(phrase.End, DeadlineWord.Pass) >= 0)) || (expired >= from && labels[expired].Value == 1);
    }
}
