using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NewsWatch.Configuration;
using NewsWatch.Delivery.Mails;
using NewsWatch.Storage;

namespace NewsWatch.Delivery;

/// <summary>Sends mails over SMTP (RFC 5321): one recipient to an envelope, connections kept and reused.</summary>
internal sealed class SmtpSender(Channel.Email channel, MailComposer composer, SmtpConnections connections) : ISender
{
    /// <inheritdoc/>
    public async Task<Sending> SendAsync(ClaimedBundle bundle, CancellationToken cancellation)
    {
        var identity = MailIdentity.Of(channel);
        var (mail, to) = await composer.ComposeAsync(bundle, identity, cancellation);
        var result = to is null
            ? new SendResult.Refused($"subscriber {bundle.Subscriber} has no address in the configuration.")
            : await SendAsync(mail, to, cancellation);
        return new(result, MessageName.MailId(bundle.Bundle, identity.Domain), mail.Subject);
    }

    /// <summary>What an SMTP failure means for the message.</summary>
    internal static SendResult Meaning(Exception failure) => failure switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted } refused when (int)refused.StatusCode >= 500
            => new SendResult.Refused($"the server answered {(int)refused.StatusCode} {Words(refused)}"),
        SmtpCommandException answer => new SendResult.TryAgain(
            $"the server answered {(int)answer.StatusCode} {Words(answer)}", EndpointTrouble: (int)answer.StatusCode is 421 or >= 500),
        AuthenticationException => new SendResult.TryAgain($"the server refused the login: {Words(failure)}", EndpointTrouble: true),
        SslHandshakeException => new SendResult.TryAgain("no TLS connection: the server's certificate was not accepted", EndpointTrouble: true),
        NotSupportedException => new SendResult.TryAgain("the server offers no STARTTLS, or no way to log in that is known here", EndpointTrouble: true),
        SmtpProtocolException => new SendResult.TryAgain("the connection broke off or spoke no SMTP", EndpointTrouble: true),
        SocketException socket => new SendResult.TryAgain($"no connection: {socket.SocketErrorCode}", EndpointTrouble: true),
        TimeoutException => new SendResult.TryAgain("the server did not answer in time", EndpointTrouble: true),
        _ => new SendResult.TryAgain($"the connection broke: {failure.GetType().Name}", EndpointTrouble: true),
    };

    private async Task<SendResult> SendAsync(MimeMessage mail, MailboxAddress to, CancellationToken cancellation)
    {
        SmtpConnection? connection = null;
        try
        {
            connection = await connections.TakeAsync(channel, cancellation);
            var reply = await connection.SendAsync(mail, to, cancellation);
            CrashPoint.Reached("smtp.accepted");
            connections.Return(channel, connection);
            return new SendResult.Accepted(TextCleaner.Line(reply));
        }
        catch (Exception failure) when (IsOfTheWorld(failure))
        {
            if (connection is { IsUsable: true } && failure is SmtpCommandException { StatusCode: not SmtpStatusCode.ServiceNotAvailable })
            {
                connections.Return(channel, connection);
            }
            else
            {
                connection?.Dispose();
            }

            return Meaning(failure);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static bool IsOfTheWorld(Exception failure) => failure
        is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or SocketException or IOException
        or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or TimeoutException;

    private static string Words(Exception answer) => TextCleaner.Line(answer.Message, 200);
}
