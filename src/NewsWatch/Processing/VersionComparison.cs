using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Changes;
using NewsWatch.Core.Text;
using NewsWatch.Storage;
using NewsWatch.Storage.Archive;

namespace NewsWatch.Processing;

/// <summary>A version of an alerted article beside the one that was told, for each rule that alerted.</summary>
/// <param name="Told">The number of the document that it is compared with.</param>
/// <param name="ToldTitle">The headline that was told.</param>
internal sealed record VersionComparison(ToldStage Stage, long Told, string ToldTitle, IReadOnlyList<RuleChanges> Rules)
{
    /// <summary>False where the page shows a wall, an error or another text: the last good version stays.</summary>
    public bool IsVersion => Rules.All(rule => rule.Changes.IsVersion);

    /// <summary>Compares what was read now with what was told; null where nothing was told.</summary>
    public static VersionComparison? From(Session db, long article, ToldStage stage, Article now, CancellationToken cancellationToken = default)
    {
        if (ToldVersionStore.DocumentOf(db, article, stage) is not { } told || DocumentStore.Find(db, told) is not { } document)
        {
            return null;
        }

        var (before, after) = (new TextVersion(document.Title, document.Text), new TextVersion(now.Title, now.Text));
        var language = now.Language.Length > 0 ? now.Language : document.Language;
        return new(
            stage,
            told,
            document.Title,
            [
                .. ToldVersionStore.Alerts(db, article).GroupBy(alert => alert.Content.Rule.Id)
                    .Select(alerts => new RuleChanges([.. alerts.Select(alert => alert.Content)], ArticleDiff.Between(before, after, WordsOf(alerts.Select(alert => alert.Content), before), language, cancellationToken))),
            ]);
    }

    /// <summary>What a rule's alerts quoted of a version, and the words that they were for.</summary>
    private static AlertedWords WordsOf(IEnumerable<AlertContent> alerts, TextVersion version)
    {
        var told = alerts.Where(alert => alert.Change is null).ToList();
        return new(
            [
                .. told.SelectMany(alert => alert.Excerpts).Where(excerpt => excerpt.Field == Field.Body).Select(excerpt => excerpt.Text.Trim('…', ' '))
                    .Select(text => new TextSpan(Field.Body, version.Text.IndexOf(text, StringComparison.Ordinal), text.Length)).Where(span => span.Start >= 0 && span.Length > 0),
            ],
            [.. told.SelectMany(alert => alert.Hits).Select(hit => hit.Quote).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }
}

/// <summary>What changed for those who got a rule's alerts.</summary>
/// <param name="Alerts">The rule's alerts about the article, oldest first; at least one.</param>
internal sealed record RuleChanges(IReadOnlyList<AlertContent> Alerts, ArticleChanges Changes);
