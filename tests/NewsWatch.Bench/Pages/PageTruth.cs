using System.Text.Json.Nodes;

namespace NewsWatch.Bench.Pages;

/// <summary>What is true of a page, as the data set states it; empty for what it does not state.</summary>
internal sealed record PageTruth
{
    // Below this share the stated text is not in the page at all.
    private const double MinShareInPage = 0.5;

    public required string Set { get; init; }

    public required string Url { get; init; }

    public required string Body { get; init; }

    public required string Title { get; init; }

    public required string Published { get; init; }

    public required string FirstWords { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }

    public required IReadOnlyList<string> Wanted { get; init; }

    public required IReadOnlyList<string> Unwanted { get; init; }

    /// <summary>One page's truth.</summary>
    public static PageTruth Of(JsonNode page) => new()
    {
        Set = Text(page, "set"),
        Url = Text(page, "url"),
        Body = (page["bodyCeilingRecall"]?.GetValue<double>() ?? 1) < MinShareInPage ? "" : Text(page, "articleBody").Replace("\u00ad", "", StringComparison.Ordinal),
        Title = Text(page, "headline"),
        Published = Text(page, "datePublished"),
        FirstWords = Text(page, "first13"),
        Authors = Texts(page, "authors"),
        Wanted = Texts(page, "with_"),
        Unwanted = Texts(page, "without"),
    };

    private static string Text(JsonNode page, string name) => page[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static List<string> Texts(JsonNode page, string name) =>
        page[name] is JsonArray list ? [.. list.Select(item => item!.GetValue<string>())] : Text(page, name) is { Length: > 0 } single ? [single] : [];
}

/// <summary>What a program read of a page.</summary>
internal sealed record PageAnswer(string Text, string Title, IReadOnlyList<string> Authors, string? Published);
