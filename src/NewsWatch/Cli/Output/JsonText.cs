using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Output;

/// <summary>The output of <c>--json</c>: names as webhooks write them (<c>first-report</c>, <c>urgent</c>), no control characters for a terminal.</summary>
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
