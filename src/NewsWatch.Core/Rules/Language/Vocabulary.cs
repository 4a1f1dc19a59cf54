using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Language;

/// <summary>A person, organisation or place with all its spellings; rules name it <c>@id</c>.</summary>
/// <param name="Id">Lower-case id.</param>
/// <param name="Name">The usual name; itself an alias.</param>
/// <param name="Type">person, organisation, place or thing.</param>
/// <param name="Aliases">Other spellings; <c>*</c>, <c>=</c> and <c>~</c> work as in rules.</param>
public sealed record Entity(string Id, string Name, string Type, IReadOnlyList<string> Aliases)
{
    /// <summary>The languages that its aliases are written in; all where nothing says so.</summary>
    public Languages Languages { get; init; } = Languages.All;

    /// <summary>Whether its aliases are found in their cases.</summary>
    internal bool IsNamed => Type is "person" or "organisation" or "place";
}

/// <summary>A named set of terms; rules name it <c>#id</c>.</summary>
public sealed record TermList(string Id, IReadOnlyList<string> Terms)
{
    /// <summary>The languages that its terms are written in; all where nothing says so.</summary>
    public Languages Languages { get; init; } = Languages.All;
}

/// <summary>The entities and lists that rules may name.</summary>
public sealed record Vocabulary(IReadOnlyDictionary<string, Entity> Entities, IReadOnlyDictionary<string, TermList> Lists)
{
    /// <summary>No entities, no lists.</summary>
    public static Vocabulary Empty { get; } = new(new Dictionary<string, Entity>(), new Dictionary<string, TermList>());

    /// <summary>Whether the other one has the same entities and lists, so that a query means the same with both.</summary>
    public bool SaysTheSame(Vocabulary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Entities.Count == other.Entities.Count && Lists.Count == other.Lists.Count
            && Entities.All(pair => other.Entities.TryGetValue(pair.Key, out var entity) && (pair.Value with { Aliases = entity.Aliases }) == entity && pair.Value.Aliases.SequenceEqual(entity.Aliases))
            && Lists.All(pair => other.Lists.TryGetValue(pair.Key, out var list) && (pair.Value with { Terms = list.Terms }) == list && pair.Value.Terms.SequenceEqual(list.Terms));
    }

    /// <summary>The terms of a leaf of a query.</summary>
    internal IEnumerable<TermSource> TermsOf(Query leaf) => leaf switch
    {
        TermQuery term => [TermSource.Plain(term.Text)],
        AnyQuery any => any.Terms.Select(TermSource.Plain),
        EntityQuery entity => TermsOf(Entities[entity.Id]),
        ListQuery list => Lists[list.Id].Terms.Select(text => new TermSource(text, false, Lists[list.Id].Languages)),
        _ => [],
    };

    /// <summary>The terms that a leaf itself writes.</summary>
    internal IEnumerable<string> OwnTermsOf(Query leaf) => leaf is TermQuery or AnyQuery ? TermsOf(leaf).Select(source => source.Text) : [];

    private static IEnumerable<TermSource> TermsOf(Entity entity) => entity.Aliases.Prepend(entity.Name).Select(text => new TermSource(text, entity.IsNamed, entity.Languages));
}
