using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Output;

/// <summary>What <c>--json</c> prints: names as webhooks write them (<c>first-report</c>, <c>urgent</c>), nothing that a terminal would obey.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Of<T>(T value) => TerminalText.Clean(JsonSerializer.Serialize(value, Options));
}
