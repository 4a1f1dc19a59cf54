using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace NewsWatch.Messages.Webhook;

/// <summary>JSON as it goes over the wire: letters of every language as themselves (an escape takes three times the bytes), what HTML would obey escaped.</summary>
internal static class WebhookJson
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static byte[] Bytes(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, Written);

    /// <summary>How many bytes it takes.</summary>
    public static int Size(JsonNode json) => Bytes(json).Length;
}
