namespace NewsWatch.Core.Rules.Language;

/// <summary>What a rule asks of an article's story, and of what becomes of the article, beside its words; 0 asks for nothing.</summary>
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

    /// <summary>How an alerted article must have changed, in each of these ways; a rule that asks for it alerts of changes alone.</summary>
    public ChangedKinds Changes { get; init; }

    /// <summary>True where something is asked for.</summary>
    public bool IsAny => this != None;

    /// <summary>True where it asks how many tell the story.</summary>
    public bool AsksForSources => Publishers + Independent > 0;

    /// <summary>True where a story with so many publishers and independent sources is enough.</summary>
    public bool AreMetBy(int publishers, int independent) => publishers >= Publishers && independent >= Independent;

    /// <summary>The conditions as they are written in a rule: <c>publishers>=3 AND independent>=2</c>; empty for none.</summary>
    public override string ToString() => string.Join(" AND ", Conditions());

    /// <summary>Takes the conditions out of a query.</summary>
    internal static (Query Query, StoryNeeds Needs) Split(Query query)
    {
        var conditions = query.Clauses().OfType<ConditionQuery>().ToList();
        if (conditions.Count == 0)
        {
            return (query, None);
        }

        var words = query.Clauses().Where(clause => clause is not ConditionQuery).ToList();
        var needs = new StoryNeeds(Most(StorySources.Publishers), Most(StorySources.Independent)) { Changes = conditions.OfType<ChangedQuery>().Aggregate(ChangedKinds.None, (kinds, changed) => kinds | changed.Kind) };
        return (words.Count == 1 ? words[0] : new AndQuery(words) { Offset = query.Offset, Length = query.Length }, needs);

        int Most(StorySources kind) => conditions.OfType<StoryQuery>().Where(need => need.Kind == kind).Select(need => need.Count).DefaultIfEmpty().Max();
    }

    private IEnumerable<ConditionQuery> Conditions() =>
    [
        .. new[] { new StoryQuery(StorySources.Publishers, Publishers), new StoryQuery(StorySources.Independent, Independent) }.Where(need => need.Count > 0),
        .. Enum.GetValues<ChangedKinds>().Where(kind => kind != ChangedKinds.None && Changes.HasFlag(kind)).Select(kind => new ChangedQuery(kind)),
    ];
}
