using System.Globalization;
using Microsoft.Data.Sqlite;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;

namespace NewsWatch.Processing;

/// <summary>Inside commit 2: from a reading's matches to alerts, deliveries and verdicts. Everything it knows of the past it reads in the same write.</summary>
internal sealed class AlertWriter(WatchConfiguration configuration, DateTimeOffset now)
{
    private readonly List<ToldAlert> _told = [];

    /// <summary>Decides every match.</summary>
    /// <returns>The alerts, and whom they go to.</returns>
    public IReadOnlyList<ToldAlert> Decide(SqliteConnection db, MatchedArticle reading, long article, Story story, ArticleChange change)
    {
        if (change == ArticleChange.Copy)
        {
            NameSource(db, reading, story);
        }

        if (reading.Matches.Count == 0)
        {
            return [];
        }

        var others = AlertContentBuilder.OtherSources(configuration, reading, ArticleStore.Carriers(db, story.Id));
        foreach (var match in reading.Matches)
        {
            Decide(db, reading, match, article, story, change, others);
        }

        return _told;
    }

    private void Decide(
        SqliteConnection db, MatchedArticle reading, ExcerptedMatch match, long article, Story story, ArticleChange change, IReadOnlyList<OtherSource> others)
    {
        if (!configuration.Rules.TryGetValue(match.RuleId, out var rule))
        {
            return;
        }

        if ((Mutings.OfAlert(configuration, rule, reading.Source, now) ?? TooOld(reading)) is { } why)
        {
            VerdictStore.Add(db, new(article, rule.Id, "", now, "nothing", why, null));
            return;
        }

        switch (AlertDecision.Decide(rule.Id, rule.Severity, change, AlertStore.OfStory(db, story.Id)))
        {
            case AlertDecision.Suppress silent:
                VerdictStore.Add(db, new(article, rule.Id, "", now, "nothing", silent.Why, null));
                break;
            case AlertDecision.Alert tell:
                Tell(db, AlertContentBuilder.Content(configuration, reading, match, rule, tell, article, story) with { OtherSources = others }, story);
                break;
        }
    }

    private string? TooOld(MatchedArticle reading)
    {
        var limit = configuration.Sources.GetValueOrDefault(reading.Source)?.MaxAge ?? configuration.Defaults.MaxAge;
        return reading.FirstSeen - reading.Article.Published > limit
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"too old: published {reading.Article.Published!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC, first seen {reading.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm} UTC; MaxAge is {limit.TotalHours:0.##}h")
            : null;
    }

    private void Tell(SqliteConnection db, AlertContent content, Story story)
    {
        var alert = AlertStore.Add(db, content, configuration.Version, now);
        var facts = AlertContentBuilder.Facts(configuration, content, story.Key);
        var destinations = Routing.Of(facts, configuration.Routes, configuration.Subscribers);
        var told = new List<ToldDelivery>();
        foreach (var destination in destinations)
        {
            if (Tell(db, alert, content, facts, destination) is DeliveryPlan.Planned outcome)
            {
                told.Add(new(destination.Subscriber.Id, destination.Channel, outcome.At > now ? outcome.At : null));
            }
        }

        _told.Add(new(alert, now, content.Severity, content.Rule.Id, content.Article.Title, told));

        if (destinations.Count == 0)
        {
            VerdictStore.Add(db, new(content.Article.Id, content.Rule.Id, "", now, "nothing", "no subscriber and no route asks for this rule", alert));
        }
    }

    private DeliveryPlan? Tell(SqliteConnection db, long alert, AlertContent content, AlertFacts facts, Destination to)
    {
        if (Mutings.OfDestination(configuration, to, now) is { } muted)
        {
            VerdictStore.Add(db, new(content.Article.Id, content.Rule.Id, to.Subscriber.Id, now, "nothing", muted, alert));
            return null;
        }

        var outcome = DeliveryPolicy.Decide(facts, to, SubscriberHistory.Of(db, facts, to, now), now);
        var (name, kind) = Names(outcome);
        if (outcome is DeliveryPlan.Planned told)
        {
            var key = $"{content.Key}/{to.Subscriber.Id}/{to.Channel}";
            Outbox.Add(db, new(key, told.Bundle ?? key, kind, alert, to.Subscriber.Id, to.Channel, told.At)
            {
                Severity = facts.Severity,
                IsTimeOfDay = outcome is DeliveryPlan.Held or DeliveryPlan.Digest,
            }, now);
        }

        if (outcome is DeliveryPlan.Overflow { IsFirst: true } capped)
        {
            CapNotice.Add(db, to, capped, now);
        }

        VerdictStore.Add(db, new(content.Article.Id, content.Rule.Id, to.Subscriber.Id, now, name, outcome.Why, alert));
        return outcome;
    }

    /// <summary>Alerts of the story that wait yet name the new source as well.</summary>
    private void NameSource(SqliteConnection db, MatchedArticle reading, Story story)
    {
        var source = AlertContentBuilder.Other(configuration, reading.Source, reading.Article);
        foreach (var (id, content) in AlertStore.Waiting(db, story.Id))
        {
            if (source.Name != content.Article.SourceName && !content.OtherSources.Any(other => other.Name == source.Name))
            {
                AlertStore.Rewrite(db, id, content with { OtherSources = [.. content.OtherSources, source] });
            }
        }
    }

    private static (string Outcome, string Kind) Names(DeliveryPlan outcome) => outcome switch
    {
        DeliveryPlan.Immediate => ("send", "alert"),
        DeliveryPlan.Grouped => ("group", "group"),
        DeliveryPlan.Held => ("hold", "digest"),
        DeliveryPlan.Digest => ("digest", "digest"),
        DeliveryPlan.Overflow => ("cap", "digest"),
        _ => ("nothing", ""),
    };
}
