using System.Globalization;
using System.Net;

namespace NewsWatch.Tests.Support;

/// <summary>Small RSS documents.</summary>
internal static class Rss
{
    private static readonly DateTimeOffset Noon = new(2025, 8, 6, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A channel with items n, n-1, ... down to <paramref name="first"/>; a minute between two.</summary>
    public static string Of(int last, int first = 1, string channel = "") =>
        Document(channel, Enumerable.Range(first, Math.Max(0, last - first + 1)).Reverse().Select(n => Item(n)));

    public static string Item(int n, string title = "Story number", DateTimeOffset? published = null) =>
        $"<item><guid isPermaLink=\"false\">guid-{n}</guid><title>{WebUtility.HtmlEncode(title)} {n}</title><link>https://news.example.com/story-{n}</link>"
        + $"<description>What happened in story {n}.</description><pubDate>{Date(published ?? Noon.AddMinutes(n))}</pubDate></item>";

    public static string Document(string channel, IEnumerable<string> items) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>News</title>"
        + $"<link>https://news.example.com/</link><description>News</description>{channel}{string.Concat(items)}</channel></rss>";

    private static string Date(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);
}
