namespace NewsWatch.Core.Articles;

/// <summary>An article's identity: its URL without what only tracks or varies.</summary>
public static class CanonicalUrl
{
    /// <summary>The canonical form of an absolute http(s) URL, or null when it is none. Idempotent.</summary>
    public static string? Of(string url) => throw new NotSupportedException();
}
