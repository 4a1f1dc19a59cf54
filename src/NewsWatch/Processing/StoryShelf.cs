using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>Keeps the book of the last days' stories between commits, as all processes on the database have placed articles. Places articles inside writes alone, which come one after the other.</summary>
public sealed class StoryShelf
{
    private StoryBook? _book;
    private long _lastArticle;
    private DateTimeOffset _lastTime;

    /// <summary>Reads the book from the database where it was not read yet, so that no write has to.</summary>
    internal void Prepare(Database database, DateTimeOffset now) => _book ??= database.Read(db => Read(db, now));

    /// <summary>Places an article that is about to be stored.</summary>
    internal Placement Place(Session db, StoryArticle article, DateTimeOffset now)
    {
        if (_book is null || !CatchUp(db, _book))
        {
            _book = Read(db, now);
        }

        _lastArticle = article.Id;
        _lastTime = now > _lastTime ? now : _lastTime; // a clock that is set back puts no article before others
        return _book.Place(article, _lastTime);
    }

    /// <summary>
    /// Adds what other replicas have placed since this process last did. False where the book is to be read anew: its last article is not in the database, because the write that placed
    /// it was undone, or others merged or split stories.
    /// </summary>
    private bool CatchUp(Session db, StoryBook book)
    {
        var placed = PlacementStore.From(db, _lastArticle);
        if (placed.Count == 0 || placed[0].Article != _lastArticle)
        {
            return placed.Count == 0 && _lastArticle == 0;
        }

        if (placed.Count > 1 && PlacementStore.HasChangesAfter(db, _lastArticle))
        {
            return false;
        }

        foreach (var other in placed.Skip(1))
        {
            book.Add(other);
            _lastArticle = other.Article;
            _lastTime = other.At > _lastTime ? other.At : _lastTime;
        }

        return true;
    }

    private StoryBook Read(Session db, DateTimeOffset now)
    {
        var articles = PlacementStore.Since(db, now - StoryBook.Window);
        _lastArticle = articles.Count > 0 ? articles[^1].Article : 0;
        _lastTime = articles.Count > 0 ? articles[^1].At : now;
        return StoryBook.Restore(articles);
    }
}
