using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NewsWatch.Tests.Support;

/// <summary>
/// As much of JSON Schema 2020-12 as our own schemas use; a keyword that is not known here is a failure, so that none is passed over.
/// A member that no schema names is a failure too: what is sent is documented.
/// </summary>
internal sealed class JsonSchema(JsonObject schema)
{
    private readonly HashSet<string> _named = [];
    private readonly List<string> _problems = [];

    /// <summary>What is wrong with a document; empty for nothing.</summary>
    public static IReadOnlyList<string> Problems(JsonObject schema, JsonNode document)
    {
        var check = new JsonSchema(schema);
        check.Check(schema, document, "$");
        check.Undocumented(document, "$");
        return check._problems;
    }

    private void Check(JsonObject rules, JsonNode? value, string path)
    {
        foreach (var (keyword, rule) in rules)
        {
            if (!Holds(rules, keyword, rule!, value, path))
            {
                _problems.Add($"{path}: {keyword} {rule!.ToJsonString()} does not hold for {value?.ToJsonString() ?? "null"}");
            }
        }
    }

    private bool Holds(JsonObject rules, string keyword, JsonNode rule, JsonNode? value, string path) => keyword switch
    {
        "$schema" or "title" or "description" or "$defs" or "then" => true,
        "$ref" => Also((JsonObject)schema["$defs"]![rule.GetValue<string>().Split('/')[^1]]!, value, path),
        "allOf" => rule.AsArray().All(one => Also((JsonObject)one!, value, path)),
        "if" => !Matches((JsonObject)rule, value) || Also((JsonObject)rules["then"]!, value, path),
        "type" => (rule is JsonArray types ? types.Select(type => (string)type!) : [(string)rule!]).Contains(TypeOf(value)) || (TypeOf(value) == "integer" && (string?)rule == "number"),
        "enum" => rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        "const" => JsonNode.DeepEquals(rule, value),
        "pattern" => value is null || Regex.IsMatch(value.GetValue<string>(), rule.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)),
        "minimum" => value is null || value.GetValue<long>() >= rule.GetValue<long>(),
        "format" => value is null || DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _),
        "required" => value is not JsonObject members || rule.AsArray().All(name => members.ContainsKey((string)name!)),
        "items" => value is not JsonArray items || items.All(item => Also((JsonObject)rule, item, path + "[]")),
        "properties" => value is not JsonObject members || rule.AsObject().All(property => Property(property.Key, (JsonObject)property.Value!, members, path)),
        "additionalProperties" => value is not JsonObject members || members.All(member => Property(member.Key, (JsonObject)rule, members, path)),
        _ => throw new NotSupportedException($"{keyword} at {path}"),
    };

    private bool Property(string name, JsonObject rules, JsonObject members, string path)
    {
        _named.Add($"{path}.{name}");
        return !members.TryGetPropertyValue(name, out var value) || Also(rules, value, $"{path}.{name}");
    }

    /// <summary>Its own problems are written down where they are found.</summary>
    private bool Also(JsonObject rules, JsonNode? value, string path)
    {
        Check(rules, value, path);
        return true;
    }

    private bool Matches(JsonObject rules, JsonNode? value)
    {
        var check = new JsonSchema(schema);
        check.Check(rules, value, "$");
        return check._problems.Count == 0;
    }

    private void Undocumented(JsonNode? value, string path)
    {
        foreach (var (name, member) in value as JsonObject ?? [])
        {
            if (!_named.Contains($"{path}.{name}"))
            {
                _problems.Add($"{path}.{name} is in no schema");
            }

            Undocumented(member, $"{path}.{name}");
        }

        foreach (var item in value as JsonArray ?? [])
        {
            Undocumented(item, path + "[]");
        }
    }

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            _ => "boolean",
        },
    };
}
