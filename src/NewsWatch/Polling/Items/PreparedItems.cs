using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling.Items;

/// <summary>A document's items with all that comes of their bytes alone: keys, hashes, what is written of them. Made before the write, so that nobody waits for it.</summary>
/// <param name="SharedIds">True if several items share a guid.</param>
internal sealed record PreparedItems(IReadOnlyList<ItemKeys> Items, bool SharedIds)
{
    /// <summary>Prepares the items; those that the database has as they are need no payload.</summary>
    /// <param name="seen">When they were seen: no item is dated later.</param>
    public static PreparedItems From(Database database, Source source, Feed feed, DateTimeOffset seen)
    {
        var language = LanguageTag.Of(feed.Language);
        var (keyed, sharedIds) = ItemKeys.Of([.. feed.Items.Select(item => item with { Published = PlausibleDate.Of(item.Published, seen), Language = LanguageTag.Of(item.Language) is { Length: > 0 } own ? own : language })], source);
        var stored = database.Read(db => ItemStore.Contents(db, source.Id, keyed.Select(item => item.Key)));
        return new([.. keyed.Select(item => stored.Contains((item.Key, item.ContentHash)) ? item : item with { Payload = item.Written })], sharedIds);
    }
}
