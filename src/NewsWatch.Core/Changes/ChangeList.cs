using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>The changes between two versions of one article, each with its class and whether it is told.</summary>
internal sealed class ChangeList(VersionText before, VersionText after, SentencePairs pairs, AlertedPlaces alerted, ChangeWords vocabulary, DiffBudget budget)
{
    private readonly SentenceChange _sentences = new(before, after, vocabulary, budget);

    public IEnumerable<TextChange> All() =>
        Title().Concat(pairs.Edited.Select(Edited)).Concat(Added()).Concat(pairs.Removed.Select(Removed)).Concat(Restyled());

    /// <summary>The place of a whole sentence.</summary>
    public static TextSpan SpanOf(Sentence sentence) => new(sentence.Paragraph < 0 ? Field.Title : Field.Body, sentence.Start, sentence.Text.Length);

    private IEnumerable<TextChange> Title()
    {
        if (before.Title.Text == after.Title.Text)
        {
            return [];
        }

        if (before.Title.Key == after.Title.Key)
        {
            return [Change(ChangeClass.Style, false, before.Title, after.Title, new([], []))];
        }

        if (Notices.IsCorrection(after.Title.Text) && !Notices.IsCorrection(before.Title.Text))
        {
            return [Change(ChangeClass.Correction, true, before.Title, after.Title, Edit.Between(before.Title.Words, after.Title.Words, budget))];
        }

        var edit = Edit.Between(before.Title.Words, after.Title.Words, budget);
        var change = _sentences.OfTitle(before.Title, after.Title, edit);
        return [Change(change, change != ChangeClass.Headline, before.Title, after.Title, edit)];
    }

    private TextChange Edited((Sentence Before, Sentence After) pair)
    {
        var edit = Edit.Between(pair.Before.Words, pair.After.Words, budget);
        if (Notices.IsCorrection(pair.After.Text) && !Notices.IsCorrection(pair.Before.Text))
        {
            return Change(ChangeClass.Correction, true, pair.Before, pair.After, edit);
        }

        var change = _sentences.OfSentence(pair.Before, pair.After, edit);
        return Change(change, change != ChangeClass.Style && alerted.Has(pair.Before), pair.Before, pair.After, edit);
    }

    /// <summary>Sentences that were added one behind the other are one change.</summary>
    private IEnumerable<TextChange> Added()
    {
        var added = pairs.Added.Where(sentence => !Notices.IsWall(sentence.Text)).ToHashSet<Sentence>(ReferenceEqualityComparer.Instance);
        var run = new List<Sentence>();
        foreach (var sentence in after.Body.Append(null))
        {
            var joins = sentence is not null && added.Contains(sentence);
            if (run.Count > 0 && (!joins || sentence!.Paragraph != run[0].Paragraph))
            {
                yield return Added(run);
                run.Clear();
            }

            if (joins)
            {
                run.Add(sentence!);
            }
        }
    }

    private TextChange Added(List<Sentence> run)
    {
        var first = run[0];
        var kind = run.Exists(sentence => Notices.IsCorrection(sentence.Text)) ? ChangeClass.Correction
            : Notices.IsEntry(first.Text) ? ChangeClass.Live
            : run.TrueForAll(sentence => sentence.IsQuote) ? ChangeClass.Quote
            : ChangeClass.FactAdded;
        var length = run[^1].End - first.Start;
        return new(kind, kind == ChangeClass.Correction || run.Exists(alerted.HasTerm), null, new(Field.Body, first.Start, length), null, new(string.Join(' ', run.Select(sentence => sentence.Text)), []));
    }

    private TextChange Removed(Sentence sentence) => new(ChangeClass.FactRemoved, alerted.Has(sentence), SpanOf(sentence), null, new(sentence.Text, []), null);

    private IEnumerable<TextChange> Restyled() => pairs.Equal.Where(pair => pair.Before.Text != pair.After.Text)
        .Select(pair => Change(ChangeClass.Style, false, pair.Before, pair.After, new(pair.Before.Words, pair.After.Words)));

    private static TextChange Change(ChangeClass change, bool isTold, Sentence before, Sentence after, Edit edit) => new(
        change, isTold, Span(before, edit.Removed), Span(after, edit.Added), new(before.Text, MarksOf(before, edit.Removed)), new(after.Text, MarksOf(after, edit.Added)));

    // Where only one side has other words, the other side's place is the whole sentence.
    private static TextSpan Span(Sentence sentence, IReadOnlyList<Word> words) =>
        words.Count == 0 ? SpanOf(sentence) : SpanOf(sentence) with { Start = words[0].Start, Length = words[^1].End - words[0].Start };

    /// <summary>Neighbouring words are marked as one.</summary>
    private static List<MarkedSpan> MarksOf(Sentence sentence, IReadOnlyList<Word> words)
    {
        var marks = new List<MarkedSpan>();
        foreach (var word in words)
        {
            var start = word.Start - sentence.Start;
            if (marks.Count > 0 && marks[^1] is var last && IsGap(sentence.Text, last.Start + last.Length, start))
            {
                marks[^1] = last with { Length = word.End - sentence.Start - last.Start };
            }
            else
            {
                marks.Add(new(start, word.End - word.Start));
            }
        }

        return marks;
    }

    private static bool IsGap(string text, int from, int to) => to <= from || (to - from <= 3 && !text.AsSpan(from, to - from).ContainsAnyInRange('0', 'z'));
}
