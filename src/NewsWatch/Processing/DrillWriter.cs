using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>Commit 2 of a drill's article: its rule is decided on as for any article, and its messages go into the outbox. Nothing else is kept of it.</summary>
internal static class DrillWriter
{
    /// <summary>Decides, and ends the item.</summary>
    public static void Save(Session db, ClaimedItem item, MatchedArticle reading, WatchConfiguration configuration, DateTimeOffset now)
    {
        var outcome = "the drill is over";
        if (DrillStore.Find(db, long.Parse(item.Key, CultureInfo.InvariantCulture)) is { Ended: null } drill)
        {
            outcome = WhyNot(reading, drill, configuration, now);
            if (outcome is null)
            {
                DrillStore.Send(db, drill.Id, NoticeOf(drill, reading, configuration), now);
            }
            else
            {
                DrillStore.Stop(db, drill.Id, outcome);
            }
        }

        ItemQueue.Done(db, item, article: null, outcome ?? "a drill");
    }

    /// <summary>Why an article like this alerts nobody; null where it does.</summary>
    private static string? WhyNot(MatchedArticle reading, Drill drill, WatchConfiguration configuration, DateTimeOffset now)
    {
        var news = reading.News(configuration, new Story(0, "drill", reading.Article.Title), ArticleChange.New);
        return news.Matches.FirstOrDefault(match => match.Rule == drill.Rule) is not { } match
            ? $"rule {drill.Rule} does not fire on its own example"
            : (AlertPolicy.Decide(match, news, [], now) as AlertDecision.Suppress)?.Why;
    }

    private static Notice NoticeOf(Drill drill, MatchedArticle reading, WatchConfiguration configuration)
    {
        var excerpt = reading.Matches.First(match => match.RuleId == drill.Rule).Excerpts is [var first, ..] ? first.Text : reading.Article.Title;
        var written = drill.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"drill/{drill.Id}"),
            reading.Article.Title,
            string.Create(CultureInfo.InvariantCulture, $"[DRILL] This is a drill: nothing has happened.\nRule {configuration.Rules[drill.Rule].Title} fired on one of its examples: {excerpt}\nIt was written at {written} UTC by {drill.By}, drill {drill.Id}. There is nothing to do; that you read it shows that alerts arrive."));
    }
}
