using System.Net;
using NewsWatch.Configuration;

namespace NewsWatch.Fetching;

/// <summary>The request for one hop.</summary>
internal static class RequestMessage
{
    public static HttpRequestMessage For(FetchRequest request, Uri url, string? contact)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        Add(message, "User-Agent", UserAgent(contact));
        Add(message, "Accept", request.Accept);
        Add(message, "Accept-Encoding", "gzip, br, deflate");
        if (OwnHeadersBelongTo(request, url))
        {
            foreach (var (name, value) in request.Headers)
            {
                message.Headers.Remove(name);
                Add(message, name, value);
            }
        }

        if (request.Validators is { } validators && validators.Url == url.OriginalString)
        {
            Add(message, "If-None-Match", validators.ETag);
            Add(message, "If-Modified-Since", validators.LastModified);
        }

        return message;
    }

    /// <summary>How NewsWatch names itself: product and where its operator can be found.</summary>
    public static string UserAgent(string? contact) =>
        Validators.Safe(contact) is { } safe ? $"{Product.UserAgent} (+{safe.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)})" : Product.UserAgent;

    private static bool OwnHeadersBelongTo(FetchRequest request, Uri url) =>
        request.Headers.Count > 0 && HttpAddress.Read(request.HeadersFor ?? request.Url).Url is { } owner && HttpAddress.SameOrigin(owner, url);

    // Without validation, so that odd but harmless values go out unchanged; line breaks were refused before.
    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (Validators.Safe(value) is { } safe)
        {
            message.Headers.TryAddWithoutValidation(name, safe);
        }
    }
}
