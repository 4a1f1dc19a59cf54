using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>One reading of an article, matched: what commit 2 stores and decides on.</summary>
/// <param name="Source">The source's id; it may have left the configuration meanwhile.</param>
/// <param name="FirstSeen">When the item was first seen.</param>
/// <param name="TitleKey">The headline's key; empty for none.</param>
/// <param name="IsUpdate">True for an entry of a live blog.</param>
internal sealed record Reading(
    Article Article, string Source, DateTimeOffset FirstSeen, string TitleKey, bool IsUpdate, Core.Text.Document Document, IReadOnlyList<RuleMatch> Matches)
{
    private const int LongestMadeTitle = 100;

    /// <summary>Reads an item as an article, from the feed's own text.</summary>
    /// <exception cref="System.Text.Json.JsonException">The payload is no item.</exception>
    public static Reading Of(ClaimedItem item, WatchConfiguration configuration)
    {
        var payload = StoredJson.Read<FeedItem>(item.Payload);
        var source = configuration.Sources.GetValueOrDefault(item.Source);
        var shared = source is { Kind: SourceKind.Live } or { Kind: SourceKind.Page, Watch: PageWatch.Text };
        var article = new Article
        {
            Url = ArticleIdentity.Of(payload.Link, item.Source, item.Key, shared),
            Title = payload.Title.Length > 0 ? payload.Title : Beginning(payload.Text),
            Text = payload.Text,
            Authors = payload.Authors,
            Published = payload.Published,
            Modified = payload.Updated,
            Language = source?.Language ?? "",
            Keywords = payload.Categories,
            Completeness = Completeness.Partial,
        };
        return Of(article, item.Source, item.FirstSeen, source is { Kind: SourceKind.Live }, configuration);
    }

    /// <summary>Matches an article as it was read.</summary>
    public static Reading Of(Article article, string sourceId, DateTimeOffset firstSeen, bool isUpdate, WatchConfiguration configuration)
    {
        var publisher = configuration.Sources.GetValueOrDefault(sourceId)?.Publisher;
        var document = ArticleDocument.Of(article, [sourceId], publisher?.Id ?? "");
        return new(
            article,
            sourceId,
            firstSeen,
            Core.Stories.TitleKey.Of(article.Title, publisher is null ? [sourceId] : [publisher.Name, publisher.Id, sourceId]),
            isUpdate,
            document,
            configuration.RuleSet.Match(document));
    }

    private static string Beginning(string text)
    {
        var line = text.Split('\n', 2)[0].Trim();
        if (line.Length <= LongestMadeTitle)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', LongestMadeTitle);
        return line[..(cut > 0 ? cut : LongestMadeTitle)] + "…";
    }
}
