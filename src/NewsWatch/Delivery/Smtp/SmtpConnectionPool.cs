using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit.Security;
using NewsWatch.Configuration;
using NewsWatch.Fetching;

namespace NewsWatch.Delivery.Smtp;

/// <summary>Open connections, by channel as it is configured: a changed host, password or anything else gets new ones.</summary>
internal sealed class SmtpConnectionPool(SmtpTrust trust, Dialer dialer, TimeProvider clock) : IDisposable
{
    /// <summary>Ways to log in, the usual one over TLS first.</summary>
    private static readonly string[] Logins = ["PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5"];

    /// <summary>The last word of a silent server; what each step may take is shorter and the sender's matter.</summary>
    private static readonly TimeSpan IoTimeout = TimeSpan.FromMinutes(15);

    /// <summary>So short that a new attempt, which the network treats better than an old one, follows soon.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LivesTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Idle for longer, a connection is asked whether it still lives, before a message is trusted to it.</summary>
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DropAfter = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<Channel.Email, ConcurrentBag<SmtpConnection>> _idle = new();

    /// <summary>A connection that is logged in, a kept one where there is one; the caller returns or disposes it.</summary>
    /// <exception cref="Exception">MailKit's: no connection, no TLS, no login.</exception>
    public async Task<SmtpConnection> TakeAsync(Channel.Email channel, CancellationToken cancellationToken)
    {
        var idle = _idle.GetOrAdd(channel, _ => []);
        while (idle.TryTake(out var kept))
        {
            var rested = clock.GetElapsedTime(kept.LastUsed);
            if (rested < AskAfter || (rested < DropAfter && await LivesAsync(kept, cancellationToken)))
            {
                return kept;
            }

            kept.Dispose();
        }

        return await OpenAsync(channel, cancellationToken);
    }

    /// <summary>Keeps a connection for the next message.</summary>
    public void Return(Channel.Email channel, SmtpConnection connection)
    {
        connection.LastUsed = clock.GetTimestamp();
        _idle.GetOrAdd(channel, _ => []).Add(connection);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _idle.Values.SelectMany(bag => bag))
        {
            connection.Dispose();
        }

        _idle.Clear();
    }

    private async Task<bool> LivesAsync(SmtpConnection kept, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LivesTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await kept.LivesAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A new connection that is logged in; the caller returns or disposes it.</summary>
    /// <exception cref="Exception">MailKit's: no connection, no TLS, no login.</exception>
    public async Task<SmtpConnection> OpenAsync(Channel.Email channel, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection
        {
            Timeout = (int)IoTimeout.TotalMilliseconds,
            CheckCertificateRevocation = false, // asking the issuer would make mail depend on a third party's answer
        };
        string? distrust = null;
        connection.ServerCertificateValidationCallback = (_, certificate, chain, errors) => (distrust = trust.Judge(channel, certificate, chain, errors)) is null;
        try
        {
            await ConnectAsync(connection, channel, cancellationToken);
            if (channel.User is { } user)
            {
                KeepOneLogin(connection.AuthenticationMechanisms);
                await connection.AuthenticateAsync(user, channel.Password ?? "", cancellationToken);
            }

            connection.LastUsed = clock.GetTimestamp();
            return connection;
        }
        catch (SslHandshakeException failure)
        {
            connection.Dispose();
            throw new SslHandshakeException(distrust ?? TlsWords.Of(failure), failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A wrong password is tried in one way only: in each way that the server offers, it could lock the account.</summary>
    private static void KeepOneLogin(HashSet<string> offered)
    {
        if (Logins.FirstOrDefault(offered.Contains) is { } login)
        {
            offered.RemoveWhere(other => other != login);
        }
    }

    private async Task ConnectAsync(SmtpConnection connection, Channel.Email channel, CancellationToken cancellationToken)
    {
        var tls = channel.Tls switch
        {
            TlsMode.Implicit => SecureSocketOptions.SslOnConnect,
            TlsMode.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await connection.ConnectAsync(await SocketAsync(channel, cancellationToken), channel.Host, channel.Port, tls, cancellationToken);
    }

    private async Task<Socket> SocketAsync(Channel.Email channel, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await dialer.ConnectAsync(channel.Host, channel.Port, allows: null, either.Token);
        }
        catch (OperationCanceledException called) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no connection within {ConnectTimeout.TotalSeconds:0} s", called);
        }
    }
}
