using System.Collections.Concurrent;
using NewsWatch.Polling.Sources;
using NewsWatch.Storage;
using NewsWatch.Storage.Locks;
using NewsWatch.Storage.Sources;

namespace NewsWatch.Polling;

/// <summary>
/// Ends polls that brought nothing, many in one write: those that end while a write is under way share the next one. Most polls bring nothing, and each
/// write waits for the disk.
/// </summary>
internal sealed class QuietPolls(Database database) : IDisposable
{
    /// <summary>Other writes wait behind this one, so it is bounded.</summary>
    private const int MaxInOneWrite = 100;

    private readonly ConcurrentQueue<Poll> _ended = [];
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Commit 1 of a poll without news; null, and nothing is written, when another claim has followed the poll's.</summary>
    public async Task<PollCommit?> EndAsync(SourceWriter writer, PollResult.Unchanged answer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var poll = new Poll(writer, answer);
        _ended.Enqueue(poll);
        await _turn.WaitAsync(CancellationToken.None); // not cancelled half-way: an earlier turn may take the poll along at any moment
        try
        {
            while (!poll.Commit.Task.IsCompleted)
            {
                await WriteAsync(Next());
            }
        }
        finally
        {
            _turn.Release();
        }

        return await poll.Commit.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private List<Poll> Next()
    {
        var polls = new List<Poll>();
        while (polls.Count < MaxInOneWrite && _ended.TryDequeue(out var poll))
        {
            polls.Add(poll);
        }

        return polls;
    }

    /// <summary>One poll that cannot be written down takes no other along: after a failure each is written by itself.</summary>
    private async Task WriteAsync(List<Poll> polls)
    {
        var write = database.WriteAsync(LockSet.None, db => End(db, polls));
        await ((Task)write).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (write.IsCompletedSuccessfully)
        {
            var commits = await write;
            polls.ForEach(poll => poll.Commit.SetResult(commits.GetValueOrDefault(poll)));
        }
        else if (polls is [var alone])
        {
            alone.Commit.SetException(write.Exception!.InnerExceptions);
        }
        else
        {
            foreach (var poll in polls)
            {
                await WriteAsync([poll]);
            }
        }
    }

    private static Dictionary<Poll, PollCommit> End(Session db, List<Poll> polls)
    {
        var held = PollQueue.Held(db, [.. polls.Select(poll => poll.Writer.Before)]);
        var commits = polls.Where(poll => held.Contains(poll.Writer.Before.Id)).ToDictionary(poll => poll, poll => poll.Writer.Keep(db, poll.Answer, items: null));
        PollQueue.End(db, [.. commits.Values.Select(commit => commit.After)]);
        CrashPoint.Reached("commit1.inside");
        return commits;
    }

    private sealed class Poll(SourceWriter writer, PollResult.Unchanged answer)
    {
        public SourceWriter Writer => writer;

        public PollResult.Unchanged Answer => answer;

        public TaskCompletionSource<PollCommit?> Commit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
