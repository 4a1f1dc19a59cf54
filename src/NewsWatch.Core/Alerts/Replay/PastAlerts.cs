namespace NewsWatch.Core.Alerts.Replay;

/// <summary>Where an article belongs.</summary>
/// <param name="Report">The first article that told the same fact; null for an article that was never placed: its story is one report.</param>
public sealed record ArticlePlace(long Article, long Story, long? Report);

/// <summary>What was alerted so far, found by story and by report.</summary>
/// <param name="threads">The threads that are one story.</param>
public sealed class PastAlerts(MergedThreads threads)
{
    private readonly Dictionary<long, List<Told>> _byStory = [];
    private readonly Dictionary<long, List<Told>> _byReport = [];
    private int _count;

    /// <summary>Remembers an alert. Alerts come in the order in which they were decided.</summary>
    public void Add(ArticlePlace place, EarlierAlert alert)
    {
        var told = new Told(_count++, place, alert);
        Add(_byStory, place.Story, told);
        if (place.Report is { } report)
        {
            Add(_byReport, report, told);
        }
    }

    /// <summary>The alerts of an article's story, and of its report in whatever story, in the order in which they were decided.</summary>
    public IReadOnlyList<EarlierAlert> Of(ArticlePlace place)
    {
        var together = threads.Of(place.Story);
        var ofStory = together.SelectMany(story => _byStory.GetValueOrDefault(story) ?? []);
        var ofReport = place.Report is { } report ? _byReport.GetValueOrDefault(report) ?? [] : [];
        return
        [
            .. ofStory.Concat(ofReport.Where(told => !together.Contains(told.Place.Story))).OrderBy(told => told.Number).Select(told => told.Alert with
            {
                IsOfReport = place.Report is null || told.Place.Report is null || told.Place.Report == place.Report,
                IsOfArticle = told.Place.Article == place.Article,
            }),
        ];
    }

    private static void Add(Dictionary<long, List<Told>> of, long id, Told told)
    {
        if (!of.TryGetValue(id, out var list))
        {
            of[id] = list = [];
        }

        list.Add(told);
    }

    private sealed record Told(int Number, ArticlePlace Place, EarlierAlert Alert);
}
