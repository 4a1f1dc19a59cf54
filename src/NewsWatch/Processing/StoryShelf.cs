using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>Keeps the book of the last days' stories between commits. Places articles inside writes alone, which come one after the other.</summary>
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
        // A number comes again when the write that used it was undone: the book then holds an article that the database does not.
        if (_book is null || article.Id <= _lastArticle)
        {
            _book = Read(db, now);
        }

        _lastArticle = article.Id;
        _lastTime = now > _lastTime ? now : _lastTime; // a clock that is set back puts no article before others
        return _book.Place(article, _lastTime);
    }

    private StoryBook Read(Session db, DateTimeOffset now)
    {
        var articles = PlacementStore.Since(db, now - StoryBook.Window);
        _lastArticle = articles.Count > 0 ? articles[^1].Article : 0;
        _lastTime = articles.Count > 0 ? articles[^1].At : now;
        return StoryBook.Restore(articles);
    }
}
