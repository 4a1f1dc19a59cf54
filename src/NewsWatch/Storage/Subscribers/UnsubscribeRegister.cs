using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Storage.Subscribers;

/// <summary>Who does not want what any more, kept in the database and in its journal.</summary>
internal sealed partial class UnsubscribeRegister(Database database, UnsubscribeJournal journal, RetentionTimes keep, TimeProvider clock, ILogger<UnsubscribeRegister> log)
{
    /// <summary>Takes an unsubscription, which holds at once, also where the journal cannot be written.</summary>
    /// <param name="subscriber">The subscriber's id.</param>
    /// <param name="scope">all, rule:ID or story:KEY.</param>
    /// <param name="by">How: one-click or page.</param>
    public async Task AddAsync(string subscriber, string scope, string by)
    {
        if (database.Read(db => UnsubscribeStore.Has(db, subscriber, scope)))
        {
            return;
        }

        var entry = new Unsubscribed(subscriber, scope, clock.GetUtcNow(), by);
        if (journal.TryAdd(entry) is { } failure)
        {
            NotInJournal(log, failure);
        }

        await database.WriteAsync(db => UnsubscribeStore.Add(db, entry));
    }

    /// <summary>Forgets all that a subscriber unsubscribed from.</summary>
    /// <returns>How many there were, and null or why the journal could not be written: then the next start unsubscribes them again.</returns>
    public async Task<(int Undone, Exception? Failure)> UndoAsync(string subscriber, CancellationToken cancellation)
    {
        var undone = await database.WriteAsync(db => UnsubscribeStore.Undo(db, subscriber), cancellation);
        return (undone, undone == 0 ? null : journal.TryAdd(new(subscriber, "all", clock.GetUtcNow(), UnsubscribeJournal.Undo)));
    }

    /// <summary>Brings the database up to the journal, which knows more after an older backup was restored.</summary>
    public async Task ReplayAsync(CancellationToken cancellation)
    {
        try
        {
            var forgotten = clock.GetUtcNow() - keep.Stories;
            var missing = Standing(journal.Read()).Where(entry => entry.At >= forgotten || !entry.Scope.StartsWith("story:", StringComparison.Ordinal)).ToList();
            if (missing.Count > 0 && await database.WriteAsync(db => missing.Sum(entry => Replay(db, entry)), cancellation) is > 0 and var replayed)
            {
                Replayed(log, replayed, UnsubscribeJournal.FileName);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            NotReplayed(log, unreadable);
        }
    }

    /// <summary>The undos, and what came after the undo of its subscriber.</summary>
    private static IEnumerable<Unsubscribed> Standing(IReadOnlyList<Unsubscribed> entries)
    {
        var undone = entries.Where(entry => entry.By == UnsubscribeJournal.Undo).GroupBy(entry => entry.Subscriber).ToDictionary(group => group.Key, group => group.Max(entry => entry.At));
        return entries.Where(entry => entry.By == UnsubscribeJournal.Undo || !undone.TryGetValue(entry.Subscriber, out var at) || entry.At > at);
    }

    private static int Replay(Session db, Unsubscribed entry)
    {
        if (entry.By == UnsubscribeJournal.Undo)
        {
            return UnsubscribeStore.Undo(db, entry.Subscriber, entry.At);
        }

        if (UnsubscribeStore.Has(db, entry.Subscriber, entry.Scope))
        {
            return 0;
        }

        UnsubscribeStore.Add(db, entry);
        return 1;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} unsubscriptions or undos that the database did not know were taken from {File}: an older backup was restored")]
    private static partial void Replayed(ILogger log, int count, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "An unsubscription holds but could not be written beside the database or its backups: a restore would forget it")]
    private static partial void NotInJournal(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The record of unsubscriptions cannot be read: if a backup was restored, newer unsubscriptions are missing")]
    private static partial void NotReplayed(ILogger log, Exception failure);
}

/// <summary>Before the service sends anything.</summary>
internal sealed class UnsubscribeReplay(UnsubscribeRegister register) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => register.ReplayAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
