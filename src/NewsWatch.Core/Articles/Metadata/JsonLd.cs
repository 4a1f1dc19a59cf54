using System.Text.Json;
using System.Text;
using AngleSharp.Dom;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>
/// A page's JSON-LD blocks as one list of nodes in document order, whatever wraps them: arrays, @graph, mainEntity, CDATA, comments, trailing commas.
/// A broken block is left out.
/// </summary>
internal sealed class JsonLd : IDisposable
{
    private const int MaxBlockLength = 2 * 1024 * 1024;
    private const int MaxNodes = 5_000;
    private const int MaxDepth = 12;

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    // What hangs below these belongs to another article.
    private static readonly string[] Elsewhere =
        ["itemListElement", "hasPart", "isRelatedTo", "relatedLink", "citation", "mentions", "about", "liveBlogUpdate", "comment", "review", "publisher", "author", "image", "video", "associatedMedia"];

    private readonly List<JsonDocument> _documents = [];
    private readonly List<JsonElement> _nodes = [];
    private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);

    private JsonLd()
    {
    }

    /// <summary>The nodes that may speak of this page, in document order.</summary>
    public IReadOnlyList<JsonElement> Nodes => _nodes;

    /// <summary>Reads all blocks of a page.</summary>
    public static JsonLd Parse(IEnumerable<IElement> scripts)
    {
        var data = new JsonLd();
        foreach (var script in scripts)
        {
            data.Add(script.TextContent);
        }

        return data;
    }

    /// <summary>The node itself, or the one that its @id points to.</summary>
    public JsonElement Resolve(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && Json.Get(node, "name") is null && Json.Get(node, "@id") is { ValueKind: JsonValueKind.String } id
        && _byId.TryGetValue(id.GetString()!, out var target) ? target : node;

    /// <inheritdoc />
    public void Dispose() => _documents.ForEach(document => document.Dispose());

    private void Add(string block)
    {
        if (block.Length > MaxBlockLength || (Document(Unwrapped(block)) ?? Document(WithoutRawControls(Unwrapped(block)))) is not { } document)
        {
            return;
        }

        _documents.Add(document);
        Walk(document.RootElement, depth: 0, elsewhere: false);
    }

    private static JsonDocument? Document(string json)
    {
        try
        {
            return JsonDocument.Parse(JsonEscapes.Repair(json), Tolerant);
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            // A broken block is no news: the page has other signals.
            return null;
        }
    }

    // <![CDATA[ ... ]]>, <!-- ... -->, //<![CDATA[ and a closing semicolon.
    private static string Unwrapped(string block)
    {
        var start = block.AsSpan().IndexOfAny('{', '[');
        while (start >= 0 && block.AsSpan(start).StartsWith("[CDATA[", StringComparison.Ordinal))
        {
            var next = block.AsSpan(start + 7).IndexOfAny('{', '[');
            start = next < 0 ? -1 : start + 7 + next;
        }

        var end = start < 0 ? -1 : block.LastIndexOf(block[start] == '{' ? '}' : ']');
        while (end > 1 && block[start] == '[' && block.AsSpan(0, end + 1).EndsWith("]]", StringComparison.Ordinal) && block.AsSpan(end).StartsWith("]>", StringComparison.Ordinal))
        {
            end = block.LastIndexOf(']', end - 2);
        }

        return end > start ? block[start..(end + 1)] : "";
    }

    // Line breaks and tabs inside strings are no JSON, but common.
    private static string WithoutRawControls(string block)
    {
        var text = new StringBuilder(block.Length);
        foreach (var c in block)
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.ToString();
    }

    private void Walk(JsonElement value, int depth, bool elsewhere)
    {
        if (depth > MaxDepth || _nodes.Count >= MaxNodes)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                Walk(element, depth + 1, elsewhere);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            WalkObject(value, depth, elsewhere);
        }
    }

    private void WalkObject(JsonElement node, int depth, bool elsewhere)
    {
        if (!elsewhere)
        {
            _nodes.Add(node);
        }

        if (Json.Text(node, "@id") is { } id && Json.Get(node, "name") is not null)
        {
            _byId.TryAdd(id, node);
        }

        foreach (var property in node.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                Walk(property.Value, depth + 1, elsewhere || Elsewhere.Contains(property.Name));
            }
        }
    }
}
