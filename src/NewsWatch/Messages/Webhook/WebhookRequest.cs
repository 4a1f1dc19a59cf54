using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Text;

namespace NewsWatch.Messages.Webhook;

/// <summary>One call of a webhook, signed by Standard Webhooks 1.0.0 where the format is signed.</summary>
internal static class WebhookRequest
{
    private const string SecretPrefix = "whsec_";

    /// <summary>The request; its body is exactly what is signed.</summary>
    public static HttpRequestMessage Create(Channel.Webhook channel, string id, WebhookBody body, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(body.Method), Address(channel.Url, body.Path)) { Content = new ByteArrayContent(body.Bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
        request.Headers.UserAgent.ParseAdd(Product.UserAgent);
        var timestamp = now.ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in body.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (channel.Secrets.Count > 0)
        {
            request.Headers.Add("webhook-signature", string.Join(' ', channel.Secrets.Select(secret => Sign(secret, id, timestamp, body.Bytes))));
        }

        return request;
    }

    /// <summary>The channel's address, and below it what a template adds.</summary>
    private static Uri Address(Uri url, string path) => path.Length == 0 ? url : new(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path);

    /// <summary><c>v1,</c> and the base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="secret"><c>whsec_</c> and base64; anything else is taken as the key's own bytes.</param>
    /// <param name="id">The webhook-id.</param>
    /// <param name="timestamp">Unix seconds.</param>
    /// <param name="body">The body as it goes over the wire.</param>
    public static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed));
    }

    /// <summary>How an address is shown: its host, and a hash to tell two apart.</summary>
    public static string DisplayName(Uri url) => $"{url.IdnHost} (#{TextHash.Of(url.AbsoluteUri, 8)})";

    private static byte[] Key(string secret)
    {
        var encoded = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : null;
        var key = new byte[secret.Length];
        return encoded is not null && Convert.TryFromBase64String(encoded, key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
