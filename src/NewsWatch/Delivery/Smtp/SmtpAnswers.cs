using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using NewsWatch.Delivery.Sending;
using NewsWatch.Messages;

namespace NewsWatch.Delivery.Smtp;

/// <summary>Interprets a mail server's replies and failures, for the message and for the channel (RFC 5321, RFC 3463).</summary>
internal static partial class SmtpAnswers
{
    /// <summary>A wrong password is not tried again every few seconds: that locks accounts.</summary>
    private static readonly TimeSpan AfterRefusedLogin = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StandAside = TimeSpan.FromSeconds(5);

    /// <summary>True for what servers and networks do; anything else is a bug or the end of the service.</summary>
    public static bool IsOfTheWorld(Exception failure) => failure
        is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or SocketException or IOException
        or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or TimeoutException;

    /// <summary>Why there is no connection that can send.</summary>
    public static SendResult.NoConnection NoConnection(Exception failure) => failure switch
    {
        SmtpCommandException answer => new(Said(answer)),
        AuthenticationException => new($"the server refused the login: {Words(failure)}", failure.Message.StartsWith('5') ? AfterRefusedLogin : null),
        SslHandshakeException => new(Words(failure)),
        NotSupportedException => new("the server does not offer STARTTLS or a supported login method"),
        SocketException socket => new($"no connection: {socket.SocketErrorCode}"),
        TimeoutException => new($"no connection: {failure.Message}"),
        OperationCanceledException => new("the server did not answer in time"),
        _ => new("the connection was lost or the server did not speak SMTP"),
    };

    /// <summary>The connection broke while a message was on its way, before the final dot.</summary>
    public static SendResult Broke(Exception failure) => new SendResult.TryAgain(
        failure is TimeoutException ? "the server did not answer in time" : "the connection was lost or the server did not speak SMTP", EndpointTrouble: true);

    /// <summary>What the server's answer to a step of the dialogue means.</summary>
    /// <param name="largest">The largest mail it takes, in bytes; 0 when it does not say (RFC 1870).</param>
    public static SendResult Classify(SmtpCommandException answer, long largest) => answer.ErrorCode switch
    {
        SmtpErrorCode.RecipientNotAccepted => Recipient(answer),
        SmtpErrorCode.MessageNotAccepted => Message(answer, largest),
        SmtpErrorCode.SenderNotAccepted when IsTooLarge(answer) => TooLarge(answer, largest),
        SmtpErrorCode.SenderNotAccepted => new SendResult.SlowDown(Said(answer), StandAside),
        _ when IsLater(answer) => new SendResult.SlowDown(Said(answer), StandAside),
        _ => new SendResult.TryAgain(Said(answer), EndpointTrouble: true),
    };

    /// <summary>True for 421: the server closes the connection.</summary>
    public static bool IsGoodbye(Exception failure) => failure is SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    private static SendResult Recipient(SmtpCommandException answer) =>
        IsMailboxFull(answer) ? MailboxFull(answer)
        : IsGoodbye(answer) || (IsLater(answer) && Enhanced(answer).StartsWith("4.3.", StringComparison.Ordinal)) ? new SendResult.SlowDown(Said(answer), StandAside)
        : IsLater(answer) ? new SendResult.TryAgain(Said(answer))
        : IsForbidden(answer) ? new SendResult.Forbidden(Said(answer))
        : new SendResult.Refused(Said(answer));

    private static SendResult Message(SmtpCommandException answer, long largest) =>
        IsMailboxFull(answer) ? MailboxFull(answer)
        : IsLater(answer) ? new SendResult.TryAgain(Said(answer), Slower: true)
        : IsTooLarge(answer) ? TooLarge(answer, largest)
        : IsForbidden(answer) ? new SendResult.Forbidden(Said(answer))
        : new SendResult.Refused(Said(answer));

    private static SendResult.TryAgain MailboxFull(SmtpCommandException answer) => new(Said(answer), Patience: Patience.OneDay);

    private static SendResult.Refused TooLarge(SmtpCommandException answer, long largest) => new(
        largest > 0 ? $"the mail is larger than the {largest} bytes that the server takes: {Said(answer)}" : $"the mail is larger than the server takes: {Said(answer)}");

    private static bool IsLater(SmtpCommandException answer) => (int)answer.StatusCode < 500;

    /// <summary>x.2.2, or 552 to a recipient without such a number.</summary>
    private static bool IsMailboxFull(SmtpCommandException answer) => Enhanced(answer) is var number
        && (number.EndsWith(".2.2", StringComparison.Ordinal)
            || (number.Length == 0 && answer is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: SmtpStatusCode.ExceededStorageAllocation }));

    private static bool IsTooLarge(SmtpCommandException answer) => Enhanced(answer) switch
    {
        "5.3.4" or "5.2.3" => true,
        "" => answer.StatusCode == SmtpStatusCode.ExceededStorageAllocation,
        _ => false,
    };

    private static bool IsForbidden(SmtpCommandException answer) =>
        Enhanced(answer).StartsWith("5.7.", StringComparison.Ordinal)
        || (Enhanced(answer).Length == 0 && answer.Message.Contains("relay", StringComparison.OrdinalIgnoreCase));

    private static string Enhanced(SmtpCommandException answer) => EnhancedStatus().Match(answer.Message).Value;

    private static string Said(SmtpCommandException answer) => $"the server answered {(int)answer.StatusCode} {Words(answer)}";

    private static string Words(Exception answer) => TextCleaner.Line(answer.Message, 200);

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex EnhancedStatus();
}
