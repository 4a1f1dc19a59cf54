using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration.Binding;

/// <summary>Reads the keys of an object that hold arrays, objects and maps.</summary>
internal static class NestedSections
{
    /// <summary>An array of strings; a single string counts as an array of one.</summary>
    public static IReadOnlyList<TextNode> Texts(this Section section, string key)
    {
        switch (section.Any(key))
        {
            case null:
                return [];
            case TextNode one:
                return [one];
            case ArrayNode array:
                foreach (var odd in array.Elements.Where(element => element is not TextNode))
                {
                    section.Problems.Error(odd.Place, section.PathOf(key), $"expected a string in quotes, found {odd.Kind}.");
                }

                return [.. array.Elements.OfType<TextNode>()];
            case var other:
                section.Wrong<TextNode>(other, key, "an array of strings [\"...\"]");
                return [];
        }
    }

    /// <summary>The elements of an array, whatever they are.</summary>
    public static IReadOnlyList<Node> Array(this Section section, string key) => section.Any(key) switch
    {
        null => [],
        ArrayNode array => array.Elements,
        var other => section.Wrong<IReadOnlyList<Node>>(other, key, "an array [ ]") ?? [],
    };

    /// <summary>An array of objects.</summary>
    public static IEnumerable<Section> Sections(this Section section, string key)
    {
        if (section.Any(key) is not { } found)
        {
            yield break;
        }

        if (found is not ArrayNode array)
        {
            section.Wrong<Node>(found, key, "an array of objects [{ }]");
            yield break;
        }

        for (var i = 0; i < array.Elements.Count; i++)
        {
            if (array.Elements[i] is ObjectNode element)
            {
                yield return new Section(element, $"{section.PathOf(key)}[{i}]", section.Problems);
            }
            else
            {
                section.Problems.Error(array.Elements[i].Place, $"{section.PathOf(key)}[{i}]", $"expected an object {{ }}, found {array.Elements[i].Kind}.");
            }
        }
    }

    /// <summary>An object, or null if it is missing.</summary>
    public static Section? Object(this Section section, string key) => section.Any(key) switch
    {
        null => null,
        ObjectNode inner => new Section(inner, section.PathOf(key), section.Problems),
        var other => section.Wrong<Section>(other, key, "an object { }"),
    };

    /// <summary>The entries of a map keyed by id; an invalid id is an error.</summary>
    public static IEnumerable<(string Id, Section Entry)> Entries(this Section section, string key)
    {
        foreach (var (id, place, value) in section.Members(key))
        {
            if (!Id.IsValid(id))
            {
                section.Problems.Error(place, $"{section.PathOf(key)}.{id}", "is not a valid id. Use lower-case letters, digits and hyphens, e.g. \"bbc-world\".");
            }
            else if (value is ObjectNode entry)
            {
                var read = new Section(entry, $"{section.PathOf(key)}.{id}", section.Problems);
                if (read.Has(Merge.Extends))
                {
                    section.Problems.Error(read.KeyPlaceOf(Merge.Extends), read.PathOf(Merge.Extends), $"extends nothing: no earlier file has {id}. Leave it out.");
                }

                yield return (id, read);
            }
            else
            {
                section.Problems.Error(value.Place, $"{section.PathOf(key)}.{id}", $"expected an object {{ }}, found {value.Kind}.");
            }
        }
    }

    /// <summary>The keys and values of a map; a duplicate key is an error.</summary>
    public static IReadOnlyList<Member> Members(this Section section, string key)
    {
        var map = section.Any(key);
        if (map is null)
        {
            return [];
        }

        if (map is not ObjectNode entries)
        {
            section.Wrong<Node>(map, key, "an object { }");
            return [];
        }

        foreach (var twice in entries.Members.GroupBy(member => member.Key).Where(group => group.Count() > 1))
        {
            section.Problems.Error(twice.Last().KeyPlace, $"{section.PathOf(key)}.{twice.Key}", $"is already set in line {twice.First().KeyPlace.Line}. Keep one.");
        }

        return [.. entries.Members.DistinctBy(member => member.Key)];
    }

    /// <summary>The keys of a map, whatever their values hold.</summary>
    public static IReadOnlyCollection<string> Keys(this Section section, string key) => section.Any(key) is ObjectNode map ? [.. map.Members.Select(member => member.Key).Distinct()] : [];
}
