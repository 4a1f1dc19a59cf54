using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using NewsWatch.Storage;

namespace NewsWatch.Delivery.Smtp;

/// <summary>A connection to a mail server, with the places inside its dialogue where a crash test stops.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private readonly CrashPointProtocolLogger _dialogue;

    public SmtpConnection()
        : this(new CrashPointProtocolLogger())
    {
    }

    private SmtpConnection(CrashPointProtocolLogger dialogue)
        : base(dialogue) => _dialogue = dialogue;

    /// <summary>The clock's timestamp of when it last carried a message, or was opened.</summary>
    public long LastUsed { get; set; }

    /// <summary>True once it has carried a message.</summary>
    public bool HasCarried { get; private set; }

    /// <summary>True when the final dot of the present message has left: the server may take it from then on.</summary>
    public bool DotHasLeft => _dialogue.DotHasLeft;

    /// <summary>Hands over one mail for one recipient; returns the server's words.</summary>
    /// <param name="textBegins">Called when its text begins to leave, and with each further piece of it.</param>
    public async Task<string> SendAsync(MimeMessage mail, MailboxAddress to, Action textBegins, CancellationToken cancellationToken)
    {
        _dialogue.Begin();
        var reply = await SendAsync(FormatOptions.Default, mail, (MailboxAddress)mail.From[0], [to], cancellationToken, new DataProgress(textBegins));
        HasCarried = true;
        return reply;
    }

    /// <summary>True when the server can take mail for that address: letters beyond ASCII before the @ need SMTPUTF8 (RFC 6531).</summary>
    public bool CanAddress(MailboxAddress to) => Capabilities.HasFlag(SmtpCapabilities.UTF8) || System.Text.Ascii.IsValid(to.LocalPart);

    /// <summary>Asks whether the server is still there.</summary>
    public async Task<bool> LivesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception gone) when (gone is IOException or SocketException or ProtocolException or CommandException or ServiceNotConnectedException or TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing is waited for while a mail in memory is measured, and to be ready to wait costs more than to measure.</remarks>
    protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
        Task.FromResult(GetSize(options, message, cancellationToken));

    /// <inheritdoc/>
    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        CrashPoint.Reached("smtp.rcpt.after");
        base.OnRecipientAccepted(message, mailbox, response);
    }

    private sealed class DataProgress(Action textBegins) : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

        public void Report(long bytesTransferred)
        {
            CrashPoint.Reached("smtp.data.inside");
            textBegins();
        }
    }

    /// <summary>Sees the final dot leave, in however many pieces. It logs nothing: the dialogue holds passwords and mails.</summary>
    private sealed class CrashPointProtocolLogger : IProtocolLogger
    {
        private static readonly byte[] Dot = "\r\n.\r\n"u8.ToArray();
        private byte[] _last = [];

        public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

        public bool DotHasLeft { get; private set; }

        public void Begin() => (_last, DotHasLeft) = ([], false);

        public void LogConnect(Uri uri)
        {
        }

        public void LogClient(byte[] buffer, int offset, int count)
        {
            var sent = buffer.AsSpan(offset, count);
            byte[] last = [.. _last, .. sent[Math.Max(0, count - Dot.Length)..]];
            _last = last[Math.Max(0, last.Length - Dot.Length)..];
            if (_last.AsSpan().SequenceEqual(Dot))
            {
                CrashPoint.Reached("smtp.dot.after");
                DotHasLeft = true;
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
