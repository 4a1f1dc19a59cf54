using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NewsWatch.Core.Feeds.Dates;
using NewsWatch.Core.Feeds.Json;
using NewsWatch.Core.Feeds.Markup;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org). At most 64 levels deep; half a surrogate pair becomes U+FFFD; of two same names the last counts.</summary>
internal static partial class JsonFeedReader
{
    private const int MaxTokens = 2_000_000;

    private static readonly JsonDocumentOptions Forgiving = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Whether the text holds a JSON Feed, perhaps behind something else that its server wrote.</summary>
    public static bool IsWithin(string text) => text.Contains("jsonfeed.org/version", StringComparison.OrdinalIgnoreCase) && Start(text) >= 0;

    /// <summary>Reads the text, at most 2,000,000 names and values; the newest items are kept. What is no JSON is repaired, and that is said.</summary>
    public static FeedResult Read(string text, Uri? location, CancellationToken cancellation)
    {
        var json = JsonEscapes.Repair(text);
        if (Parsed(json, [], location, cancellation) is { } whole)
        {
            return whole;
        }

        var repaired = JsonRepair.Repair(json, Start(json), out var isCutOff);
        return (repaired is null ? null : Parsed(JsonEscapes.Repair(repaired), [isCutOff ? "it ends too early: what came whole was read" : "it is not well-formed JSON: it was repaired"], location, cancellation))
            ?? new FeedResult.NotAFeed("the answer is JSON that cannot be read");
    }

    // Servers write warnings before it, with brackets of their own.
    private static int Start(string text) => text.AsSpan().TrimStart() is ['{', ..] ? text.IndexOf('{', StringComparison.Ordinal) : Beginning().Match(text) is { Success: true } begin ? begin.Index : -1;

    /// <summary>Null for what is no JSON.</summary>
    private static FeedResult? Parsed(string json, IReadOnlyList<string> warnings, Uri? location, CancellationToken cancellation)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            if (bytes.Length > MaxTokens && HasMoreTokens(bytes))
            {
                return new FeedResult.NotAFeed("the answer is JSON of too many parts");
            }

            using var document = JsonDocument.Parse(bytes, Forgiving);
            var root = document.RootElement;
            return IsFeed(root) ? new FeedResult.Parsed(Feed(root, location, cancellation), warnings) : new FeedResult.NotAFeed("the answer is JSON, but no JSON Feed");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Each takes memory, whatever it says.
    private static bool HasMoreTokens(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var tokens = 0;
        while (tokens <= MaxTokens && reader.Read())
        {
            tokens++;
        }

        return tokens > MaxTokens;
    }

    private static bool IsFeed(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        var named = JsonText.Of(root, "version")?.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase) ?? false;
        return named || Members(root, "items").Any(item => item.ValueKind is JsonValueKind.Object && (JsonText.Of(item, "content_html") ?? JsonText.Of(item, "content_text") ?? JsonText.Of(item, "url")) is not null);
    }

    private static Feed Feed(JsonElement root, Uri? location, CancellationToken cancellation)
    {
        var newest = new NewestItems<JsonElement>(Published);
        foreach (var item in Members(root, "items").Where(item => item.ValueKind is JsonValueKind.Object))
        {
            cancellation.ThrowIfCancellationRequested();
            newest.Add(item);
        }

        IReadOnlyList<string> authors = [.. Authors(root)];
        var site = Bases.Absolute(JsonText.Of(root, "home_page_url"), location);
        var basis = Bases.OfSite(site, location);
        return new Feed
        {
            Kind = JsonText.Of(root, "version")?.TrimEnd('/').EndsWith("/1", StringComparison.Ordinal) ?? false ? "json10" : "json11",
            Title = PlainText.Line(JsonText.Of(root, "title") ?? ""),
            Link = site,
            Language = JsonText.Of(root, "language") ?? "",
            Hints = new FeedHints
            {
                Hubs = [.. Members(root, "hubs").Select(hub => Bases.Absolute(JsonText.Of(hub, "url"), location)).OfType<string>()],
                Self = Bases.Absolute(JsonText.Of(root, "feed_url"), location),
                OlderPage = Bases.Absolute(JsonText.Of(root, "next_url"), location),
                Expired = root.TryGetProperty("expired", out var expired) && expired.ValueKind is JsonValueKind.True,
            },
            Items = [.. newest.Kept().Select(Kept)],
            Dropped = newest.Dropped,
        };

        FeedItem Kept(JsonElement item)
        {
            cancellation.ThrowIfCancellationRequested();
            return ItemLimits.Of(Item(item, authors, basis));
        }
    }

    private static FeedItem Item(JsonElement item, IReadOnlyList<string> authorsOfAll, Uri? basis)
    {
        var texts = new[] { PlainText.Of(JsonText.Of(item, "content_html") ?? ""), PlainText.Verbatim(JsonText.Of(item, "content_text") ?? ""), PlainText.Of(JsonText.Of(item, "summary") ?? "") };
        var authors = Authors(item).ToList();
        return new FeedItem
        {
            Id = JsonText.Of(item, "id"),
            Link = Bases.Absolute(JsonText.Of(item, "url") ?? JsonText.Of(item, "external_url"), basis),
            Title = PlainText.Line(JsonText.Of(item, "title") ?? ""),
            Text = texts.MaxBy(text => text.Length) ?? "",
            Published = Published(item),
            Updated = Updated(item),
            Authors = authors.Count > 0 ? authors : authorsOfAll,
            Language = JsonText.Of(item, "language") ?? "",
            Categories = [.. Members(item, "tags").Select(JsonText.Of).OfType<string>()],
        };
    }

    private static DateTimeOffset? Published(JsonElement item) => FeedDates.Parse(JsonText.Of(item, "date_published")) ?? Updated(item);

    private static DateTimeOffset? Updated(JsonElement item) => FeedDates.Parse(JsonText.Of(item, "date_modified"));

    private static IEnumerable<string> Authors(JsonElement of)
    {
        var one = of.TryGetProperty("author", out var author) ? [author] : Array.Empty<JsonElement>();
        return Members(of, "authors").Concat(one).Select(person => person.ValueKind is JsonValueKind.Object ? JsonText.Of(person, "name") : JsonText.Of(person)).OfType<string>().Select(PersonName.Of).Distinct();
    }

    private static JsonElement.ArrayEnumerator Members(JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;

    [GeneratedRegex(@"\{\s*[""']?(version|title|home_page_url|feed_url|items|description|language|author|authors|icon|favicon|user_comment)[""']?\s*:", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Beginning();
}
