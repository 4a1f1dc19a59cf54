namespace NewsWatch.Configuration.Reading;

/// <summary>Lays the overlays of conf.d over the main file: objects by key, anything else must be said once, or the same twice.</summary>
internal static class Merge
{
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
                members[at] = members[at] with { Value = Of(members[at], member, path.Length == 0 ? member.Key : $"{path}.{member.Key}", problems) };
            }
        }

        return first with { Members = members };
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
        (ArrayNode a, ArrayNode b) => a.Elements.Count == b.Elements.Count && a.Elements.Zip(b.Elements).All(pair => Same(pair.First, pair.Second)),
        _ => false,
    };
}
