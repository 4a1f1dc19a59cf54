using System.Globalization;
using System.Text.Json.Nodes;

namespace NewsWatch.Bench.Faults;

/// <summary>One input of a manifest.</summary>
/// <param name="Expected">What is right, in words.</param>
/// <param name="Check">What is right, as fields; empty where only words say it.</param>
internal sealed record FaultInput(int Id, string Kind, string File, byte[] Body, string ReadAs, Uri Location, string? ContentType, DateTimeOffset Oldest, string Expected, JsonObject Check)
{
    /// <summary>The inputs that DIR/manifest.json lists, in its order.</summary>
    public static IReadOnlyList<FaultInput> Load(string folder) =>
        [.. JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "manifest.json")))!.AsArray().Select(row => Of(folder, row!.AsObject()))];

    private static FaultInput Of(string folder, JsonObject row)
    {
        var options = row["options"] as JsonObject ?? [];
        var file = Text(row, "file")!;
        return new FaultInput(
            row["id"]!.GetValue<int>(), Text(row, "kind")!, file, System.IO.File.ReadAllBytes(Path.Combine(folder, file)), Text(row, "read_as")!,
            new Uri(Text(options, "loc") ?? "https://news.example.com/"), Text(options, "ct"),
            Text(options, "oldest") is { } oldest ? DateTimeOffset.Parse(oldest, CultureInfo.InvariantCulture) : DateTimeOffset.MinValue,
            Text(row, "expected") ?? "", row["check"] as JsonObject ?? []);
    }

    private static string? Text(JsonObject of, string name) => of[name]?.GetValue<string>();
}
