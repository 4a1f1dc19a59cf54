using Microsoft.Extensions.Logging;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>One line for what a person wants to know of a poll; nothing for the usual.</summary>
internal sealed partial class PollLog(ILogger logger, TimeProvider clock)
{
    /// <summary>Tells of first sights, news, warnings and changes of state.</summary>
    /// <param name="answer">What the poll came to.</param>
    /// <param name="committed">What was written down.</param>
    /// <param name="isFirstLook">True if the first polls' one line reports a failure.</param>
    public void Tell(PollResult answer, PollCommit committed, bool isFirstLook)
    {
        var (before, after, items) = committed;
        if (items is not null && before.Baselined is null)
        {
            var (count, words) = Items(items.New + items.Recorded);
            FirstPoll(logger, after.Id, count, words, items.Recorded, items.New);
        }
        else if (items is { New: > 0 })
        {
            var (count, words) = Items(items.New);
            NewItems(logger, after.Id, count, words);
        }

        Warn(answer, committed);
        if (before.State != after.State)
        {
            StateChanged(logger, after.State is SourceState.Ok ? LogLevel.Information : LogLevel.Warning, after.Id, before.State, after.State, after.StateReason);
        }
        else if (answer is PollResult.Failed failed)
        {
            var wait = Wait(after.NextDue);
            Failed(logger, isFirstLook ? LogLevel.Debug : LogLevel.Information, after.Id, after.Failures, failed.Reason, wait);
        }
    }

    private static (int Count, string Words) Items(int count) => (count, count == 1 ? "item" : "items");

    // No moment: a log line begins with one of its own zone.
    private TimeSpan Wait(DateTimeOffset due) => TimeSpan.FromSeconds(Math.Max(0, Math.Round((due - clock.GetUtcNow()).TotalSeconds)));

    private void Warn(PollResult answer, PollCommit committed)
    {
        if (answer is PollResult.Updated { Warnings: { Count: > 0 } warnings })
        {
            Repaired(logger, committed.After.Id, warnings[0], warnings.Count);
        }

        if (answer is PollResult.Updated { Feed.Dropped: > 0 and var dropped })
        {
            LeftOut(logger, committed.After.Id, dropped);
        }

        if (committed.Items is { SharedIds: true } && committed.Before.Baselined is null)
        {
            SharedIds(logger, committed.After.Id);
        }

        if (committed.After.UnstableIds && !committed.Before.UnstableIds)
        {
            UnstableIds(logger, committed.After.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: first poll, {Count} {Items}: {Recorded} recorded without an alert, {New} may alert")]
    private static partial void FirstPoll(ILogger logger, string source, int count, string items, int recorded, int @new);

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: {New} new or edited {Items}")]
    private static partial void NewItems(ILogger logger, string source, int @new, string items);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Source {Source}: repaired: {Warning} ({Count} in all)")]
    private static partial void Repaired(ILogger logger, string source, string warning, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: {Dropped} items beyond the newest that are read were left out")]
    private static partial void LeftOut(ILogger logger, string source, int dropped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: several items have the same guid; their links identify them")]
    private static partial void SharedIds(ILogger logger, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: unstable ids; known items came with other guids, so their links identify them from now on")]
    private static partial void UnstableIds(ILogger logger, string source);

    [LoggerMessage(Message = "Source {Source}: {Before} -> {After} {Reason}")]
    private static partial void StateChanged(ILogger logger, LogLevel level, string source, SourceState before, SourceState after, string reason);

    [LoggerMessage(Message = "Source {Source}: poll failed ({Failures} in a row): {Reason}; again in {Wait:c}")]
    private static partial void Failed(ILogger logger, LogLevel level, string source, int failures, string reason, TimeSpan wait);
}
