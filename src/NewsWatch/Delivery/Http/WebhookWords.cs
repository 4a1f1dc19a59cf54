using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Messages;

namespace NewsWatch.Delivery.Http;

/// <summary>Explains a failed call of a webhook without its address, which is a secret.</summary>
internal static class WebhookWords
{
    private const int MaxBody = 200;
    private const int MaxBytes = 4 * MaxBody;
    private const string Hidden = "(hidden)";

    /// <summary>True when the call had begun: the receiver may have read it.</summary>
    public static bool IsBroken(HttpRequestException failure) =>
        failure is { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse }
        || (failure is { InnerException: IOException, HttpRequestError: not HttpRequestError.SecureConnectionError and not HttpRequestError.ConnectionError });

    /// <summary>Explains why the receiver was not reached or did not reply.</summary>
    public static string Of(Exception failure) => failure switch
    {
        BlockedException or { InnerException: BlockedException } => (failure as BlockedException ?? failure.InnerException!).Message,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "cannot be reached: its name has no address",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or System.Security.Authentication.AuthenticationException
            => $"cannot be reached: {TlsWords.Of(failure)}",
        HttpRequestException broken when IsBroken(broken) => "broke the connection before it answered",
        HttpRequestException other => $"cannot be reached: {other.HttpRequestError}",
        System.Net.Sockets.SocketException socket => $"cannot be reached: {socket.SocketErrorCode}",
        _ => "cannot be reached: the connection was lost",
    };

    /// <summary>The first 200 characters of an answer, after a colon; empty when it says nothing. What comes later than the call may take is left out.</summary>
    /// <param name="channel">Its address and secrets, which some servers repeat, are hidden.</param>
    public static async Task<string> BodyAsync(HttpResponseMessage answer, Channel.Webhook channel, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes];
        var length = 0;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (length < bytes.Length && await body.ReadAsync(bytes.AsMemory(length), cancellationToken) is var read and > 0)
            {
                length += read;
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException)
        {
            // The part received so far is enough.
        }

        return TextCleaner.Line(WithoutSecrets(Encoding.UTF8.GetString(bytes, 0, length), channel), MaxBody) is { Length: > 0 } line ? $": {line}" : "";
    }

    private static string WithoutSecrets(string text, Channel.Webhook channel) =>
        ((string[])[channel.Url.AbsoluteUri, channel.Url.PathAndQuery, .. channel.Template?.SecretTexts ?? []])
            .Where(secret => secret.Length > 1)
            .Aggregate(text, (cleaner, secret) => cleaner.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase));
}
