using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Templates;

namespace NewsWatch.Configuration.Binding;

/// <summary>Reads a webhook channel's Values: literals, or secrets by reference.</summary>
internal sealed class ChannelValuesReader(Section section, Secrets secrets)
{
    private const string Key = "Values";

    /// <summary>The values by name; null with problems where one is missing or cannot be read.</summary>
    /// <param name="wanted">What a preset asks for, with what each is; null takes all.</param>
    public IReadOnlyDictionary<string, TemplateValue>? Read(Section? wanted)
    {
        var members = section.Members(Key);
        var values = members.Select(member => (member.Key, Value: Read(member, wanted))).ToList();
        var missing = wanted?.Names.Where(name => members.All(member => member.Key != name)).ToList() ?? [];
        foreach (var name in missing)
        {
            section.Problems.Error(section.PlaceOf(Key), $"{section.PathOf(Key)}.{name}", $"is missing: {wanted!.Object(name)!.Text("What")!.Text}.");
        }

        return missing.Count > 0 || values.Exists(value => value.Value is null) ? null : values.ToDictionary(value => value.Key, value => value.Value!);
    }

    private TemplateValue? Read(Member member, Section? wanted)
    {
        var path = $"{section.PathOf(Key)}.{member.Key}";
        var (value, error) = wanted is not null && wanted.Object(member.Key) is null
            ? (null, $"unknown value.{(Spelling.DidYouMean(member.Key, wanted.Names) is { Length: > 0 } near ? near : $" Known here: {string.Join(", ", wanted.Names)}.")}")
            : Read(member.Value, mustBeReference: wanted?.Object(member.Key)?.Bool("Secret") == true);
        if (error is not null)
        {
            section.Problems.Error(member.Value.Place, path, error);
        }

        return value;
    }

    private (TemplateValue? Value, string? Error) Read(Node node, bool mustBeReference)
    {
        if (node is not TextNode text)
        {
            return (null, $"expected a string in quotes, found {node.Kind}.");
        }

        var isSecret = mustBeReference || Secrets.IsReference(text.Text);
        var (value, error) = isSecret ? secrets.Read(text.Text) : new ParseResult<string>(text.Text, null);
        return error is null && value!.Any(char.IsControl) ? (null, "must not hold line ends or other control characters.") : error is null ? (new(value!, isSecret), null) : (null, error);
    }
}
