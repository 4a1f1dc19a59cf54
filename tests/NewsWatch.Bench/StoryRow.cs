using System.Globalization;
using System.Text.Json;
using NewsWatch.Core.Stories;

namespace NewsWatch.Bench;

/// <summary>A row of a labelled file of articles.</summary>
internal sealed record StoryRow(string Id, string Title, string Text, string Publisher, string Language, DateTimeOffset? At)
{
    public static StoryRow Of(string line)
    {
        using var document = JsonDocument.Parse(line);
        return Of(document.RootElement);
    }

    public static StoryRow Of(JsonElement row) => new(Word(row, "id"), Word(row, "title"), Word(row, "text"), Word(row, "publisher"), Word(row, "lang"), Time(row));

    public StoryArticle Article(long id) => new() { Id = id, Title = Title, Text = Text, Publisher = Publisher, Language = Language };

    private static string Word(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString() : "";

    // Milliseconds since 1970, or a date without a zone, which is UTC.
    private static DateTimeOffset? Time(JsonElement row) =>
        !row.TryGetProperty("time", out var time) ? null
        : time.ValueKind == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeMilliseconds(time.GetInt64())
        : DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
