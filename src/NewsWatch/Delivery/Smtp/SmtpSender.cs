using MailKit.Net.Smtp;
using MimeKit;
using NewsWatch.Configuration;
using NewsWatch.Delivery.Sending;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Delivery.Smtp;

/// <summary>Sends mails over SMTP (RFC 5321): one recipient to an envelope, connections kept and reused.</summary>
internal sealed class SmtpSender(Channel.Email channel, MailComposer composer, SmtpConnectionPool connections, WorkShare share, TimeProvider clock) : ISender
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        var identity = MailIdentity.Create(channel);
        var (mail, to) = await composer.ComposeAsync(bundle, identity, cancellationToken);
        var result = to is null
            ? new SendResult.TryAgain($"subscriber {bundle.Subscriber} is not in the configuration")
            : await SendAsync(mail, to, cancellationToken);
        return new(result, MessageName.MailId(bundle.Bundle, identity.Domain), mail.Subject);
    }

    /// <inheritdoc cref="ISender.ProbeAsync"/>
    /// <remarks>Connects, with TLS and a login where they are configured, and keeps the connection for the message that follows.</remarks>
    public async Task<SendResult.NoConnection?> ProbeAsync(string id, CancellationToken cancellationToken)
    {
        using var deadline = new SmtpDeadline(share, clock, cancellationToken);
        try
        {
            connections.Return(channel, await connections.OpenAsync(channel, deadline.Token));
            return null;
        }
        catch (Exception failure) when (SmtpAnswers.IsOfTheWorld(failure) || deadline.Ended(failure))
        {
            return SmtpAnswers.NoConnection(failure);
        }
    }

    /// <summary>A connection that was kept and that the server has closed says nothing about the message or the server: once more at once, over a new one.</summary>
    private async Task<SendResult> SendAsync(MimeMessage mail, MailboxAddress to, CancellationToken cancellationToken)
    {
        using var deadline = new SmtpDeadline(share, clock, cancellationToken);
        return await TryAsync(connections.TakeAsync, mail, to, deadline)
            ?? await TryAsync(connections.OpenAsync, mail, to, deadline)
            ?? throw new InvalidOperationException("a new connection was taken for a kept one");
    }

    /// <summary>One try; null when the connection was a kept one that the server has closed.</summary>
    private async Task<SendResult?> TryAsync(Func<Channel.Email, CancellationToken, Task<SmtpConnection>> open, MimeMessage mail, MailboxAddress to, SmtpDeadline deadline)
    {
        SmtpConnection connection;
        try
        {
            connection = await open(channel, deadline.Token);
        }
        catch (Exception failure) when (SmtpAnswers.IsOfTheWorld(failure) || deadline.Ended(failure))
        {
            return SmtpAnswers.NoConnection(failure);
        }

        try
        {
            if (!connection.CanAddress(to))
            {
                connections.Return(channel, connection);
                return new SendResult.Refused($"the server does not accept letters beyond ASCII before the @ (it does not offer SMTPUTF8): {to.Address}.");
            }

            var reply = await connection.SendAsync(mail, to, deadline.TextBegins, deadline.Token);
            CrashPoint.Reached("smtp.accepted");
            connections.Return(channel, connection);
            return new SendResult.Accepted(TextCleaner.Line(reply));
        }
        catch (SmtpCommandException answer)
        {
            connection.Dispose(); // many servers get slower, or hang up, on a connection with refusals
            return connection is { HasCarried: true, DotHasLeft: false } && SmtpAnswers.IsGoodbye(answer) ? null : SmtpAnswers.Classify(answer, connection.MaxSize);
        }
        catch (Exception failure) when (SmtpAnswers.IsOfTheWorld(failure) || deadline.Ended(failure))
        {
            connection.Dispose();
            return connection.DotHasLeft || (deadline.HasTextBegun && deadline.Ended(failure)) ? new SendResult.Unfinished($"the whole mail was sent and {deadline.Words(failure)}")
                : deadline.Ended(failure) ? deadline.Meaning
                : connection.HasCarried ? null
                : SmtpAnswers.Broke(failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
