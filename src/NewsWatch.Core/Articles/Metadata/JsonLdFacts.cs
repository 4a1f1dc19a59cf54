using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>What the page's JSON-LD says of its article (schema.org Article and its kinds).</summary>
internal static class JsonLdFacts
{
    private const string Signal = "json-ld";

    /// <summary>The facts of the node that best describes an article; null when no node does.</summary>
    public static PageFacts? Read(JsonLd data, Uri url)
    {
        var articles = data.Nodes.Where(IsArticle).ToList();
        if (articles.Count == 0)
        {
            return null;
        }

        var best = articles.MaxBy(node => Worth(node, url));
        return Facts(data, best, url) with
        {
            IsFree = articles.Select(IsFree).FirstOrDefault(free => free is not null),
            PaywallSelectors = articles.SelectMany(PaywallSelectors).Distinct(StringComparer.Ordinal).ToList(),
            LiveBlog = articles.Select(node => ReadLiveBlog(node, url)).FirstOrDefault(blog => blog is not null),
        };
    }

    /// <summary>The dates of the page itself; null where it tells none. Not every publisher calls an article one.</summary>
    public static PageFacts? OfPage(JsonLd data) =>
        data.Nodes.Where(IsPage).Select(node => Json.Text(node, "datePublished")).OfType<string>().FirstOrDefault() is { } published
            ? new PageFacts { Signal = Signal, Published = MachineDate.Parse(published) }
            : null;

    private static bool IsPage(JsonElement node) => Json.Texts(node, "@type").Any(type => Kind(type).EndsWith("Page", StringComparison.Ordinal));

    private static bool IsArticle(JsonElement node) =>
        Json.Texts(node, "@type").Any(type => Kind(type) is "BlogPosting" or "LiveBlogPosting" or "Report" or "Review" or "CriticReview" || Kind(type).EndsWith("Article", StringComparison.Ordinal));

    private static string Kind(string type) => type[(type.LastIndexOfAny(['/', ':', '#']) + 1)..];

    private static int Worth(JsonElement node, Uri url)
    {
        var worth = (Json.Text(node, "headline") is null ? 0 : 4) + (Json.Text(node, "datePublished") is null ? 0 : 3) + (Json.Get(node, "author") is null ? 0 : 2)
            + (Json.Text(node, "articleBody") is null ? 0 : 2);
        var own = Address(node, url);
        return own is null ? worth : worth + (own.AbsolutePath == url.AbsolutePath ? 5 : 0);
    }

    private static Uri? Address(JsonElement node, Uri url)
    {
        var text = Json.Text(node, "url") ?? (Json.Get(node, "mainEntityOfPage") is { } page ? (page.ValueKind == JsonValueKind.Object ? Json.Text(page, "@id") ?? Json.Text(page, "url") : Json.Plain(page)) : null);
        return text is not null && Uri.TryCreate(url, text, out var address) ? address : null;
    }

    private static PageFacts Facts(JsonLd data, JsonElement node, Uri url) => new()
    {
        Signal = Signal,
        Headline = PlainText.OneLine(Json.Text(node, "headline") ?? Json.Text(node, "name")),
        Alternative = PlainText.OneLine(Json.Text(node, "alternativeHeadline")),
        Description = PlainText.OneLine(Json.Text(node, "description")),
        Authors = Authors(data, node),
        Published = MachineDate.Parse(Json.Text(node, "datePublished")) ?? MachineDate.Parse(Json.Text(node, "dateCreated")),
        Modified = MachineDate.Parse(Json.Text(node, "dateModified")),
        Section = PlainText.OneLine(Json.Text(node, "articleSection")),
        Keywords = Json.Texts(node, "keywords").SelectMany(text => text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Take(50).ToList(),
        Language = Json.Text(node, "inLanguage"),
        Url = Address(node, url)?.AbsoluteUri,
        Body = PlainText.OfMarkup(Json.Text(node, "articleBody")),
        Publisher = Json.Get(node, "publisher") is { } publisher ? Json.Each(publisher).Select(data.Resolve).Select(p => Json.Text(p, "name")).FirstOrDefault() : null,
    };

    private static List<string> Authors(JsonLd data, JsonElement node)
    {
        var found = Json.Each(Json.Get(node, "author")).Concat(Json.Each(Json.Get(node, "authors"))).Select(data.Resolve).ToList();
        if (found.Count == 0)
        {
            found = Json.Each(Json.Get(node, "creator")).Select(data.Resolve).ToList();
        }

        return found.SelectMany(AuthorNames).ToList();
    }

    // Names in a list are one person each; a single string may name several.
    private static IEnumerable<string> AuthorNames(JsonElement author)
    {
        if (author.ValueKind == JsonValueKind.Object && Json.Text(author, "name") is null && Json.Text(author, "givenName") is { } given)
        {
            return BylineNames.Split($"{given} {Json.Text(author, "familyName")}");
        }

        var texts = author.ValueKind == JsonValueKind.Object ? Json.Texts(author, "name") : Json.Plain(author) is { } text ? [text] : [];
        return texts.SelectMany(BylineNames.Split);
    }

    private static bool? IsFree(JsonElement node) => Json.Truth(Json.Get(node, "isAccessibleForFree"))
        ?? Json.Each(Json.Get(node, "hasPart")).Select(part => Json.Truth(Json.Get(part, "isAccessibleForFree"))).FirstOrDefault(free => free == false);

    private static IEnumerable<string> PaywallSelectors(JsonElement node) =>
        Json.Each(Json.Get(node, "hasPart")).Where(part => Json.Truth(Json.Get(part, "isAccessibleForFree")) == false)
            .SelectMany(part => Json.Texts(part, "cssSelector"));

    private static LiveBlog? ReadLiveBlog(JsonElement node, Uri url)
    {
        var updates = Json.Each(Json.Get(node, "liveBlogUpdate")).Where(update => update.ValueKind == JsonValueKind.Object).Take(2_000).Select(update => ReadUpdate(update, url)).ToList();
        return updates.Count == 0 && !Json.Texts(node, "@type").Any(type => Kind(type) == "LiveBlogPosting")
            ? null
            : new LiveBlog(updates, MachineDate.Parse(Json.Text(node, "coverageEndTime"))?.Value);
    }

    private static LiveUpdate ReadUpdate(JsonElement update, Uri url)
    {
        var text = PlainText.OfMarkup(Json.Text(update, "articleBody") ?? Json.Text(update, "text") ?? Json.Text(update, "description")) ?? "";
        var title = PlainText.OneLine(Json.Text(update, "headline") ?? Json.Text(update, "name")) ?? FirstWords(text);
        var published = MachineDate.Parse(Json.Text(update, "datePublished"))?.Value;
        var own = Json.Text(update, "url") is { } address && Uri.TryCreate(url, address, out var absolute) && absolute.AbsoluteUri != url.AbsoluteUri ? absolute.AbsoluteUri : null;
        return new LiveUpdate(own ?? Json.Text(update, "@id") ?? Hash(title, published), own, title, text, published);
    }

    private static string FirstWords(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= 14 ? string.Join(' ', words) : string.Join(' ', words[..14]) + "…";
    }

    private static string Hash(string title, DateTimeOffset? published)
    {
        var key = title + "\n" + published?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
    }
}
