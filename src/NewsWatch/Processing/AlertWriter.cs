using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Articles;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Processing;

/// <summary>
/// The alerts of commit 2: reads the past in the same write, has <see cref="AlertDecider"/> decide, and writes alerts, deliveries and verdicts.
/// </summary>
internal sealed class AlertWriter(WatchConfiguration configuration, DateTimeOffset now)
{
    /// <summary>Decides every match of an article and writes what was decided.</summary>
    /// <param name="number">The reading's number in the archive.</param>
    /// <param name="deadlines">The deadlines of the story; null where no rule asks for any.</param>
    /// <returns>The alerts, each with its recipients.</returns>
    public IReadOnlyList<ToldAlert> Save(Session db, MatchedArticle reading, long number, long article, Story story, ArticleChange change, DeadlineWriter? deadlines = null)
    {
        if (change != ArticleChange.Copy && reading.Matches.Count == 0 && deadlines is null)
        {
            return [];
        }

        var placement = PlacementStore.Of(db, article);
        if (change == ArticleChange.Copy)
        {
            NameSource(db, reading, story, placement?.Report);
        }

        var matches = reading.Matches;
        if (deadlines is not null)
        {
            reading = reading with { Matches = [.. reading.Matches, .. deadlines.Others(reading.Matches)] };
        }

        var news = reading.News(configuration, story, change, deadlines) with { IsDoubtful = placement is { IsDoubtful: true }, Joined = placement?.Why ?? "" };
        if (news.Matches.Count == 0)
        {
            return [];
        }

        var threads = PlacementStore.Merged(db, story.Id);
        return Decide(db, reading, news with { Sources = StorySources.Of(db, configuration, threads, number) }, matches, number, article, placement?.Report, story, threads, deadlines);
    }

    /// <summary>Decides the matches of an article and writes what was decided.</summary>
    /// <param name="matches">The rules that fired; others are told of a deadline that has changed.</param>
    /// <param name="number">The number of the article's reading.</param>
    /// <param name="report">The article's report; null where stories are told by their headline.</param>
    /// <param name="threads">The story's threads.</param>
    public IReadOnlyList<ToldAlert> Decide(
        Session db, MatchedArticle reading, MatchedNews news, IReadOnlyList<ExcerptedMatch> matches, long number, long article, long? report, Story story, IReadOnlyList<long> threads, DeadlineWriter? deadlines)
    {
        var fired = matches.Select(match => match.RuleId).ToHashSet();
        var together = news.Matches.Count * configuration.Channels.Count;
        var audience = configuration.Audience with { Silences = SilenceStore.On(db, now) };
        var decisions = AlertDecider.Decide(
            news, AlertStore.Earlier(db, threads, article, report), audience, (alert, to) => SubscriberHistory.Read(db, alert, to, together, now), now);
        EndSilences(db, decisions, audience.Silences);
        var content = new AlertContentBuilder(configuration, reading, article, story, AlertContentBuilder.OtherSources(configuration, reading, ArticleStore.Carriers(db, story.Id, report)));
        var notes = new ThreadNotes(db, story, threads, report, news, (thread, told) => Names(db, thread, told));
        return [.. decisions.Select(decision => Save(db, decision, content, notes, new(db, article, number, now), fired.Contains(decision.Facts.Rule), deadlines)).OfType<ToldAlert>()];
    }

    /// <summary>Silences whose "or until" has come end, also by an article that alerts nobody anew.</summary>
    private void EndSilences(Session db, IReadOnlyList<MatchDecision> decisions, IReadOnlyList<Silence> silences)
    {
        foreach (var decision in decisions)
        {
            foreach (var silence in silences)
            {
                if (silence.EndedBy(decision.Facts, now) is { } what)
                {
                    SilenceStore.End(db, silence.Id, what, now);
                }
            }
        }
    }

    private List<string> Names(Session db, long story, long? report) =>
        [.. ArticleStore.Carriers(db, story, report).Select(carrier => AlertContentBuilder.Other(configuration, carrier).Name)];

