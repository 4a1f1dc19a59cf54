using System.Globalization;
using System.Net.Http.Headers;

namespace NewsWatch.Fetching;

/// <summary>The facts from a reply's headers that outlive the reply.</summary>
public sealed record HeaderFacts
{
    /// <summary>For the next request; null when there are none.</summary>
    public Validators? Validators { get; init; }

    /// <summary>How long the reply stays fresh: max-age less Age, else Expires less Date (RFC 9111, 4.2.1); null when it does not say.</summary>
    public TimeSpan? FreshFor { get; init; }

    /// <summary>The server's time: Date plus the Age of a cached reply (RFC 9111, 4.2.3); null if unknown.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Hash of the body; null when there was none.</summary>
    public string? BodyHash { get; init; }

    /// <summary>Link headers as (rel, address), for WebSub's hub and self.</summary>
    public IReadOnlyList<(string Rel, string Url)> Links { get; init; } = [];

    internal static HeaderFacts From(HttpResponseMessage response, Uri url, DateTimeOffset now)
    {
        var etag = Validators.Safe(Raw(response, "ETag"));
        var modified = Validators.Safe(Raw(response, "Last-Modified"));
        return new HeaderFacts
        {
            Validators = etag is null && modified is null ? null : new Validators(url.OriginalString, etag, modified),
            FreshFor = Freshness(response, now),
            ServerTime = Date(Raw(response, "Date")) + (response.Headers.Age ?? TimeSpan.Zero),
            Links = LinkHeader.Parse(Raw(response, "Link") ?? "", url),
        };
    }

    /// <summary>A header's value as it came over the wire; the first when there are several lines, joined for Link.</summary>
    internal static string? Raw(HttpResponseMessage response, string name)
    {
        if (response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values))
        {
            return name == "Link" ? string.Join(", ", values) : values.FirstOrDefault();
        }

        return null;
    }

    private static TimeSpan? Freshness(HttpResponseMessage response, DateTimeOffset now)
    {
        if (CacheControlHeaderValue.TryParse(string.Join(", ", response.Headers.NonValidated.TryGetValues("Cache-Control", out var lines) ? lines : []), out var cache))
        {
            if (cache.NoCache || cache.NoStore)
            {
                return null;
            }

            if (cache.MaxAge is { } age)
            {
                return Positive(age - (response.Headers.Age ?? TimeSpan.Zero));
            }
        }

        return Date(Raw(response, "Expires")) is { } expires ? Positive(expires - (Date(Raw(response, "Date")) ?? now)) : null;
    }

    private static TimeSpan? Positive(TimeSpan span) => span > TimeSpan.Zero ? span : null;

    /// <summary>An HTTP date (RFC 9110, 5.6.7).</summary>
    internal static DateTimeOffset? Date(string? value) =>
        DateTimeOffset.TryParseExact(value, ["r", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "dddd, dd'-'MMM'-'yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? date
            : null;
}
