using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NewsWatch.Fetching;

/// <summary>Asks for a name's addresses.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellation);

/// <summary>
/// The only way out over HTTP: for feeds, pages, robots.txt, hubs and webhooks. The address that is checked is the address that is
/// connected to, so neither odd spellings nor changing DNS answers lead inside. No redirects, no cookies, no proxy: redirects are followed
/// by <see cref="Fetcher"/>, hop by hop.
/// </summary>
/// <param name="roots">The only certificate authorities that are believed; null for the system's.</param>
public sealed class GuardedHttp(AddressGuard guard, FetchLimits limits, ResolveHost resolve, X509Certificate2Collection? roots = null)
{
    /// <summary>A handler with the guard inside; the caller owns it. What the network does to it comes out as <see cref="HttpRequestException"/> or <see cref="IOException"/>.</summary>
    public HttpMessageHandler CreateHandler() => new SocketFailures(CreateSockets());

    private SocketsHttpHandler CreateSockets() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = limits.Connect,
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        ResponseHeaderEncodingSelector = (name, _) => string.Equals(name, "Location", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : null,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = ChainPolicy() },
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
    };

    /// <summary>The system's resolver; an address stands for itself.</summary>
    public static Task<IPAddress[]> SystemResolver(string host, CancellationToken cancellation) => Dns.GetHostAddressesAsync(host, cancellation);

    private X509ChainPolicy? ChainPolicy()
    {
        if (roots is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint wanted, CancellationToken cancellation)
    {
        if (!guard.Allows(wanted.Port))
        {
            throw new BlockedException($"blocked: port {wanted.Port} is not allowed");
        }

        var addresses = IPAddress.TryParse(wanted.Host, out var literal) ? [literal] : await resolve(wanted.Host, cancellation);
        var allowed = addresses.Where(guard.Allows).ToArray();
        if (allowed.Length == 0)
        {
            throw addresses.Length == 0
                ? new SocketException((int)SocketError.HostNotFound)
                : new BlockedException($"blocked: non-public address {addresses[0]}");
        }

        return await ConnectAsync(allowed, wanted.Port, cancellation);
    }

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var last = addresses[^1];
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                if (address.Equals(last) || failure is OperationCanceledException)
                {
                    throw;
                }
            }
        }

        throw new SocketException((int)SocketError.HostUnreachable);
    }

    /// <summary>A connection that is reset before the handler looks at its far end comes out as a bare SocketException.</summary>
    private sealed class SocketFailures(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (SocketException reset)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, reset.Message, reset);
            }
        }
    }
}

/// <summary>The guard said no. It comes out of a handler as the inner exception of an <see cref="HttpRequestException"/>.</summary>
public sealed class BlockedException(string message) : Exception(message);
