using System.Collections.Concurrent;

namespace NewsWatch.Fetching.Documents;

/// <summary>A few threads that read documents one after the other, in order; they start when there is work for them.</summary>
/// <param name="name">For debuggers and dumps.</param>
/// <param name="most">Threads at the same time.</param>
/// <param name="time">Gives a thread its clock of processor time; called on the thread.</param>
internal sealed class ReaderLane(string name, int most, Func<Func<TimeSpan>> time) : IDisposable
{
    private readonly BlockingCollection<ReaderJob> _jobs = [];
    private readonly Lock _lock = new();
    private readonly List<ReaderThread> _threads = [];

    /// <summary>Reads a document when its turn comes; returns null if that takes too much processor time.</summary>
    public Task<T?> RunAsync<T>(Func<CancellationToken, T> read, CancellationToken cancellationToken)
        where T : class
    {
        var job = new ReaderJob<T>(read, cancellationToken);
        var result = job.Result;
        _jobs.Add(job, cancellationToken);
        Start();
        return result.WaitAsync(cancellationToken);
    }

    /// <summary>Stops documents that have used up their processor time.</summary>
    public void Check(TimeSpan limit)
    {
        lock (_lock)
        {
            _threads.ForEach(thread => thread.Check(limit));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _jobs.CompleteAdding();

    private void Start()
    {
        lock (_lock)
        {
            if (_threads.Count < most && _threads.Count < _threads.Count(thread => thread.IsBusy) + _jobs.Count)
            {
                _threads.Add(new ReaderThread($"{name} {_threads.Count + 1}", _jobs, time));
            }
        }
    }
}

/// <summary>One thread of a lane.</summary>
internal sealed class ReaderThread
{
    private readonly BlockingCollection<ReaderJob> _jobs;
    private readonly Func<Func<TimeSpan>> _time;
    private volatile Func<TimeSpan>? _used;
    private volatile ReaderJob? _job;

    public ReaderThread(string name, BlockingCollection<ReaderJob> jobs, Func<Func<TimeSpan>> time)
    {
        (_jobs, _time) = (jobs, time);
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>True while it reads a document.</summary>
    public bool IsBusy => _job is not null;

    /// <summary>Stops the document that is read now when it has used more than <paramref name="limit"/> of processor time.</summary>
    public void Check(TimeSpan limit)
    {
        if (_job is { } job && _used is { } used)
        {
            job.Check(used(), limit);
        }
    }

    private void Run()
    {
        _used = _time();
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            using (job)
            {
                _job = job;
                job.Run();
                _job = null;
            }
        }
    }
}
