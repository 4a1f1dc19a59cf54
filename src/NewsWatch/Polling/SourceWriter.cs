using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Polling.Items;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>What commit 1 came to: the source after it, and what its items did.</summary>
internal sealed record PollCommit(SourceRow Before, SourceRow After, ItemCounts? Items);

/// <summary>Commit 1, inside one write: items, validators, health and the next due time, or nothing of it.</summary>
/// <param name="asked">When the request was sent.</param>
/// <param name="now">When its answer was read.</param>
internal sealed class SourceWriter(WatchConfiguration configuration, Source source, SourceRow before, DateTimeOffset asked, DateTimeOffset now)
{
    /// <summary>What time it is as far as the age of news depends on it: the system's clock may be wrong.</summary>
    public DateTimeOffset Seen { get => field != default ? field : now; init; }

    /// <summary>The source as it was claimed.</summary>
    public SourceRow Before => before;

    /// <summary>Keeps one answer; null, and nothing is written, when another claim has followed the poll's.</summary>
    /// <param name="items">Of an answer that is news.</param>
    public PollCommit? Save(Session db, PollResult answer, PreparedItems? items)
    {
        if (!PollQueue.Holds(db, before))
        {
            return null;
        }

        var commit = Keep(db, answer, items);
        PollQueue.End(db, [commit.After]);
        CrashPoint.Reached("commit1.inside");
        return commit;
    }

    /// <summary>Keeps what the answer of a poll that holds its claim taught; the caller ends the claim in the same write.</summary>
    public PollCommit Keep(Session db, PollResult answer, PreparedItems? items)
    {
        var (learned, tally) = answer switch
        {
            PollResult.Updated news => News(db, news, items!),
            PollResult.Unchanged same => (Unchanged(db, same), null),
            PollResult.Failed or PollResult.Gone when before.AsksConfigured => (PermanentRedirect.Stay(before, asked, now), null),
            PollResult.Gone gone when before.Address == before.Url => (SourceHealth.Gone(before with { LastPoll = asked }, gone.Reason, now), null),
            PollResult.Gone gone => (Failed(new(gone.Reason, Transient: false) { NotFound = true }), null),
            PollResult.Failed failed => (Failed(failed), (ItemCounts?)null),
            _ => throw new InvalidOperationException(answer.GetType().Name),
        };
        var after = learned with { Starts = (answer as PollResult.Failed)?.Starts ?? 0 };
        if (PermanentRedirect.IsUntold(after))
        {
            after = after with { MovedTold = now };
            SourceNotice.AddMove(db, after, configuration, now);
        }

        SourceStore.Learn(db, before, after);
        SourceNotice.Add(db, before, after, configuration, now);
        return new(before, after, tally);
    }

    private (SourceRow, ItemCounts?) News(Session db, PollResult.Updated news, PreparedItems prepared)
    {
        var items = new ItemWriter(source, before.Baselined is null, before.UnstableIds, now) { Seen = Seen }.Save(db, prepared);
        if (items.New > 0)
        {
            PushStore.CameLater(db, source.Id);
        }

        var rhythm = StoredRhythm(before).With(items.Arrivals);
        var after = Learned(before, news.Facts, news.MovedTo) with
        {
            Baselined = before.Baselined ?? now,
            LastItem = items.Arrivals.Count > 0 ? items.Arrivals.Max() : before.LastItem ?? now,
            UnstableIds = before.UnstableIds || AreUnstable(items),
            Rhythm = StoredJson.Write(rhythm.Arrivals),
            Hints = StoredJson.Write(news.Feed.Hints),
        };
        after = news.Feed.Hints.Expired
            ? SourceHealth.Gone(after, "the feed says that it is finished", now)
            : AfterSuccess(db, after, rhythm);
        return (Scheduled(db, after, news.Facts.FreshFor, news.Feed.Hints, rhythm), items);
    }

    private SourceRow Unchanged(Session db, PollResult.Unchanged same)
    {
        var rhythm = StoredRhythm(before);
        var after = AfterSuccess(db, Learned(before, same.Facts, same.MovedTo), rhythm);
        return Scheduled(db, after, same.Facts.FreshFor, StoredJson.Read<FeedHints>(before.Hints), rhythm);
    }

    /// <summary>The source after a good poll. A time in which it was paused is no silence of its own.</summary>
    private SourceRow AfterSuccess(Session db, SourceRow row, PublishingCadence rhythm)
    {
        var after = SourceHealth.AfterSuccess(row, source, rhythm, now);
        return after.State == SourceState.Stale && PauseStore.LastEnd(db, source.Id, now) is { } end && end > row.LastItem
            ? SourceHealth.AfterSuccess(row with { LastItem = end }, source, rhythm, now) with { LastItem = row.LastItem }
            : after;
    }

    private SourceRow Failed(PollResult.Failed failed)
    {
        var after = SourceHealth.AfterFailure(before with { LastPoll = asked }, failed, now);
        if (failed.NotFound && after.Address != after.Url)
        {
            after = PermanentRedirect.Undo(after);
        }

        var past = new ScheduleInputs { Failures = after.Failures, NotFound = failed.NotFound, RetryAt = failed.RetryAt, Rhythm = StoredRhythm(before) };
        return after with { NextDue = SourceSchedule.NextDue(source, past, asked) };
    }

    /// <summary>Validators belong to the last 200 or 304: what that did not carry is forgotten.</summary>
    private SourceRow Learned(SourceRow row, HeaderFacts facts, string? movedTo) => PermanentRedirect.After(row, movedTo, asked) with
    {
        LastPoll = asked,
        ValidatorsUrl = facts.Validators?.Url,
        ETag = facts.Validators?.ETag,
        LastModified = facts.Validators?.LastModified,
        BodyHash = facts.BodyHash ?? row.BodyHash,
    };

    private SourceRow Scheduled(Session db, SourceRow row, TimeSpan? freshFor, FeedHints hints, PublishingCadence rhythm)
    {
        var past = new ScheduleInputs { FreshFor = freshFor, Hints = hints, Rhythm = rhythm, Pushed = hints.Hubs.Count > 0 && PushStore.ComesFirst(db, source.Id, now) };
        return row with { NextDue = SourceSchedule.NextDue(source, past, asked) };
    }

    private static PublishingCadence StoredRhythm(SourceRow row) => new(StoredJson.Read<List<long>>(row.Rhythm));

    /// <summary>Most of what is known has come with other guids.</summary>
    private static bool AreUnstable(ItemCounts items) => items.NewIds >= 3 && items.NewIds * 2 > items.Known;
}
