using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Core.Rules;

/// <summary>What a rule asks of an article's story beside the words of the article; 0 asks for nothing.</summary>
/// <param name="Publishers">How many publishers must tell it.</param>
/// <param name="Independent">How many independent sources it must have.</param>
public sealed record StoryNeeds(int Publishers, int Independent)
{
    /// <summary>The fewest that can be asked for: one is there whenever anything is.</summary>
    public const int Min = 2;

    /// <summary>The most that can be asked for.</summary>
    public const int Max = 20;

    /// <summary>Nothing is asked for.</summary>
    public static StoryNeeds None { get; } = new(0, 0);

    /// <summary>True where something is asked for.</summary>
    public bool IsAny => this != None;

    /// <summary>True where a story with so many publishers and independent sources is enough.</summary>
    public bool AreMetBy(int publishers, int independent) => publishers >= Publishers && independent >= Independent;

    /// <summary>The conditions as they are written in a rule: <c>publishers>=3 AND independent>=2</c>; empty for none.</summary>
    public override string ToString() =>
        string.Join(" AND ", new[] { (StorySources.Publishers, Publishers), (StorySources.Independent, Independent) }.Where(need => need.Item2 > 0).Select(need => new StoryQuery(need.Item1, need.Item2).ToString()));

    /// <summary>Takes the conditions on the story out of a query.</summary>
    internal static (Query Query, StoryNeeds Needs) Split(Query query)
    {
        var needs = query.Clauses().OfType<StoryQuery>().ToList();
        if (needs.Count == 0)
        {
            return (query, None);
        }

        var words = query.Clauses().Where(clause => clause is not StoryQuery).ToList();
        return (words.Count == 1 ? words[0] : new AndQuery(words) { Offset = query.Offset, Length = query.Length }, new(Most(StorySources.Publishers), Most(StorySources.Independent)));

        int Most(StorySources kind) => needs.Where(need => need.Kind == kind).Select(need => need.Count).DefaultIfEmpty().Max();
    }
}
