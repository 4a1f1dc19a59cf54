using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>What an alert says of its thread: how large the story is, what was told before, what is new.</summary>
/// <param name="threads">The story's threads: more than one where stories were merged.</param>
/// <param name="report">The article's report; null where stories are told by their headline.</param>
/// <param name="news">The article as alerts were decided by it.</param>
/// <param name="names">Who carries a report, by its number in a thread: names as a reader knows them.</param>
internal sealed class ThreadNotes(Session db, Story story, IReadOnlyList<long> threads, long? report, MatchedNews news, Func<long, long?, IReadOnlyList<string>> names)
{
    // So many of the latest messages are compared: what was told before them is old enough to be said again.
    private const int Compared = 20;
    private const int MaxNames = 5;

    private readonly (int Reports, int Articles, DateTimeOffset FirstSeen) _size = PlacementStore.Size(db, threads);

    /// <summary>The alert with what its thread knows.</summary>
    public AlertContent AddTo(AlertContent alert)
    {
        var earlier = alert.Reason == AlertReason.FirstReport ? [] : AlertStore.Latest(db, threads, alert.Rule.Id, Compared);
        var facts = new StoryFacts(_size.Reports, _size.Articles, _size.FirstSeen, story.Title) { AlsoToldAs = OtherThreads(earlier), Sources = news.Sources.Publishers > 0 ? news.Sources : null };
        if (earlier.Count == 0 || alert.Reason is not (AlertReason.Update or AlertReason.Escalation or AlertReason.DeadlineSet or AlertReason.DeadlineMoved))
        {
            return alert with { StoryFacts = facts };
        }

        var repeated = news.IsDoubtful && alert.Reason != AlertReason.DeadlineMoved ? earlier.LastOrDefault(told => told.Report == report).Content : null;
        var found = Novelty.From(alert.Article.Title, alert.Excerpts, alert.Article.Language, earlier.Select(told => told.Content));
        return alert with
        {
            StoryFacts = facts,
            FollowUp = new(found.Sentence, Told(earlier, repeated ?? earlier[^1].Content), MayRepeat: repeated is not null),
            Excerpts = alert.Reason is AlertReason.Update or AlertReason.DeadlineSet ? found.Excerpts : alert.Excerpts,
        };
    }

    private EarlierNews Told(IReadOnlyList<(AlertContent Content, long? Report)> earlier, AlertContent told)
    {
        var since = names(told.Story, earlier.Last(one => one.Content == told).Report).Except(told.OtherSources.Select(other => other.Name).Append(told.Article.SourceName));
        return new(told.Article.Title, told.Article.SourceName, told.Article.Published ?? told.Article.FirstSeen, [.. since.Distinct().Take(MaxNames)]);
    }

    /// <summary>The first headlines of the other threads that the rule has alerted in; each is named once.</summary>
    private List<string> OtherThreads(IReadOnlyList<(AlertContent Content, long? Report)> earlier)
    {
        var named = earlier.SelectMany(told => told.Content.StoryFacts?.AlsoToldAs ?? []).ToHashSet();
        return [.. earlier.Select(told => told.Content.Story).Where(thread => thread != story.Id).Distinct().Select(thread => StoryStore.Get(db, thread).Title).Where(title => !named.Contains(title))];
    }
}
