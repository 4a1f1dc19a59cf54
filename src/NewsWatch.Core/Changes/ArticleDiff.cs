namespace NewsWatch.Core.Changes;

/// <summary>
/// Compares two versions of an article that was alerted: what changed in meaning, and whether those who were alerted must hear of it. Paragraphs become sentences,
/// sentences are paired, pairs are compared word by word; page furniture has no part in it.
/// </summary>
public static class ArticleDiff
{
    // A page that lost more of its text than this shows a wall, or its first lines alone.
    private const double MinShareKept = 0.5;

    // A page that kept less than this, headline and text, is another article's.
    private const double MinSimilarity = 0.1;

    // What is below the first lines of a text that is cut short, in whatever words.
    private const int MaxWallWords = 40;

    /// <summary>Compares two versions.</summary>
    /// <param name="before">The version that was told last.</param>
    /// <param name="after">The version that was read now.</param>
    /// <param name="alerted">What the alert said of <paramref name="before"/>.</param>
    /// <param name="language">BCP 47 language tag of the article; empty when unknown, which counts as English.</param>
    /// <param name="cancellationToken">Looked at with every paragraph.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static ArticleChanges Between(TextVersion before, TextVersion after, AlertedWords alerted, string language, CancellationToken cancellationToken = default)
    {
        if (before == after)
        {
            return ArticleChanges.None;
        }

        var vocabulary = ChangeWords.For(language);
        var (old, now) = (VersionText.Read(before, vocabulary, cancellationToken), VersionText.Read(after, vocabulary, cancellationToken));
        var budget = new DiffBudget();
        var pairs = new SentencePairs(old.Body, now.Body, budget);
        if (Withdrawal(old, now, pairs) is { } withdrawn)
        {
            return new(ChangeClass.Withdrawn, [withdrawn]);
        }

        return IsWall(old, now, pairs) ? new(ChangeClass.Paywall, []) : Sorted([.. new ChangeList(old, now, pairs, new(alerted, old), vocabulary, budget).All()]);
    }

    private static ArticleChanges Sorted(List<TextChange> changes)
    {
        changes = [.. changes.OrderByDescending(change => change.IsTold).ThenByDescending(change => change.Class)];
        return changes.Count == 0 ? ArticleChanges.None : new(changes.Max(change => change.Class), changes);
    }

    /// <summary>The notice in place of the text, or before it.</summary>
    private static TextChange? Withdrawal(VersionText old, VersionText now, SentencePairs pairs)
    {
        var notice = IsNew(now.Title, old.Title) && Notices.IsWithdrawal(now.Title.Text) ? now.Title
            : pairs.Added.Concat(pairs.Edited.Select(pair => pair.After)).Where(sentence => Notices.IsWithdrawal(sentence.Text)).FirstOrDefault(sentence => pairs.Kept < MinShareKept || ReferenceEquals(sentence, now.Body[0]));
        return notice is null ? null : new(ChangeClass.Withdrawn, true, null, ChangeList.SpanOf(notice), null, new(notice.Text, []));
    }

    private static bool IsNew(Sentence title, Sentence before) => title.Key != before.Key && !Notices.IsWithdrawal(before.Text);

    /// <summary>A wall in place of the rest, a text that is cut short, or another text altogether. A wall below the whole text hides nothing.</summary>
    private static bool IsWall(VersionText old, VersionText now, SentencePairs pairs)
    {
        var lost = pairs.Removed.Any();
        if (lost && (pairs.Added.Any(sentence => Notices.IsWall(sentence.Text)) || Notices.IsWall(now.Title.Text)))
        {
            return true;
        }

        var isCut = pairs.IsBeginning && pairs.Added.Sum(sentence => sentence.Words.Count) <= MaxWallWords;
        var isOther = pairs.Kept < MinSimilarity && SentencePairs.Likeness(old.Title, now.Title) < MinShareKept;
        return lost && pairs.Kept < MinShareKept && (isCut || isOther);
    }
}
