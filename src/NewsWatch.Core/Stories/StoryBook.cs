using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Core.Stories.Copies;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories;

/// <summary>
/// The stories of the last days, and where each new article belongs: to a report (one fact, told once) and to a story (one thread).
/// The same articles in the same order give the same stories. Not thread-safe.
/// </summary>
public sealed class StoryBook
{
    // The chances from which an article tells a known fact and belongs to a known story.
    private const float SameReport = .45f;
    private const float SameStory = .4f;

    // A story ends so long after its last article; articles leave memory later, because late copies come.
    private static readonly TimeSpan StoryEnd = TimeSpan.FromDays(7);
    /// <summary>How long an article stays in the book.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    private readonly WindowIndex _index = new();
    private readonly CopyIndex _copies;
    private readonly RecentCounts _recent = new();
    private readonly Queue<Member> _members = [];

    /// <summary>A book without articles.</summary>
    public StoryBook() => _copies = new(slot => _index[slot].Print.Sketch!);

    /// <summary>How many articles the book holds.</summary>
    public int Count => _members.Count;

    /// <summary>The book that had placed these articles; those of before the window do no harm.</summary>
    /// <param name="articles">The articles in the order in which they were placed.</param>
    public static StoryBook Restore(IEnumerable<PlacedArticle> articles)
    {
        ArgumentNullException.ThrowIfNull(articles);
        var book = new StoryBook();
        var (reports, stories) = (new Dictionary<long, Cluster>(), new Dictionary<long, Cluster>());
        foreach (var article in articles)
        {
            book.Forget(article.At);
            var member = new Member(article.Article, Fingerprint.FromBytes(article.Fingerprint.Span), article.At, article.Publisher)
            {
                Report = Known(reports, article.Report, isStory: false),
                Story = Known(stories, article.Story, isStory: true),
            };
            book.Keep(member);
        }

        return book;
    }

    /// <summary>Keeps an article that another book has placed, with the same articles before it and no story merged or split by it.</summary>
    public void Add(PlacedArticle article)
    {
        ArgumentNullException.ThrowIfNull(article);
        Forget(article.At);
        Keep(new Member(article.Article, Fingerprint.FromBytes(article.Fingerprint.Span), article.At, article.Publisher)
        {
            Report = _members.LastOrDefault(member => member.Report.Key == article.Report)?.Report ?? new Cluster(article.Report),
            Story = _members.LastOrDefault(member => member.Story.Key == article.Story)?.Story ?? new Cluster(article.Story, isStory: true),
        });
    }

    /// <summary>Places an article.</summary>
    /// <param name="article">The article; its number is larger than those placed before.</param>
    /// <param name="now">When it was first seen, not before those placed before.</param>
    public Placement Place(StoryArticle article, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(article);
        Forget(now);
        var reading = Reading.Of(article.Title, article.Text, article.Language, article.Watched, article.Found, _recent);
        var like = _index.Like(reading.Print);
        if (CopiedBy(reading.Print, like) is var (owner, contained))
        {
            var copied = new Member(article.Id, reading.Print, now, article.Publisher) { Report = owner.Report, Story = owner.Story };
            return Placed(copied, PlacementKind.Copy, false, Reasons.OfCopy(owner, contained), [copied.Story], now);
        }

        var choice = Choice.From(reading.Print, [.. like.Where(member => now - member.Story.Last <= StoryEnd)], now);
        var report = choice.Report is { } told && told.Chance >= SameReport ? told : (Candidate?)null;
        var story = report is { } known ? known.Cluster.Members[0].Story : choice.Story is { } near && near.Chance >= SameStory ? near.Cluster : null;
        var why = Reasons.Of(reading.Terms, report, story, choice.Story);
        var member = new Member(article.Id, reading.Print, now, article.Publisher) { Report = report?.Cluster ?? new Cluster(article.Id), Story = story ?? new Cluster(article.Id, isStory: true) };
        var kind = report is not null ? PlacementKind.KnownReport : story is not null ? PlacementKind.NewReport : PlacementKind.NewStory;
        return Placed(member, kind, report is { } joined && Doubt.Of(joined, reading.Print.Gist, article.Publisher, now), why, choice.Stories, now);
    }

    private (Member Owner, float Contained)? CopiedBy(Fingerprint print, List<Member> like) =>
        print.Sketch is { } sketch && _copies.Find(sketch, like.Where(member => member.Print.Sketch is not null).Select(member => member.Slot), slot => print.IsAboutTheSame(_index[slot].Print)) is var (slot, contained)
            ? (_index[slot], contained)
            : null;

    private Placement Placed(Member member, PlacementKind kind, bool isDoubtful, string why, IReadOnlyList<Cluster> near, DateTimeOffset now)
    {
        Keep(member);
        var changes = Changes(member, near, now);
        return new(member.Report.Key, member.Story.Key, kind, isDoubtful, why, member.Print.ToBytes(), changes);
    }

    private static Cluster Known(Dictionary<long, Cluster> clusters, long key, bool isStory)
    {
        if (!clusters.TryGetValue(key, out var cluster))
        {
            cluster = new Cluster(key, isStory);
            clusters.Add(key, cluster);
        }

        return cluster;
    }

    private static List<StoryChange> Changes(Member member, IReadOnlyList<Cluster> near, DateTimeOffset now)
    {
        if (!StoryMerge.IsDue(member.Story.Members.Count))
        {
            return [];
        }

        if (StoryMerge.Find(member.Story, near, now) is { } same)
        {
            return [StoryMerge.Merge(member.Story, same.Cluster, same.Chance)];
        }

        return StorySplit.Leaving(member.Story) is { Count: > 0 } leaving ? [StorySplit.Split(member.Story, leaving, member.Article)] : [];
    }

    private void Keep(Member member)
    {
        member.Report.Add(member);
        member.Story.Add(member);
        _index.Add(member);
        if (member.Print.Sketch is not null)
        {
            _copies.Add(member.Slot);
        }

        _members.Enqueue(member);
        _recent.Add(member.Gist.Terms, member.At);
    }

    private void Forget(DateTimeOffset now)
    {
        _recent.Forget(now);
        while (_members.TryPeek(out var oldest) && now - oldest.At > Window)
        {
            _members.Dequeue();
            if (oldest.Print.Sketch is not null)
            {
                _copies.Remove(oldest.Slot);
            }

            _index.Remove(oldest);
            oldest.Report.Remove(oldest);
            oldest.Story.Remove(oldest);
        }
    }
}
