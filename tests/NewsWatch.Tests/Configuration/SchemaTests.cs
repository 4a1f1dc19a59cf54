using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Tests.Configuration;

/// <summary>The JSON Schema that editors use says what the readers read.</summary>
public sealed partial class SchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(SomeFiles.Folder(), "../../../deploy/newswatch.schema.json")))!;

    [Fact]
    public void It_lists_in_every_object_exactly_the_keys_that_are_read()
    {
        var problems = new Problems();
        SomeFiles.Loader.Load(SomeFiles.Of(File.ReadAllText(Path.Combine(SomeFiles.Folder(), "Good", "whole.json"))), problems);

        var read = problems.Asked.Where(asked => asked.Path != "Lists").GroupBy(asked => Shape(asked.Path), asked => asked.Key).ToList();

        Assert.Equal(21, read.Count);
        Assert.All(read.Where(shape => shape.Key is not ("Logging" or "Kestrel")), shape =>
        {
            var listed = At(shape.Key);
            Assert.Equal($"{shape.Key}: {Sorted(shape)}", $"{shape.Key}: {Sorted(listed["properties"]!.AsObject().Select(property => property.Key))}");
            Assert.False((bool)listed["additionalProperties"]!);
        });
    }

    [Theory]
    [InlineData("Sources.*", "Kind", typeof(SourceKind))]
    [InlineData("Sources.*", "Watch", typeof(PageWatch))]
    [InlineData("Sources.*", "FullText", typeof(FullText))]
    [InlineData("Rules.*", "Severity", typeof(Severity))]
    [InlineData("Channels.*", "Tls", typeof(TlsMode))]
    [InlineData("Channels.*", "Format", typeof(WebhookFormat))]
    [InlineData("Routes", "GroupBy", typeof(GroupBy))]
    public void It_lists_every_choice(string path, string key, Type choices) =>
        Assert.Equal(
            Enum.GetNames(choices).Select(name => name.ToLowerInvariant()),
            At(path)["properties"]![key]!["enum"]!.AsArray().Select(choice => (string)choice!));

    [Fact]
    public void Every_key_is_explained()
    {
        var silent = from shape in new[] { "", "Defaults", "Publishers.*", "Sources.*", "Groups.*", "Entities.*", "Rules.*", "Channels.*", "Teams.*", "Subscribers.*", "Routes", "Operator", "Storage", "Web", "Web.Oidc", "Web.Proxy" }
                     from property in At(shape)["properties"]!.AsObject()
                     where property.Value!["description"] is null
                     select $"{shape}.{property.Key}";

        Assert.Empty(silent);
    }

    /// <summary>Rules.ceasefire.Examples becomes Rules.*.Examples; children of routes are routes.</summary>
    private static string Shape(string path) =>
        EntryId().Replace(ChildIndex().Replace(path, ""), "${map}.*");

    private static string Sorted(IEnumerable<string> keys) => string.Join(' ', keys.Distinct().Order(StringComparer.Ordinal));

    private static JsonNode At(string shape)
    {
        var node = shape.Split('.')[0] is "Storage" or "Web" or "Logging" or "Kestrel" ? Schema : Schema["$defs"]!["watch"]!;
        foreach (var part in shape.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = part == "*" ? node["additionalProperties"]! : node["properties"]![part]!;
            node = (string?)node["$ref"] is { } reference ? Schema["$defs"]![reference.Split('/')[^1]]! : node;
        }

        return node;
    }

    [GeneratedRegex(@"\.Children\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex ChildIndex();

    [GeneratedRegex(@"^(?<map>Publishers|Sources|Groups|Entities|Rules|Channels|Teams|Subscribers)\.[a-z0-9-]+", RegexOptions.None, 1000)]
    private static partial Regex EntryId();
}
