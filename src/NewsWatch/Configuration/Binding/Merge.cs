using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration.Binding;

/// <summary>
/// Lays the overlays of conf.d over the main file: objects by key; anything else may be set only once, or twice with the same value. An entry of a map, such as a
/// rule, belongs to one file; another file changes it only where it says so.
/// </summary>
internal static class Merge
{
    /// <summary>The key by which an entry changes one of another file.</summary>
    public const string Extends = "Extends";

    private static readonly string[] Maps = ["Publishers", "Sources", "Groups", "Entities", "Rules", "Channels", "Teams", "Subscribers"];

    public static ObjectNode Of(ObjectNode first, ObjectNode second, string path, Problems problems)
    {
        var members = first.Members.ToList();
        foreach (var member in second.Members)
        {
            var at = members.FindIndex(known => known.Key == member.Key);
            if (at < 0)
            {
                members.Add(member);
            }
            else
            {
                var inner = path.Length == 0 ? member.Key : $"{path}.{member.Key}";
                members[at] = members[at] with { Value = Maps.Contains(path) ? Entry(members[at], member, inner, problems) : Of(members[at], member, inner, problems) };
            }
        }

        return first with { Members = members };
    }

    /// <summary>A file without what an edit sets anew: its entries, and its keys of the other sections.</summary>
    public static ObjectNode Without(ObjectNode root, ObjectNode edit) => root with
    {
        Members =
        [
            .. root.Members.Where(member => edit[member.Key] is null or ObjectNode).Select(member => member.Value is ObjectNode section && edit[member.Key] is ObjectNode edited
                ? member with { Value = section with { Members = [.. section.Members.Where(entry => edited[entry.Key] is null)] } }
                : member),
        ],
    };

    private static Node Entry(Member first, Member second, string path, Problems problems)
    {
        if (second.Value is not ObjectNode entry || Same(first.Value, entry))
        {
            return Of(first, second, path, problems);
        }

        if (entry[Extends] is LiteralNode { Text: "true" })
        {
            return Of(first, second with { Value = entry with { Members = [.. entry.Members.Where(member => member.Key != Extends)] } }, path, problems);
        }

        problems.Error(second.KeyPlace, path, $"is already in {first.KeyPlace}. Keep one, or write \"{Extends}\": true here to change that one.");
        return first.Value;
    }

    private static Node Of(Member first, Member second, string path, Problems problems)
    {
        if (first.Value is ObjectNode one && second.Value is ObjectNode other)
        {
            return Of(one, other, path, problems);
        }

        if (!Same(first.Value, second.Value))
        {
            problems.Error(second.KeyPlace, path, $"already set in {first.KeyPlace} with another value. Keep one.");
        }

        return first.Value;
    }

    private static bool Same(Node one, Node other) => (one, other) switch
    {
        (TextNode a, TextNode b) => a.Text == b.Text,
        (LiteralNode a, LiteralNode b) => a.Text == b.Text,
        (ObjectNode a, ObjectNode b) => a.Members.Count == b.Members.Count && a.Members.All(member => b[member.Key] is { } other && Same(member.Value, other)),
        (ArrayNode a, ArrayNode b) => a.Elements.Count == b.Elements.Count && a.Elements.Zip(b.Elements).All(pair => Same(pair.First, pair.Second)),
        _ => false,
    };
}
