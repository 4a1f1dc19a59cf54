using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using NewsWatch.Storage;

namespace NewsWatch.Delivery;

/// <summary>A connection to a mail server, with the places inside its dialogue where a crash test stops.</summary>
internal sealed class SmtpConnection() : SmtpClient(new Dialogue())
{
    /// <summary>When it last carried a message.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>True while it is connected and can take another message.</summary>
    public bool IsUsable => IsConnected;

    /// <summary>Hands over one mail for one recipient; answers the server's words.</summary>
    public Task<string> SendAsync(MimeMessage mail, MailboxAddress to, CancellationToken cancellation) =>
        SendAsync(FormatOptions.Default, mail, (MailboxAddress)mail.From[0], [to], cancellation, new InData());

    /// <summary>Asks whether the server is still there.</summary>
    public async Task<bool> LivesAsync(CancellationToken cancellation)
    {
        try
        {
            await NoOpAsync(cancellation);
            return true;
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or CommandException or ServiceNotConnectedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        CrashPoint.Reached("smtp.rcpt.after");
        base.OnRecipientAccepted(message, mailbox, response);
    }

    private sealed class InData : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize) => CrashPoint.Reached("smtp.data.inside");

        public void Report(long bytesTransferred) => CrashPoint.Reached("smtp.data.inside");
    }

    /// <summary>Sees the final dot leave. It logs nothing: the dialogue holds passwords and mails.</summary>
    private sealed class Dialogue : IProtocolLogger
    {
        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            if (buffer.AsSpan(offset, count).EndsWith("\r\n.\r\n"u8))
            {
                CrashPoint.Reached("smtp.dot.after");
            }
        }

        public void LogServer(byte[] buffer, int offset, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
