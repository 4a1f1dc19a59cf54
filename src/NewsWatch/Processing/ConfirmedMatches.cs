using NewsWatch.Configuration;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>
/// Matches that waited for more sources, in commit 2 of the article that brings them: the alert is about the article that has the words, whichever came last.
/// </summary>
internal sealed class ConfirmedMatches(WatchConfiguration configuration, DateTimeOffset now)
{
    /// <summary>Decides the matches of a story that waited for what its newest article brings.</summary>
    /// <param name="article">The newest article, whose own matches are decided already.</param>
    /// <param name="reading">Its reading.</param>
    /// <returns>The alerts, each with its recipients.</returns>
    public IReadOnlyList<ToldAlert> Save(Session db, Story story, long article, long reading)
    {
        if (!configuration.AsksForSources)
        {
            return [];
        }

        var threads = PlacementStore.Merged(db, story.Id);
        var waiting = VerdictStore.Waiting(db, threads, article);
        if (waiting.Count == 0)
        {
            return [];
        }

        var sources = StorySources.Of(db, configuration, threads, reading);
        var met = configuration.Rules.Values.Where(rule => rule.Rule.Needs.AreMetBy(sources.Publishers, sources.Independent)).Select(rule => rule.Id).ToHashSet();
        return [.. waiting.Where(rules => rules.Any(met.Contains)).SelectMany(rules => Save(db, rules.Key, [.. rules.Where(met.Contains)], threads, sources))];
    }

    // Matched anew inside the write: that happens once for an article that waited, and what it says may have changed since.
    private IReadOnlyList<ToldAlert> Save(Session db, long article, HashSet<string> rules, IReadOnlyList<long> threads, Core.Stories.Origins.Corroboration sources)
    {
        if (ArticleStore.Find(db, article) is not { } known || ReadingStore.LastOf(db, article) is not { } number)
        {
            return [];
        }

        var matched = MatchedArticle.OfStored(known, configuration);
        matched = matched with { Matches = [.. matched.Matches.Where(match => rules.Contains(match.RuleId))] };
        var (story, placement) = (StoryStore.Get(db, known.Story), PlacementStore.Of(db, article));
        var deadlines = DeadlineWriter.Read(db, matched, story, ArticleWriter.PublisherOf(configuration, matched), now);
        var news = matched.News(configuration, story, ArticleChange.New, deadlines) with { IsDoubtful = placement is { IsDoubtful: true }, Joined = placement?.Why ?? "", Sources = sources };
        var alerts = new AlertWriter(configuration, now).Decide(db, matched, news, matched.Matches, number, article, placement?.Report, story, threads, deadlines);
        if (alerts.Count > 0)
        {
            ToldVersionStore.TellNewest(db, article, now);
            if (ArticlePageFetcher.MayLookAgain(configuration.Sources.GetValueOrDefault(known.Source), known.Article.Url, configuration.Defaults))
            {
                PageWatchStore.Begin(db, article, now);
            }
        }

        return alerts;
    }
}
