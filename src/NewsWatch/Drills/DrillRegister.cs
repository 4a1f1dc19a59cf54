using System.Globalization;
using NewsWatch.Core.Feeds;
using NewsWatch.Silences;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Work;

namespace NewsWatch.Drills;

/// <summary>Begins drills. The act is written down with it, in the same write; a form that is sent twice begins one.</summary>
internal sealed class DrillRegister(Database database, WorkSignals signals, TimeProvider clock)
{
    /// <summary>Begins a drill; returns its number, or 0 where the schedule's drill of that time was begun already.</summary>
    /// <param name="planned">The time of the schedule that it is for; null for a person's.</param>
    /// <param name="request">The form's own key; null for none.</param>
    public Task<long> BeginAsync(DrillPlan plan, Actor actor, DateTimeOffset? planned, string? request, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            if (request is not null && ActStore.ResultOf(db, request) is { } earlier)
            {
                return long.Parse(earlier, CultureInfo.InvariantCulture);
            }

            if (planned is { } time && DrillStore.IsKnown(db, time))
            {
                return 0; // another replica was first
            }

            var now = clock.GetUtcNow();
            DrillStore.DeleteOlder(db, now);
            var id = DrillStore.Add(db, planned, actor.Name, plan.Rule, number => ArticleOf(plan, number, now), plan.Addresses, now);
            var (written, channels) = (id.ToString(CultureInfo.InvariantCulture), string.Join(", ", plan.Addresses.Select(address => address.Channel).Distinct()));
            ActStore.Add(db, new(now, actor.Name, actor.IsCommand, "drill", $"rule {plan.Rule}", $"drill {written}, over {channels}"), request, written);
            db.AfterCommit(signals.Items.Set);
            return id;
        },
        cancellationToken);

    private static FeedItem ArticleOf(DrillPlan plan, long number, DateTimeOffset now) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"drill-{number}"),
        Link = string.Create(CultureInfo.InvariantCulture, $"https://drill.invalid/{number}"),
        Title = plan.Headline(now),
        Published = now,
    };
}
