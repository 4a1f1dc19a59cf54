using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;

namespace NewsWatch.Processing;

/// <summary>One reading of an article, matched: what commit 2 stores and decides on.</summary>
/// <param name="Source">The source's id; it may have left the configuration meanwhile.</param>
/// <param name="FirstSeen">When the item was first seen.</param>
/// <param name="IsUpdate">True for an entry of a live blog.</param>
/// <param name="WantsPage">True where the article's page may say more than this reading.</param>
internal sealed record MatchedArticle(Article Article, string Source, DateTimeOffset FirstSeen, bool IsUpdate, bool WantsPage)
{
    /// <summary>The rules that fired, each with its excerpts: what comes of the text alone is made here, before the write.</summary>
    public required IReadOnlyList<ExcerptedMatch> Matches { get; init; }

    /// <summary>The headline's key; empty for none.</summary>
    public required string TitleKey { get; init; }

    /// <summary>What rules saw, as the archive keeps it.</summary>
    public required DocumentWrite Document { get; init; }

    /// <summary>Why a page that was read has no part in it; null otherwise.</summary>
    public string? Remark { get; init; }

    /// <summary>The article as alerts are decided by it; rules that left the configuration meanwhile have no part in it.</summary>
    public MatchedNews News(WatchConfiguration configuration, Story story, ArticleChange change)
    {
        var source = configuration.Sources.GetValueOrDefault(Source);
        return new()
        {
            Matches = [.. Matches.Select(match => configuration.Rules.GetValueOrDefault(match.RuleId)?.Match).OfType<MatchedRule>()],
            Change = change,
            Story = story.Id,
            StoryKey = story.Key,
            Source = Source,
            Group = source?.Group ?? "",
            Publisher = source?.Publisher?.Id ?? "",
            Muted = source?.Muted,
            Language = Article.Language,
            Published = Article.Published,
            FirstSeen = FirstSeen,
            MaxAge = source?.MaxAge ?? configuration.Defaults.MaxAge,
        };
    }
}
