using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Fetching;

/// <summary>
/// The system's resolver (hosts file, search domains, mDNS and all), which blocks the thread that asks it: so it is asked on a few threads of its
/// own, once for a name at a time, and its answers are remembered. A name server that is dead or slow holds up nobody but the names it does not know:
/// names that were answered promptly, names that were never asked for, and names that make trouble each have their own threads.
/// </summary>
/// <param name="ask">The blocking question.</param>
internal sealed class NameResolver(Func<string, IPAddress[]> ask, FetchMetrics metrics, TimeProvider clock)
{
    /// <summary>An answer this old is used without a question; the system's resolver does not tell how long it is good.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>The last good answer is used up to this age while no name server answers.</summary>
    public static readonly TimeSpan Usable = TimeSpan.FromDays(1);

    /// <summary>A bad answer is believed for this long.</summary>
    public static readonly TimeSpan Negative = TimeSpan.FromSeconds(10);

    /// <summary>How long a caller waits for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a caller waits for a newer answer than the one that is remembered; a name that takes longer is slow.</summary>
    public static readonly TimeSpan Promptness = TimeSpan.FromSeconds(1);

    private const int ForgetAbove = 10_000;
    private readonly ConcurrentDictionary<string, RememberedName> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Threads that may be blocked at the same time, by the standing of the names they ask for.</summary>
    private readonly SemaphoreSlim[] _threads = [new(6), new(6), new(4)];

    /// <summary>Resolves through the system.</summary>
    public NameResolver(FetchMetrics metrics, TimeProvider clock)
        : this(Dns.GetHostAddresses, metrics, clock)
    {
    }

    /// <summary>The name's addresses.</summary>
    /// <exception cref="SocketException">The name is unknown, or no name server answered in time and nothing usable is remembered.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Forget();
        var name = _names.GetOrAdd(host, unknown => new RememberedName(unknown, clock));
        if (name.Addresses(Fresh) is { } fresh)
        {
            metrics.CountName("remembered");
            return fresh;
        }

        if (name.Trouble(Negative) is null)
        {
            await WaitAsync(name, cancellationToken);
        }

        return Answer(name);
    }

    private IPAddress[] Answer(RememberedName name)
    {
        if (name.Addresses(Usable) is { } addresses)
        {
            metrics.CountName(name.Addresses(Fresh) is null ? "last_good" : "answered");
            return addresses;
        }

        var trouble = name.Trouble(Negative) ?? new SocketException((int)SocketError.TryAgain, $"no name server answers for {name.Host}");
        metrics.CountName(trouble.SocketErrorCode is SocketError.HostNotFound ? "unknown" : "no_answer");
        throw new SocketException((int)trouble.SocketErrorCode, trouble.Message);
    }

    /// <summary>Waits for the question that is under way, or asks it; not longer than is reasonable for the time it has taken already.</summary>
    private async Task WaitAsync(RememberedName name, CancellationToken cancellationToken)
    {
        var question = name.AskOnce(() => AskAsync(name));
        var patience = (name.Addresses(Usable) is null ? Patience : Promptness) - name.Asking;
        try
        {
            await question.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The question goes on, and its answer is remembered.
        }
    }

    private async Task AskAsync(RememberedName name)
    {
        var threads = _threads[(int)name.Standing];
        await threads.WaitAsync();
        try
        {
            // A thread of its own: the question may block for as long as the system's resolver likes.
            await Task.Factory.StartNew(() => Ask(name), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            threads.Release();
        }
    }

    private void Ask(RememberedName name)
    {
        name.Started();
        try
        {
            var addresses = ask(name.Host);
            name.Ended(addresses.Length > 0 ? addresses : null, new SocketException((int)SocketError.HostNotFound, $"unknown host {name.Host}"));
        }
        catch (SocketException failure) when (failure.SocketErrorCode is not (SocketError.HostNotFound or SocketError.NoData))
        {
            name.Ended(null, new SocketException((int)SocketError.TryAgain, $"no name server answers for {name.Host}"));
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            name.Ended(null, new SocketException((int)SocketError.HostNotFound, $"unknown host {name.Host}"));
        }
    }

    private void Forget()
    {
        if (_names.Count > ForgetAbove)
        {
            foreach (var (host, name) in _names)
            {
                if (name.IsIdle(Fresh))
                {
                    _names.TryRemove(host, out _);
                }
            }
        }
    }
}
