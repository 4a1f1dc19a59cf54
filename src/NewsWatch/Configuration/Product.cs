namespace NewsWatch.Configuration;

/// <summary>What this program calls itself, to people and to servers.</summary>
internal static class Product
{
    /// <summary>The version: <c>1.0.0</c>.</summary>
    public static string Version { get; } = typeof(Product).Assembly.GetName().Version!.ToString(3);

    /// <summary>The name in User-Agent headers (RFC 9110, section 10.1.5): <c>NewsWatch/1.0</c>.</summary>
    public static string UserAgent { get; } = "NewsWatch/" + typeof(Product).Assembly.GetName().Version!.ToString(2);
}
