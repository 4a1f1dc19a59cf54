namespace NewsWatch.Fetching.Documents;

/// <summary>
/// How much memory reading a document takes at its peak, in bytes, as measured with the smallest heap in which the worst documents of each kind can be read:
/// decoded text, document tree and result together.
/// </summary>
internal static class DocumentWeight
{
    /// <summary>A feed of 10 MB takes 120 MB, whether it is made of long texts, of attributes or of small elements.</summary>
    private const int FeedFactor = 14;

    /// <summary>A page of one text of 4 MB takes 60 MB.</summary>
    private const int PageFactor = 16;

    /// <summary>A page element with three attributes takes 1.2 KB.</summary>
    private const int PageElement = 1_600;

    /// <summary>More elements are not parsed (PageGuard).</summary>
    private const int MaxElements = 20_000;

    private const int ArticleFactor = 20;
    private const int ResultFactor = 2;

    public static long OfFeed(int bytes) => (long)bytes * FeedFactor;

    public static long OfPage(ReadOnlySpan<byte> page) => ((long)page.Length * PageFactor) + (Math.Min(page.Count((byte)'<'), MaxElements) * (long)PageElement);

    public static long OfArticle(int characters) => (long)characters * ArticleFactor;

    /// <summary>The memory that remains in use after the reading: the text, as UTF-16.</summary>
    public static long OfResult(int bytes) => (long)bytes * ResultFactor;
}
