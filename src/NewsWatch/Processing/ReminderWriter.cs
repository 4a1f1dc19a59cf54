using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Stories;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Archive;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Processing;

/// <summary>Reminds of a deadline that a rule has told, as long before it as each route says; once for each date that it is moved to, whatever the clock does.</summary>
internal sealed class ReminderWriter(WatchConfiguration configuration, DateTimeOffset now)
{
    /// <summary>A reminder is early by at most a day's quiet hours.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(25);

    /// <summary>Whether any reminder is due.</summary>
    public bool IsDue(Session db) => Due(db).Any();

    /// <summary>Writes the reminders that are due; returns them with their recipients.</summary>
    public IReadOnlyList<ToldAlert> Save(Session db) => [.. Due(db).ToList().Select(due => Save(db, due))];

    private IEnumerable<DueReminder> Due(Session db)
    {
        var longest = LongestLead(configuration.Audience.Routes);
        foreach (var near in longest > TimeSpan.Zero ? DeadlineStore.Near(db, now, longest + LongestQuiet) : [])
        {
            var content = AlertStore.ContentOf(db, near.Alert);
            var story = StoryStore.Get(db, near.Story);
            var news = configuration.News([near.Rule], content.Article.Source, ArticleChange.Edit, story.Id, story.Key) with { Language = content.Article.Language };
            if (news.Matches is not [{ } rule] || Muting.WhyOf("", rule.Muted, now) is not null)
            {
                continue;
            }

            var (facts, reminded) = (news.FactsOf(rule) with { Reason = AlertReason.DeadlineNear, Deadline = near.Ends - now }, DeadlineStore.Reminded(db, near));
            // What a report told within the lead time is not told again; a time in the future was written by a clock that was wrong.
            var leads = Routing.Of(facts, configuration.Audience.Routes, configuration.Audience.Subscribers).Select(to => DeliveryPolicy.LeadOf(facts, to, near.Ends)).Distinct()
                .Where(lead => lead > TimeSpan.Zero && near.Ends - lead <= now && (near.Told <= near.Ends - lead || near.Told > now) && !reminded.Contains(lead));
            foreach (var lead in leads)
            {
                yield return new(near, story, facts, content, lead);
            }
        }
    }

    private ToldAlert Save(Session db, DueReminder due)
    {
        var (near, step) = (due.Near, ToldVersionStore.LastStep(db, due.Near.Rule, due.Story.Id) + 1);
        var deadline = near.Deadline.Told(due.Story.Key);
        var content = due.Content with
        {
            Key = AlertStore.KeyOf(near.Rule, due.Story.Key, AlertReason.DeadlineNear, step),
            Reason = AlertReason.DeadlineNear,
            Severity = due.Facts.Severity,
            Step = step,
            Excerpts = [deadline.ToExcerpt()],
            Deadlines = [deadline],
            Quotes = [],
            Change = null,
            FollowUp = null,
        };
        DeadlineStore.Remind(db, near, due.Lead);
        var number = AlertStore.Add(db, content, configuration.Version, now);
        var together = configuration.Channels.Count;
        var deliveries = AlertDecider.Deliver(due.Facts, configuration.Audience with { Silences = SilenceStore.On(db, now) }, (alert, to) => SubscriberHistory.Read(db, alert, to, together, now), now)
            .Where(delivery => DeliveryPolicy.LeadOf(due.Facts, delivery.To, near.Ends) == due.Lead).ToList();
        foreach (var delivery in deliveries)
        {
            AlertWriter.Send(db, content, number, delivery, now);
            VerdictStore.Add(db, new(content.Article.Id, near.Rule, delivery.To.Subscriber.Id, now, delivery.Plan.Outcome, delivery.Plan.Reason, delivery.Plan.Why, number, null));
        }

        return new(number, now, content.Severity, near.Rule, content.Article.Title, [.. deliveries.Select(delivery => AlertWriter.Noted(delivery, now)).OfType<ToldDelivery>()]);
    }

    private static TimeSpan LongestLead(Route? route) => route is null ? TimeSpan.Zero : route.Children.Select(LongestLead).Append(route.Remind ?? TimeSpan.Zero).Max();

    private sealed record DueReminder(NearDeadline Near, Story Story, AlertFacts Facts, AlertContent Content, TimeSpan Lead);
}
