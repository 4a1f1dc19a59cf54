using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Text;

namespace NewsWatch.Cli.Output;

/// <summary>The input of <c>try</c>: an article, a feed, or nothing that rules can read.</summary>
internal abstract record TriedText
{
    private TriedText()
    {
    }

    /// <summary>One article.</summary>
    /// <param name="Facts">The fields, one a line; empty for none.</param>
    public sealed record Article(Document Document, string Facts) : TriedText;

    /// <summary>A feed's items.</summary>
    public sealed record Feed(IReadOnlyList<Document> Items) : TriedText;

    /// <summary>Nothing.</summary>
    public sealed record Nothing(string Reason) : TriedText;

    /// <summary>The same as if it was first seen at a time: what names no publication counts from then.</summary>
    public TriedText SeenAt(DateTimeOffset now)
    {
        return this switch
        {
            Article article => article with { Document = Dated(article.Document) },
            Feed feed => new Feed([.. feed.Items.Select(Dated)]),
            _ => this,
        };

        Document Dated(Document document) => document with { Published = document.Published ?? now };
    }

    /// <summary>A headline.</summary>
    public static Article OfHeadline(string text) => new(new Document { Title = text, Body = "" }, "");

    /// <summary>Reads the bytes of a page, a feed or a plain text; their content decides which it is.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="contentType">The server's Content-Type; null when unknown.</param>
    /// <param name="url">The address it came from.</param>
    /// <param name="configuration">Finds the source whose feed it may be.</param>
    public static TriedText Read(ReadOnlyMemory<byte> bytes, string? contentType, Uri url, WatchConfiguration configuration)
    {
        var text = PageDecoder.Decode(bytes, contentType ?? "text/plain; charset=utf-8");
        var isMarkup = text.AsSpan().TrimStart() is ['<' or '{', ..];
        if (isMarkup && FeedParser.Parse(bytes, contentType, url) is FeedResult.Parsed parsed)
        {
            var source = configuration.Sources.Values.FirstOrDefault(source => source.Url == url.OriginalString);
            return new Feed([.. parsed.Feed.Items.Select(item => DocumentOf(item, source, configuration))]);
        }

        return isMarkup && text.AsSpan().TrimStart()[0] == '<' ? Page(PageDecoder.Decode(bytes, contentType), url) : Plain(text);
    }

    private static Article Plain(string text)
    {
        var lines = text.Trim().Split('\n', 2);
        return new(new Document { Title = lines[0].Trim(), Body = lines.Length > 1 ? lines[1].Trim() : "" }, "plain text: the first line is the headline\n");
    }

    private static Document DocumentOf(FeedItem item, Source? source, WatchConfiguration configuration) => new()
    {
        Title = item.Title,
        Body = item.Text,
        Published = item.Published,
        Author = string.Join(", ", item.Authors),
        Sources = source is null ? [] : configuration.NamesOf(source.Id),
        Host = Uri.TryCreate(item.Link, UriKind.Absolute, out var link) ? link.Host : "",
        Publisher = source?.Publisher?.Id ?? "",
        Language = item.Language.Length > 0 ? item.Language : source is { Language.Length: > 0 } ? source.Language : TextLanguage.Of($"{item.Title}\n{item.Text}"),
    };

    private static TriedText Page(string html, Uri url)
    {
        var result = PageReader.Read(html, url);

        // A saved page names its own address.
        if (url.IsFile && result is PageResult.Read { Article.Url: var said } && Uri.TryCreate(said, UriKind.Absolute, out var origin) && !origin.IsFile)
        {
            result = PageReader.Read(html, origin);
        }

        return result switch
        {
            PageResult.Read read => new Article(ArticleDocument.Create(read.Article, [], ""), TryText.Facts(read)),
            PageResult.NoArticle none => new Nothing($"{url}: no article found on that page: {none.Reason}."),
            _ => throw new InvalidOperationException(result.GetType().Name),
        };
    }
}
