using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Core.Rules;

/// <summary>A person, organisation or place with all its spellings; rules name it <c>@id</c>.</summary>
/// <param name="Id">Lower-case id.</param>
/// <param name="Name">The usual name; itself an alias.</param>
/// <param name="Type">person, organisation, place or thing.</param>
/// <param name="Aliases">Other spellings; <c>*</c>, <c>=</c> and <c>~</c> work as in rules.</param>
public sealed record Entity(string Id, string Name, string Type, IReadOnlyList<string> Aliases);

/// <summary>A named set of terms; rules name it <c>#id</c>.</summary>
public sealed record TermList(string Id, IReadOnlyList<string> Terms);

/// <summary>The entities and lists that rules may name.</summary>
public sealed record Vocabulary(IReadOnlyDictionary<string, Entity> Entities, IReadOnlyDictionary<string, TermList> Lists)
{
    /// <summary>No entities, no lists.</summary>
    public static Vocabulary Empty { get; } = new(new Dictionary<string, Entity>(), new Dictionary<string, TermList>());

    /// <summary>The texts of the terms that a leaf of a query stands for.</summary>
    internal IEnumerable<string> TermsOf(Query leaf) => leaf switch
    {
        TermQuery term => [term.Text],
        AnyQuery any => any.Terms,
        EntityQuery entity => [Entities[entity.Id].Name, .. Entities[entity.Id].Aliases],
        ListQuery list => Lists[list.Id].Terms,
        _ => [],
    };
}