    private ToldAlert? Save(Session db, MatchDecision match, AlertContentBuilder content, ThreadNotes notes, Archived archived, bool isMatch, DeadlineWriter? deadlines)
    {
        var found = content.MatchOf(match.Facts.Rule);
        if (isMatch)
        {
            MatchStore.Add(db, archived.Reading, found, alerted: match.Decision is AlertDecision.Alert);
        }

        if (match.Decision is not AlertDecision.Alert decision)
        {
            var silent = (AlertDecision.Suppress)match.Decision;
            archived.Nothing(match.Facts.Rule, silent.Reason, silent.Why, null);
            deadlines?.Decided(match.Facts.Rule, found.Deadlines, null);
            return null;
        }

        var told = content.Of(match.Facts.Rule, decision);
        var alert = notes.AddTo(deadlines is null ? told : told with { Deadlines = deadlines.Shown(match.Facts.Rule, found.Deadlines) });
        var number = AlertStore.Add(db, alert, configuration.Version, now);
        deadlines?.Decided(match.Facts.Rule, found.Deadlines, number);
        foreach (var delivery in match.Deliveries)
        {
            Send(db, alert, number, delivery, now);
            archived.Planned(match.Facts.Rule, delivery, number);
        }

        if (match.Deliveries.Count == 0)
        {
            archived.Nothing(match.Facts.Rule, VerdictReason.NotRouted, "no subscriber and no route asks for this rule", number);
        }

        return new(number, now, alert.Severity, alert.Rule.Id, alert.Article.Title, [.. match.Deliveries.Select(delivery => Noted(delivery, now)).OfType<ToldDelivery>()]);
    }

    /// <summary>Puts one subscriber's alert into the outbox.</summary>
    public static void Send(Session db, AlertContent alert, long number, PlannedDelivery delivery, DateTimeOffset now)
    {
        var (to, plan) = delivery;
        if (plan is DeliveryPlan.Planned planned)
        {
            var key = $"{alert.Key}/{to.Subscriber.Id}/{to.Channel}";
            Outbox.Add(db, new(key, planned.Bundle ?? key, StoredName.Of(planned.Kind), number, to.Subscriber.Id, to.Channel, planned.At)
            {
                Severity = alert.Severity,
                IsTimeOfDay = plan is DeliveryPlan.Held or DeliveryPlan.Digest or DeliveryPlan.Follows { Kind: DeliveryKind.Digest },
            }, now);
        }

        if (plan.Silence is { } silence)
        {
            SilenceStore.KeepBack(db, silence, number, to.Subscriber.Id, to.Channel, now);
        }

        if (plan is DeliveryPlan.Overflow { IsFirst: true } overflow)
        {
            CapNotice.Add(db, to, overflow, now);
        }
    }

    /// <summary>The delivery as the log tells it; null where there is no message.</summary>
    public static ToldDelivery? Noted(PlannedDelivery delivery, DateTimeOffset now) => delivery.Plan is DeliveryPlan.Planned planned
        ? new(delivery.To.Subscriber.Id, delivery.To.Channel, planned.At > now ? planned.At : null)
        : null;

    /// <summary>Alerts of the report that no subscriber was sent yet name the new source as well.</summary>
    private void NameSource(Session db, MatchedArticle reading, Story story, long? report)
    {
        var source = AlertContentBuilder.Other(configuration, new(reading.Source, reading.Article.Url, reading.Article.Title, reading.Article.Published));
        var waiting = AlertStore.Waiting(db, story.Id, report);
        if (db.Lock(waiting.SelectMany(alert => AlertStore.SubscribersOf(db, alert.Id)).Select(LockKey.Subscriber)))
        {
            waiting = AlertStore.Waiting(db, story.Id, report); // one of them may be on its way by now
        }

        foreach (var (id, content) in waiting)
        {
            if (source.Name != content.Article.SourceName && !content.OtherSources.Any(other => other.Name == source.Name))
            {
                AlertStore.Rewrite(db, id, content with { OtherSources = [.. content.OtherSources, source] });
            }
        }
    }

    /// <summary>The verdicts of one reading.</summary>
    private sealed record Archived(Session Db, long Article, long Reading, DateTimeOffset Now)
    {
        public void Nothing(string rule, VerdictReason reason, string why, long? alert) =>
            VerdictStore.Add(Db, new(Article, rule, "", Now, VerdictOutcome.Nothing, reason, why, alert, Reading));

        public void Planned(string rule, PlannedDelivery delivery, long alert) =>
            VerdictStore.Add(Db, new(Article, rule, delivery.To.Subscriber.Id, Now, delivery.Plan.Outcome, delivery.Plan.Reason, delivery.Plan.Why, alert, Reading));
    }
}
