using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Fetching;

/// <summary>How a name did when it was last asked for.</summary>
internal enum NameStanding
{
    /// <summary>It was never asked for.</summary>
    New,

    /// <summary>It was answered at once.</summary>
    Prompt,

    /// <summary>It was answered late or not at all.</summary>
    Troubled,
}

/// <summary>What is known of one host name, and the question for it that is under way. Ages are measured by the stopwatch, not by the wall clock.</summary>
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

    /// <summary>How long the question under way has been with the resolver; zero while it waits for a thread.</summary>
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

    /// <summary>The last good answer, unless it is older than <paramref name="age"/>.</summary>
    public IPAddress[]? Addresses(TimeSpan age)
    {
        lock (_lock)
        {
            return _addresses is not null && clock.GetElapsedTime(_answered) <= age ? _addresses : null;
        }
    }

    /// <summary>What went wrong with the last question, unless that is longer ago than <paramref name="age"/>.</summary>
    public SocketException? Trouble(TimeSpan age)
    {
        lock (_lock)
        {
            return _trouble is not null && clock.GetElapsedTime(_troubled) <= age ? _trouble : null;
        }
    }

    /// <summary>True when nothing is lost by forgetting it.</summary>
    public bool IsIdle(TimeSpan fresh)
    {
        lock (_lock)
        {
            return _question is null or { IsCompleted: true } && (_addresses is null || clock.GetElapsedTime(_answered) > fresh);
        }
    }

    /// <summary>The question under way, or the one that <paramref name="ask"/> begins.</summary>
    public Task AskOnce(Func<Task> ask)
    {
        lock (_lock)
        {
            return _question is null or { IsCompleted: true } ? _question = ask() : _question;
        }
    }

    /// <summary>The resolver is asked now.</summary>
    public void Started()
    {
        lock (_lock)
        {
            _started = clock.GetTimestamp();
        }
    }

    /// <summary>The resolver answered: with addresses, or else with <paramref name="trouble"/>. That a name does not exist outdates what was known of it.</summary>
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
