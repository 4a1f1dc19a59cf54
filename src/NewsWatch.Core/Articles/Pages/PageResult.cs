namespace NewsWatch.Core.Articles.Pages;

/// <summary>What became of a page.</summary>
public abstract record PageResult
{
    private PageResult()
    {
    }

    /// <summary>An article was found.</summary>
    /// <param name="Article">The article.</param>
    /// <param name="Signals">Field name to the signal it came from ("json-ld", "og:title", ...), for <c>newswatch try</c>.</param>
    public sealed record Read(Article Article, IReadOnlyDictionary<string, string> Signals) : PageResult
    {
        /// <summary>Facts and updates of a live blog; null when the page is none.</summary>
        public LiveBlog? LiveBlog { get; init; }

        /// <summary>Another address of the same article: its AMP version by the page's own link; null for none, or for another site.</summary>
        public string? AmpUrl { get; init; }

        /// <summary>The text's paragraphs before the host's memory took any away: what <see cref="RepeatedParagraphs.With"/> wants.</summary>
        public IReadOnlyList<string> Paragraphs { get; init; } = [];
    }

    /// <summary>No article: too deep, too large, empty, no text.</summary>
    public sealed record NoArticle(string Reason) : PageResult;
}
