using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Fetching;

/// <summary>How the last lookup of a name went.</summary>
internal enum NameStanding
{
    /// <summary>There was no lookup yet.</summary>
    New,

    /// <summary>The last lookup was prompt.</summary>
    Prompt,

    /// <summary>The last lookup was slow or failed.</summary>
    Troubled,
}

/// <summary>The cached results of one host name and its lookup under way. The stopwatch measures ages, not the wall clock.</summary>
internal sealed class RememberedName(string host, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private IPAddress[]? _addresses;
    private long _answered;
    private SocketException? _trouble;
    private long _troubled;
    private Task? _question;
    private long? _started;

    public string Host => host;

    public NameStanding Standing { get; private set; }

    /// <summary>How long the lookup has been running; zero while it waits for a thread.</summary>
    public TimeSpan Asking
    {
        get
        {
            lock (_lock)
            {
                return _started is { } started ? clock.GetElapsedTime(started) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The last good result, unless it is older than <paramref name="age"/>.</summary>
    public IPAddress[]? Addresses(TimeSpan age)
    {
        lock (_lock)
        {
            return _addresses is not null && clock.GetElapsedTime(_answered) <= age ? _addresses : null;
        }
    }

    /// <summary>The failure of the last lookup, unless it is older than <paramref name="age"/>.</summary>
    public SocketException? Trouble(TimeSpan age)
    {
        lock (_lock)
        {
            return _trouble is not null && clock.GetElapsedTime(_troubled) <= age ? _trouble : null;
        }
    }

    /// <summary>True if the entry can be dropped without a loss.</summary>
    public bool IsIdle(TimeSpan fresh)
    {
        lock (_lock)
        {
            return _question is null or { IsCompleted: true } && (_addresses is null || clock.GetElapsedTime(_answered) > fresh);
        }
    }

    /// <summary>Returns the lookup under way, or starts one with <paramref name="ask"/>.</summary>
    public Task AskOnce(Func<Task> ask)
    {
        lock (_lock)
        {
            return _question is null or { IsCompleted: true } ? _question = ask() : _question;
        }
    }

    /// <summary>Notes that the lookup begins.</summary>
    public void Started()
    {
        lock (_lock)
        {
            _started = clock.GetTimestamp();
        }
    }

    /// <summary>Notes the result: addresses, or <paramref name="trouble"/>. A name that does not exist drops its cached addresses.</summary>
    public void Ended(IPAddress[]? addresses, SocketException trouble)
    {
        lock (_lock)
        {
            var took = clock.GetElapsedTime(_started ?? clock.GetTimestamp());
            Standing = addresses is not null && took <= NameResolver.Promptness ? NameStanding.Prompt : NameStanding.Troubled;
            _started = null;
            if (addresses is not null)
            {
                (_addresses, _answered, _trouble) = (addresses, clock.GetTimestamp(), null);
                return;
            }

            (_trouble, _troubled) = (trouble, clock.GetTimestamp());
            if (trouble.SocketErrorCode is SocketError.HostNotFound)
            {
                _addresses = null;
            }
        }
    }
}
