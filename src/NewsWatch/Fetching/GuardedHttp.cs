using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NewsWatch.Fetching;

/// <summary>
/// All outgoing HTTP: feeds, pages, robots.txt, hubs and webhooks. The guard checks the very address that the socket
/// connects to, so neither odd spellings nor changing DNS records lead inside. No cookies, no proxy, no automatic redirects:
/// <see cref="Fetcher"/> follows them hop by hop.
/// </summary>
/// <param name="roots">The trusted certificate authorities; null for the system's.</param>
public sealed class GuardedHttp(AddressGuard guard, FetchLimits limits, Dialer dialer, X509Certificate2Collection? roots = null)
{
    /// <summary>Creates a guarded handler, which the caller owns. Its network failures are <see cref="HttpRequestException"/> or <see cref="IOException"/>.</summary>
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
        SslOptions = Tls(),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
    };

    /// <summary>Connects as a call to that address would, with TLS for https, and hangs up: tests whether the server is reachable.</summary>
    /// <exception cref="Exception">The exceptions that a handler wraps: SocketException, IOException, AuthenticationException, <see cref="BlockedException"/>.</exception>
    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        await using var wire = await ConnectAsync(new DnsEndPoint(address.IdnHost, address.Port), cancellationToken);
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            await using var tls = new SslStream(wire);
            var options = Tls();
            options.TargetHost = address.IdnHost;
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
        }
    }

    private SslClientAuthenticationOptions Tls() => new()
    {
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => CertificateTrouble.Check(certificate, chain, errors),
    };

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

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint wanted, CancellationToken cancellationToken)
    {
        if (!guard.Allows(wanted.Port))
        {
            throw new BlockedException($"blocked: port {wanted.Port} is not allowed");
        }

        return new NetworkStream(await dialer.ConnectAsync(wanted.Host, wanted.Port, address => guard.Allows(wanted.Host, address), cancellationToken), ownsSocket: true);
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

/// <summary>The guard refused. A handler throws it as the inner exception of an <see cref="HttpRequestException"/>.</summary>
public sealed class BlockedException(string message) : Exception(message);
