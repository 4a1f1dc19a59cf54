using Microsoft.Data.Sqlite;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;

namespace NewsWatch.Polling;

/// <summary>Commit 2, inside one write: the article and its story are kept, each match is decided on, the outbox is filled.</summary>
internal sealed class ArticleCommit(WatchConfiguration configuration, DateTimeOffset now)
{
    /// <summary>Keeps and decides one reading.</summary>
    public Committed Keep(SqliteConnection db, Reading reading)
    {
        var known = ArticleStore.Find(db, reading.Article.Url);
        var (story, change) = StoryOf(db, reading, known);
        var article = KeepArticle(db, reading, known, story);
        StoryStore.Touch(db, story.Id, reading.FirstSeen);
        var alerts = reading.Matches.Count(match => Decide(db, reading, match, article, story, change));
        return new(article, alerts, Summary(reading, alerts));
    }

    private static string Summary(Reading reading, int alerts) => (reading.Matches.Count, alerts) switch
    {
        (0, _) => "no rule matched",
        (_, 0) => "matched, nothing new to tell",
        _ => alerts == 1 ? "1 alert" : $"{alerts} alerts",
    };

    private static (Story Story, ArticleChange Change) StoryOf(SqliteConnection db, Reading reading, StoredArticle? known)
    {
        if (known is not null)
        {
            return (StoryStore.Get(db, known.Story), ArticleChange.Edit);
        }

        if (reading.IsUpdate)
        {
            var page = reading.Article.Url.Split('#')[0];
            return (StoryStore.Begin(db, page, reading.Article.Title, "", reading.FirstSeen), ArticleChange.LiveUpdate);
        }

        return StoryStore.SameTitle(db, reading.TitleKey, reading.FirstSeen) is { } same
            ? (same, ArticleChange.Copy)
            : (StoryStore.Begin(db, reading.Article.Url, reading.Article.Title, reading.TitleKey, reading.FirstSeen), ArticleChange.New);
    }

    private long KeepArticle(SqliteConnection db, Reading reading, StoredArticle? known, Story story)
    {
        if (known is null)
        {
            return ArticleStore.Add(db, reading.Article, story.Id, reading.Source, reading.FirstSeen, now);
        }

        if (ArticleVersion.Better(known.Article, reading.Article, known.Source == reading.Source) is { } better)
        {
            ArticleStore.Update(db, known.Id, better, now);
        }

        return known.Id;
    }

    /// <summary>True when there is an alert.</summary>
    private bool Decide(SqliteConnection db, Reading reading, RuleMatch match, long article, Story story, ArticleChange change)
    {
        if (!configuration.Rules.TryGetValue(match.RuleId, out var rule))
        {
            return false;
        }

        switch (Telling.Of(rule.Id, rule.Severity, change, AlertStore.OfStory(db, story.Id)))
        {
            case Telling.Silent silent:
                VerdictStore.Add(db, new(article, rule.Id, "", now, "nothing", silent.Why, null));
                return false;
            case Telling.Tell tell:
                Tell(db, AlertWriting.Content(configuration, reading, match, rule, tell, article, story), story);
                return true;
            default:
                return false;
        }
    }

    private void Tell(SqliteConnection db, AlertContent content, Story story)
    {
        var alert = AlertStore.Add(db, content, configuration.Version, now);
        var facts = AlertWriting.Facts(configuration, content, story.Key);
        foreach (var destination in Routing.Of(facts, configuration.Routes, configuration.Subscribers))
        {
            Tell(db, alert, content, facts, destination);
        }
    }

    private void Tell(SqliteConnection db, long alert, AlertContent content, AlertFacts facts, Destination to)
    {
        var outcome = Decision.Of(facts, to, SubscriberHistory.Of(db, facts, to, now), now);
        var (name, kind) = Names(outcome);
        if (outcome is Outcome.Told told)
        {
            var key = $"{content.Key}/{to.Subscriber.Id}/{to.Channel}";
            Outbox.Add(db, new(key, told.Bundle ?? key, kind, alert, to.Subscriber.Id, to.Channel, told.At), now);
        }

        VerdictStore.Add(db, new(content.Article.Id, content.Rule.Id, to.Subscriber.Id, now, name, outcome.Why, alert));
    }

    private static (string Outcome, string Kind) Names(Outcome outcome) => outcome switch
    {
        Outcome.SendNow => ("send", "alert"),
        Outcome.GroupUntil => ("group", "group"),
        Outcome.HoldUntil => ("hold", "digest"),
        Outcome.DigestAt => ("digest", "digest"),
        Outcome.Capped => ("cap", "digest"),
        _ => ("nothing", ""),
    };
}

/// <summary>What commit 2 came to.</summary>
/// <param name="Outcome">One sentence, kept with the item.</param>
internal sealed record Committed(long Article, int Alerts, string Outcome);
