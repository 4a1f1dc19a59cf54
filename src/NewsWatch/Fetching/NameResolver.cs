using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Fetching;

/// <summary>
/// The system's resolver (hosts file, search domains, mDNS and all) blocks the calling thread, so it runs on a few threads of its
/// own, once for a name at a time, and its results are cached. A dead or slow name server delays only the names that it does not know:
/// names that resolve promptly, new names and slow names each have their own threads.
/// </summary>
/// <param name="ask">The blocking lookup.</param>
internal sealed class NameResolver(Func<string, IPAddress[]> ask, FetchMetrics metrics, TimeProvider clock)
{
    /// <summary>A result up to this age is used without a lookup; the system's resolver does not say how long it is valid.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>The last good result is used up to this age while no name server replies.</summary>
    public static readonly TimeSpan Usable = TimeSpan.FromDays(1);

    /// <summary>A failure counts for this long.</summary>
    public static readonly TimeSpan Negative = TimeSpan.FromSeconds(10);

    /// <summary>How long a caller waits for a result.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a caller waits for a newer result than the cached one; a name that takes longer is slow.</summary>
    public static readonly TimeSpan Promptness = TimeSpan.FromSeconds(1);

    private const int ForgetAbove = 10_000;
    private readonly ConcurrentDictionary<string, RememberedName> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of threads that may block at the same time, by the standing of their names.</summary>
    private readonly SemaphoreSlim[] _threads = [new(6), new(6), new(4)];

    /// <summary>Resolves through the system.</summary>
    public NameResolver(FetchMetrics metrics, TimeProvider clock)
        : this(Dns.GetHostAddresses, metrics, clock)
    {
    }

    /// <summary>The name's addresses.</summary>
    /// <exception cref="SocketException">The name is unknown, or no name server replied in time and there is no usable cached result.</exception>
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

        var trouble = name.Trouble(Negative) ?? new SocketException((int)SocketError.TryAgain, $"no name server replies for {name.Host}");
        metrics.CountName(trouble.SocketErrorCode is SocketError.HostNotFound ? "unknown" : "no_answer");
        throw new SocketException((int)trouble.SocketErrorCode, trouble.Message);
    }

    /// <summary>Waits for the lookup under way, or starts one; waits less if it has taken long already.</summary>
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
            // The lookup goes on, and its result will be cached.
        }
    }

    private async Task AskAsync(RememberedName name)
    {
        var threads = _threads[(int)name.Standing];
        await threads.WaitAsync();
        try
        {
            // A thread of its own: the lookup may block for as long as the system's resolver likes.
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
            name.Ended(null, new SocketException((int)SocketError.TryAgain, $"no name server replies for {name.Host}"));
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
