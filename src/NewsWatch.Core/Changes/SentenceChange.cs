namespace NewsWatch.Core.Changes;

/// <summary>What an edited sentence says differently.</summary>
internal sealed class SentenceChange(VersionText before, VersionText after, ChangeWords vocabulary, DiffBudget budget)
{
    // So many words in common, and a sentence is the same one.
    private const double Same = 0.5;
    private readonly NameChange _names = new(before, after, vocabulary, budget);

    /// <summary>The gravest change of a sentence of the text.</summary>
    public ChangeClass OfSentence(Sentence old, Sentence now, Edit edit)
    {
        var likeness = SentencePairs.Likeness(old, now);
        if (old.IsQuote && now.IsQuote && likeness < Same)
        {
            return ChangeClass.Quote;
        }

        return IsNegated(old, now, edit) ? ChangeClass.Negation
            : Differ(WordKind.Number, old, now, edit, isTitle: false) ? ChangeClass.Number
            : Differ(WordKind.Date, old, now, edit, isTitle: false) ? ChangeClass.Date
            : _names.IsIn(old, now, edit, isTitle: false) ? ChangeClass.Name
            : edit.Removed.Concat(edit.Added).Any(word => word.IsQuoted) && edit.Added.Any(word => word.IsQuoted) ? QuoteOrStyle(edit)
            : ChangeClass.Style;
    }

    /// <summary>The gravest change of the headline: other words for the same are none.</summary>
    public ChangeClass OfTitle(Sentence old, Sentence now, Edit edit)
    {
        var isSame = SentencePairs.Likeness(old, now) >= Same;
        return isSame && IsNegated(old, now, edit) ? ChangeClass.Negation
            : Differ(WordKind.Number, old, now, edit, isTitle: true) ? ChangeClass.Number
            : Differ(WordKind.Date, old, now, edit, isTitle: true) ? ChangeClass.Date
            : _names.IsIn(old, now, edit, isTitle: true) ? ChangeClass.Name
            : ChangeClass.Headline;
    }

    // A typing error inside a quote is one, and so is a space: "percent", "per cent".
    private static ChangeClass QuoteOrStyle(Edit edit) => string.Concat(edit.Removed.Select(word => word.Key)) == string.Concat(edit.Added.Select(word => word.Key))
        || (edit.Removed.Count == edit.Added.Count && edit.Removed.Zip(edit.Added).All(pair => IsTypo(pair.First.Key, pair.Second.Key))) ? ChangeClass.Style : ChangeClass.Quote;

    private static bool IsTypo(string one, string other) => one.Length > 3 && Math.Abs(one.Length - other.Length) <= 1 && one.Order().SequenceEqual(other.Order());

    private bool IsNegated(Sentence old, Sentence now, Edit edit) =>
        Negations(edit.Removed) % 2 != Negations(edit.Added) % 2 || IsOpposite(old, now, edit);

    private static int Negations(IReadOnlyList<Word> words) => words.Count(word => word.Kind == WordKind.Negation);

    private bool IsOpposite(Sentence old, Sentence now, Edit edit) =>
        edit.Removed.DistinctBy(word => word.Key).Any(gone => vocabulary.OppositesOf(gone.Key).Any(opposite =>
            edit.Added.Any(come => come.Key.StartsWith(opposite, StringComparison.Ordinal)) && !old.Words.Any(word => word.Key.StartsWith(opposite, StringComparison.Ordinal)))
            && !now.Words.Any(word => word.Key == gone.Key));

    /// <summary>Numbers or dates that differ. What only one of both has counts where the rest of the article does not say it too.</summary>
    private bool Differ(WordKind kind, Sentence old, Sentence now, Edit edit, bool isTitle)
    {
        var (gone, come) = (Keys(edit.Removed, kind), Keys(edit.Added, kind));
        if (gone.Count > 0 && come.Count > 0)
        {
            var isSame = SentencePairs.Likeness(old, now) >= Same;
            return !gone.SequenceEqual(come) && (isSame || (!gone.Order().SequenceEqual(come.Order()) && !(isTitle && come.TrueForAll(before.Keys.Contains))));
        }

        return (!come.TrueForAll(before.Keys.Contains) && !HasRelative(edit.Removed, kind))
            || (!isTitle && !gone.TrueForAll(after.Keys.Contains) && !HasRelative(edit.Added, kind));
    }

    // "on Tuesday" for "yesterday" may be the same day.
    private static bool HasRelative(IReadOnlyList<Word> words, WordKind kind) => kind == WordKind.Date && words.Any(word => word.Kind == WordKind.Relative);

    private static List<string> Keys(IReadOnlyList<Word> words, WordKind kind) => [.. words.Where(word => word.Kind == kind).Select(word => word.Key)];
}
