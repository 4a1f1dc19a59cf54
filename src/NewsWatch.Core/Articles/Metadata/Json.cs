using System.Globalization;
using System.Net;
using System.Text.Json;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Reads values out of JSON whose writers keep to no schema.</summary>
internal static class Json
{
    /// <summary>The value of a property, or null; of an array with one element that element.</summary>
    public static JsonElement? Get(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;

    /// <summary>The elements of an array, or the value itself.</summary>
    public static IEnumerable<JsonElement> Each(JsonElement? value) => value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { } single => [single],
    };

    /// <summary>The first text of a property: a string, a number, an object's @value, name or @id, the first of an array; entities decoded; null when there is none.</summary>
    public static string? Text(JsonElement node, string name) => Texts(node, name).FirstOrDefault();

    /// <summary>All texts of a property.</summary>
    public static IEnumerable<string> Texts(JsonElement node, string name) =>
        Each(Get(node, name)).Select(Plain).OfType<string>().Where(text => text.Length > 0);

    /// <summary>A value as text with its entities decoded, twice where they were encoded twice; null when it is none.</summary>
    public static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Decode(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object => (Get(value, "@value") ?? Get(value, "name") ?? Get(value, "url") ?? Get(value, "@id")) is { ValueKind: JsonValueKind.String } inner ? Decode(inner.GetString()!) : null,
        _ => null,
    };

    private static string Decode(string text)
    {
        for (var round = 0; round < 3 && text.Contains('&', StringComparison.Ordinal); round++)
        {
            text = WebUtility.HtmlDecode(text);
        }

        return text.Trim();
    }

    /// <summary>True and false in all the spellings that are found: true, "True", "yes", 1, "https://schema.org/True".</summary>
    public static bool? Truth(JsonElement? value) => value is { } found ? Plain(found)?.ToLower(CultureInfo.InvariantCulture).Trim() switch
    {
        "true" or "yes" or "1" or "http://schema.org/true" or "https://schema.org/true" or "free" => true,
        "false" or "no" or "0" or "http://schema.org/false" or "https://schema.org/false" or "locked" or "metered" => false,
        _ => null,
    } : null;
}
