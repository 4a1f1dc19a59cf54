using NewsWatch.Core.Stories;
using NewsWatch.Core.Stories.Clusters;

namespace NewsWatch.Core.Tests.Stories;

/// <summary>Tells headlines one after another, and keeps what a database would keep of them.</summary>
internal sealed class Newsroom
{
    private readonly List<PlacedArticle> _kept = [];
    private DateTimeOffset _now = new(2030, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private int _told;

    public StoryBook Book { get; private init; } = new();

    /// <summary>Places a headline some hours after the one before.</summary>
    public Placement Tell(string title, double hours = .25, string text = "", string[]? watched = null, string publisher = "", string language = "", string[]? found = null)
    {
        _now = _now.AddHours(_kept.Count == 0 && _told == 0 ? 0 : hours);
        var id = ++_told;
        var article = new StoryArticle { Id = id, Title = title, Text = text, Publisher = publisher.Length > 0 ? publisher : $"paper {id % 7}", Watched = watched ?? [], Found = found ?? [], Language = language };
        var placement = Book.Place(article, _now);
        _kept.Add(new(id, _now, article.Publisher, placement.Report, placement.Story, placement.Fingerprint));
        foreach (var change in placement.Changes)
        {
            Apply(change);
        }

        return placement;
    }

    /// <summary>The newsroom whose book was read back from what was kept.</summary>
    public Newsroom ReadBack()
    {
        var read = new Newsroom { Book = StoryBook.Restore(_kept), _now = _now, _told = _told };
        read._kept.AddRange(_kept);
        return read;
    }

    private void Apply(StoryChange change)
    {
        for (var i = 0; i < _kept.Count; i++)
        {
            if (change.Reports.Contains(_kept[i].Report))
            {
                _kept[i] = _kept[i] with { Story = change.Kind == StoryChangeKind.Merged ? change.Story : change.Other };
            }
        }
    }
}
