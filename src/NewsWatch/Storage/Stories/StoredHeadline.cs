using System.Text.Json;

namespace NewsWatch.Storage.Stories;

/// <summary>What a delivery is about, from the JSON columns: read here and not in SQL, whose functions for JSON differ from engine to engine.</summary>
internal sealed record StoredHeadline(string Title, string Url, string Source)
{
    /// <summary>The headline of an alert's article.</summary>
    /// <param name="content">The column <c>alert.content</c>.</param>
    public static StoredHeadline Parse(string content)
    {
        using var json = JsonDocument.Parse(content);
        var article = json.RootElement.TryGetProperty("Article", out var found) ? found : default;
        return new(Text(article, "Title") ?? "", Text(article, "Url") ?? "", Text(article, "SourceName") ?? "");
    }

    /// <summary>The headline of an alert, or the subject of a notice; null where there is neither.</summary>
    /// <param name="content">The column <c>alert.content</c>.</param>
    /// <param name="notice">The column <c>delivery.notice</c>.</param>
    public static string? TitleOf(string? content, string? notice)
    {
        if (content is not null)
        {
            return Parse(content).Title;
        }

        using var json = JsonDocument.Parse(notice ?? "{}");
        return Text(json.RootElement, "Subject");
    }

    private static string? Text(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
