using System.Collections.Frozen;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>What the page's meta elements say of its article: Open Graph, article:*, Dublin Core, Parsely, Sailthru and older names.</summary>
internal sealed class MetaFacts
{
    private static readonly FrozenSet<string> WrittenBy = new[]
    {
        "written by", "posted by", "author", "by", "verfasst von", "geschrieben von", "autor", "autora", "autore", "autors", "autoras", "autores", "escrito por", "écrit par", "scritto da", "geschreven door",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes up one meta element.</summary>
    public void Add(IElement meta)
    {
        var name = meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("itemprop");
        var content = meta.GetAttribute("content");
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(content) || content.Length > 20_000)
        {
            return;
        }

        var key = name.Trim();
        if (!_values.TryGetValue(key, out var list))
        {
            _values[key] = list = [];
        }

        list.Add(content);
    }

    /// <summary>The first of these names that has a value.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_values.TryGetValue(name, out var values))
            {
                return values[0];
            }
        }

        return null;
    }

    /// <summary>All facts that meta elements give.</summary>
    public PageFacts Facts() => new()
    {
        Signal = "meta",
        Headline = PlainText.OneLine(First("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title")),
        Alternative = PlainText.OneLine(First("twitter:title")),
        Description = PlainText.OneLine(First("og:description", "description", "twitter:description", "dc.description")),
        Authors = Labelled() ?? All("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "cxenseparse:author", "og:article:author", "byl", "byline", "authors", "article.author"),
        Published = Instant(
            "article:published_time", "og:article:published_time", "og:published_time", "datePublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dcterms.created",
            "dc.date.issued", "dc.date", "dcterms.date", "date", "pubdate", "publish-date", "publication_date", "published_time", "article.published", "last-published", "dc.date.created", "displaydate",
            "iso-8601-publish-date", "og:release_date", "datecreated", "article:post_date", "rnews:datePublished", "article_date_original",
            "published_on", "publishdate", "publish_date", "published_date", "published", "published_at", "publication-date", "publicationdate", "article:published", "article_date", "posted_on", "citation_publication_date", "citation_date"),
        Modified = Instant("article:modified_time", "og:updated_time", "dateModified", "last-modified", "lastmod", "dc.date.modified", "dcterms.modified", "article:modified", "modified_time"),
        Section = PlainText.OneLine(First("article:section", "parsely-section", "og:article:section", "section", "cxenseparse:category")),
        Keywords = All("article:tag").DefaultIfEmpty(First("news_keywords", "keywords", "parsely-tags", "sailthru.tags") ?? "").SelectMany(Words).Take(50).ToList(),
        Language = First("og:locale", "content-language", "dc.language", "language"),
        Url = First("og:url"),
        Publisher = PlainText.OneLine(First("og:site_name", "application-name", "publisher", "dc.publisher")),
        IsFree = First("article:content_tier") switch { "locked" or "metered" => false, "free" => true, _ => null },
    };

    // Labels that cards show: "Written by" and the name.
    private List<string>? Labelled() =>
        Enumerable.Range(1, 2).Where(n => WrittenBy.Contains(First($"twitter:label{n}") ?? "")).Select(n => BylineNames.Split(First($"twitter:data{n}")).ToList()).FirstOrDefault(names => names.Count > 0);

    private PageDate? Instant(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_values.TryGetValue(name, out var values) && MachineDate.Parse(values[0]) is { } instant)
            {
                return instant;
            }
        }

        return null;
    }

    // The first name that yields anything; the others repeat it in other words.
    private List<string> All(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_values.TryGetValue(name, out var values) && Split(name, values) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    private static List<string> Split(string name, List<string> values) =>
        name == "article:tag" ? values : values.SelectMany(BylineNames.Split).Distinct(StringComparer.OrdinalIgnoreCase).ToList();

    private static string[] Words(string list) => list.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
