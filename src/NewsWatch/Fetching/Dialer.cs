using System.Net;
using System.Net.Sockets;

namespace NewsWatch.Fetching;

/// <summary>Resolves a name to its addresses, the preferred one first.</summary>
/// <exception cref="SocketException">The name has none, or no name server replied; the message says which.</exception>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>Opens one TCP connection.</summary>
/// <exception cref="SocketException">It was refused, or the address cannot be reached.</exception>
public delegate Task<Socket> OpenSocket(IPAddress address, int port, CancellationToken cancellationToken);

/// <summary>
/// Connects to a host by Happy Eyeballs (RFC 8305): IPv6 and IPv4 addresses in turn, the next one when an attempt fails or after 250 ms, and the
/// first connection wins. An address that leads nowhere costs a quarter of a second, not the host.
/// </summary>
/// <param name="open">Opens one connection; null for the system's sockets.</param>
public sealed class Dialer(ResolveHost resolve, TimeProvider clock, OpenSocket? open = null)
{
    /// <summary>Between two attempts (RFC 8305, section 5).</summary>
    internal static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Addresses of one name that are tried.</summary>
    internal const int MaxAddresses = 16;

    private readonly OpenSocket _open = open ?? OpenAsync;

    /// <summary>Connects; the caller limits the time and owns the socket.</summary>
    /// <param name="host">A name or an IP address.</param>
    /// <param name="allows">Decides whether an address is allowed; the socket connects to exactly the address it saw. Null for all.</param>
    /// <exception cref="BlockedException">The host has addresses, but none that is allowed.</exception>
    /// <exception cref="SocketException">The name has no address, or no address accepts the connection.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, Predicate<IPAddress>? allows, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound, $"unknown host {host}");
        }

        var allowed = allows is null ? addresses : [.. addresses.Where(address => allows(address))];
        return allowed.Length > 0
            ? await RaceAsync([.. InTurn(allowed).Take(MaxAddresses)], port, cancellationToken)
            : throw new BlockedException($"blocked: non-public address {addresses[0]}");
    }

    private async Task<Socket> RaceAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<Socket>>();
        try
        {
            for (var next = 0; ;)
            {
                if (next < addresses.Length)
                {
                    attempts.Add(_open(addresses[next++], port, over.Token));
                }

                var patience = next < addresses.Length ? AttemptDelay : Timeout.InfiniteTimeSpan;
                if (await FirstEndedAsync(attempts, patience, over.Token) is not { } ended)
                {
                    continue;
                }

                attempts.Remove(ended);
                if (ended.IsCompletedSuccessfully || (attempts.Count == 0 && next == addresses.Length) || cancellationToken.IsCancellationRequested)
                {
                    return await ended;
                }

                await DiscardAsync(ended);
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(attempts.Select(DiscardAsync));
        }
    }

    /// <summary>The first attempt that ends within <paramref name="patience"/>; null when none does.</summary>
    private async Task<Task<Socket>?> FirstEndedAsync(List<Task<Socket>> attempts, TimeSpan patience, CancellationToken over)
    {
        var first = await Task.WhenAny([.. attempts, Task.Delay(patience, clock, over)]);
        return first as Task<Socket> ?? attempts.Find(attempt => attempt.IsCompleted) ?? (over.IsCancellationRequested ? attempts[0] : null);
    }

    /// <summary>The preferred family first, then the other one, and so on (RFC 8305, section 4).</summary>
    private static IEnumerable<IPAddress> InTurn(IPAddress[] addresses)
    {
        var preferred = addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily).ToList();
        var others = addresses.Except(preferred).ToList();
        for (var place = 0; place < Math.Max(preferred.Count, others.Count); place++)
        {
            foreach (var family in new[] { preferred, others }.Where(family => place < family.Count))
            {
                yield return family[place];
            }
        }
    }

    private static async Task DiscardAsync(Task<Socket> attempt)
    {
        await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (attempt.IsCompletedSuccessfully)
        {
            (await attempt).Dispose();
        }
    }

    private static async Task<Socket> OpenAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
