using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;

namespace NewsWatch.Web;

/// <summary>
/// Opens the ports: limits what a connection may cost before anything is known about it, and marks each connection of the endpoint
/// named Operator. The mark belongs to the endpoint, so that two endpoints with one port number on different addresses stay distinct.
/// </summary>
internal sealed class Ports(OperatorPort operatorPort)
{
    /// <summary>Bytes of a request's body where a route does not allow more: a form with one choice.</summary>
    public const int MaxForm = 4 * 1024;

    private const string OperatorName = "Operator";
    private const int MaxPublicConnections = 256;
    private const int MaxOperatorConnections = 64;

    private readonly List<(string Name, EndPoint EndPoint)> _opened = [];

    /// <summary>True if the request came in by the operator's endpoint; no header can fake it.</summary>
    public static bool IsOperator(HttpContext context) => context.Features.Get<OperatorMark>() is not null;

    /// <summary>Sets Kestrel's limits and opens the endpoints of its section in the settings.</summary>
    public void Configure(KestrelServerOptions kestrel, IConfiguration section)
    {
        kestrel.AddServerHeader = false;
        Limit(kestrel.Limits);
        var loader = kestrel.Configure(section);
        foreach (var endpoint in section.GetSection("Endpoints").GetChildren())
        {
            loader.Endpoint(endpoint.Key, opening => Open(endpoint.Key, opening.ListenOptions));
        }
    }

    // Kestrel closes a connection that sends nothing, or a byte at a time, after seconds; the buffers before the application are small.
    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = MaxForm;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBufferSize = 32 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(20));
        limits.Http2.MaxStreamsPerConnection = 8;
    }

    private void Open(string name, ListenOptions listen)
    {
        var isOperator = name.Equals(OperatorName, StringComparison.OrdinalIgnoreCase);
        if (isOperator && operatorPort.Token is null && !IsLocal(listen.EndPoint))
        {
            throw new SettingException(
                $"The operator's endpoint listens on {listen.EndPoint}, which can be reached from outside. "
                + $"Set Web:OperatorToken (environment: Web__OperatorToken), or Kestrel:Endpoints:Operator:Url to http://127.0.0.1:{(listen.EndPoint as IPEndPoint)?.Port}.");
        }

        if (_opened.Find(other => Overlap(other.EndPoint, listen.EndPoint)) is { Name: { } other })
        {
            throw new SettingException($"The endpoints {other} and {name} both listen on {listen.EndPoint}. Give one of them another port: Kestrel:Endpoints:{name}:Url.");
        }

        _opened.Add((name, listen.EndPoint));
        listen.Use(isOperator ? Count(MaxOperatorConnections, new OperatorMark()) : Count(MaxPublicConnections, null));
    }

    private static bool IsLocal(EndPoint endPoint) => endPoint is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address);

    private static bool Overlap(EndPoint one, EndPoint other) =>
        one is IPEndPoint { Port: not 0 } a && other is IPEndPoint b && a.Port == b.Port
        && (a.Address.Equals(b.Address) || IsAny(a.Address) || IsAny(b.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Closes connections beyond <paramref name="max"/>: each endpoint has its own count, so that a crowd at one leaves the other its room.</summary>
    private static Func<ConnectionDelegate, ConnectionDelegate> Count(int max, OperatorMark? mark) => next =>
    {
        var open = 0;
        return async connection =>
        {
            try
            {
                if (Interlocked.Increment(ref open) <= max)
                {
                    connection.Features.Set(mark);
                    await next(connection);
                }
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        };
    };

    private sealed class OperatorMark;
}
