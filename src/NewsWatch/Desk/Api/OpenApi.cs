using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace NewsWatch.Desk.Api;

/// <summary>The description of the API (OpenAPI 3.1), made of the routes and records themselves.</summary>
internal static partial class OpenApi
{
    private const string Schemas = "#/components/schemas/";
    private static readonly Lazy<string> Text = new(() => Build().ToJsonString(new JsonSerializerOptions(ApiAnswer.Options) { WriteIndented = true }));

    /// <summary>The document, for everybody: it names nothing of this service.</summary>
    public static IResult Document => Results.Text(Text.Value, "application/json");

    private static JsonObject Build()
    {
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var read in ApiRoutes.Reads)
        {
            At(read.Path)["get"] = Operation(read.About, [.. Parts(read.Path), .. read.Filters.Select(filter => Parameter(filter, "query"))], "200", Named(read.Json));
        }

        foreach (var act in ApiRoutes.Acts)
        {
            var operation = Operation(
                act.NeedsOperator ? $"{act.About} For operators." : act.About, [.. Parts(act.Path), Parameter("Idempotency-Key", "header")], "201", Named(typeof(DoneJson)));
            operation["requestBody"] = Content("application/json", new JsonObject
            {
                ["type"] = "object",
                ["properties"] = Object(act.Fields.Select(field => KeyValuePair.Create(field, (JsonNode?)new JsonObject()))),
                ["additionalProperties"] = false,
            });
            At(act.Path)["post"] = operation;
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "NewsWatch, the operator's desk", ["version"] = "1" },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = Object(paths.Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = Object(Records.DistinctBy(NameOf).OrderBy(NameOf, StringComparer.Ordinal).Select(record => KeyValuePair.Create(NameOf(record), Schema(record)))),
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
        };

        JsonObject At(string path) => paths.TryGetValue(ApiRoutes.Base + path, out var known) ? known : paths[ApiRoutes.Base + path] = [];
    }

    private static JsonObject Operation(string about, IEnumerable<JsonNode> parameters, string status, JsonNode schema) => new()
    {
        ["summary"] = about,
        ["parameters"] = new JsonArray([.. parameters]),
        ["responses"] = new JsonObject
        {
            [status] = Described("What was asked for.", Content("application/json", schema)),
            ["default"] = Described("A problem after RFC 9457.", Content("application/problem+json", Named(typeof(ProblemDetailsJson)))),
        },
    };

    private static JsonObject Described(string what, JsonObject content)
    {
        content["description"] = what;
        return content;
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } } };

    private static IEnumerable<Type> Records => [.. ApiRoutes.Reads.Select(read => read.Json), typeof(DoneJson), typeof(ProblemDetailsJson)];

    private static string NameOf(Type type) => type.IsGenericType ? $"{NameOf(type.GenericTypeArguments[0])}List" : type.Name[..^"Json".Length];

    private static JsonObject Named(Type type) => new() { ["$ref"] = $"{Schemas}{NameOf(type)}" };

    // The exporter's references begin at the schema, those of a document at the document.
    private static JsonNode? Schema(Type type) => JsonNode.Parse(
        ApiAnswer.Options.GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true }).ToJsonString().Replace("\"$ref\":\"#/", $"\"$ref\":\"{Schemas}{NameOf(type)}/", StringComparison.Ordinal));

    private static IEnumerable<JsonNode> Parts(string path) => Part().Matches(path).Select(part => Parameter(part.Groups["name"].Value, "path"));

    private static JsonObject Parameter(string name, string place) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = place == "path", ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Object(IEnumerable<KeyValuePair<string, JsonNode?>> entries) => new(entries);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
