using NewsWatch.Core.Stories.Clusters;
using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories;

/// <summary>
/// The stories of the last days, and where each new article belongs: to a report (one fact, told once) and to a story (one thread).
/// The same articles in the same order give the same stories. Not thread-safe.
/// </summary>
public sealed class StoryBook
{
    // The chances from which an article tells a known fact, and from which it does so for certain: between them, rules of high severity tell it all the same.
    // A fact that is told twice costs a reader less than one that is never told.
    private const float SameReport = .45f;
    private const float CertainReport = .93f;
    private const float SameStory = .4f;

    // A story ends so long after its last article; articles leave memory later, because late copies come.
    private static readonly TimeSpan StoryEnd = TimeSpan.FromDays(7);
    private static readonly TimeSpan Window = TimeSpan.FromDays(14);

    private readonly WindowIndex _index = new();
    private readonly RecentCounts _recent = new();
    private readonly Queue<Member> _members = [];

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
            var member = new Member(article.Article, Gist.FromBytes(article.Fingerprint.Span), article.At, article.Publisher)
            {
                Report = Known(reports, article.Report),
                Story = Known(stories, article.Story),
            };
            book.Keep(member);
        }

        return book;
    }

    /// <summary>Places an article.</summary>
    /// <param name="article">The article; its number is larger than those placed before.</param>
    /// <param name="now">When it was first seen, not before those placed before.</param>
    public Placement Place(StoryArticle article, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(article);
        Forget(now);
        var terms = TermReader.Read(article.Title, article.Language);
        terms.AddRange(article.Watched.Order(StringComparer.Ordinal).Select(watched => new Term(watched, true)));
        var gist = Gist.Of(terms, Steps.Of(article.Title), _recent);
        var choice = Choice.Of(gist, [.. _index.Like(gist).Where(member => now - member.Story.Last <= StoryEnd)], now);
        var report = choice.Report is { } told && told.Chance >= SameReport ? told : (Candidate?)null;
        var story = report is { } known ? known.Cluster.Members[0].Story : choice.Story is { } near && near.Chance >= SameStory ? near.Cluster : null;
        var why = Reasons.Of(terms, report, story, choice.Story);
        var member = new Member(article.Id, gist, now, article.Publisher) { Report = report?.Cluster ?? new Cluster(article.Id), Story = story ?? new Cluster(article.Id) };
        Keep(member);
        var changes = Changes(member, choice.Stories, now);
        var kind = report is not null ? PlacementKind.KnownReport : story is not null ? PlacementKind.NewReport : PlacementKind.NewStory;
        return new(member.Report.Key, member.Story.Key, kind, report?.Chance < CertainReport, why, gist.ToBytes(), changes);
    }

    private static Cluster Known(Dictionary<long, Cluster> clusters, long key)
    {
        if (!clusters.TryGetValue(key, out var cluster))
        {
            cluster = new Cluster(key);
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
        _members.Enqueue(member);
        _recent.Add(member.Gist.Terms, member.At);
    }

    private void Forget(DateTimeOffset now)
    {
        _recent.Forget(now);
        while (_members.TryPeek(out var oldest) && now - oldest.At > Window)
        {
            _members.Dequeue();
            _index.Remove(oldest);
            oldest.Report.Remove(oldest);
            oldest.Story.Remove(oldest);
        }
    }
}
