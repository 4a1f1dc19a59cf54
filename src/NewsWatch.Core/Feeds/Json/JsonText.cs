using System.Text.Json;

namespace NewsWatch.Core.Feeds.Json;

/// <summary>Strings of JSON as feeds and pages write them; the document was repaired before (<see cref="Text.JsonEscapes"/>).</summary>
internal static class JsonText
{
    /// <summary>A member's string or number; null when there is none or it is blank.</summary>
    public static string? Of(JsonElement of, string name) => of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) ? Of(value) : null;

    /// <summary>A string or number; null for anything else and for blanks.</summary>
    public static string? Of(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
