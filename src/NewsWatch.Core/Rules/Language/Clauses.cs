using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Language;

/// <summary>A word or a quoted phrase, with its <c>= ~ * ?</c>.</summary>
/// <param name="Text">As written, without the quotes.</param>
/// <param name="Quoted">Whether it stood in quotes.</param>
internal sealed record TermQuery(string Text, bool Quoted) : Query;

/// <summary>Any of some terms: <c>{Kyiv|Kiev}</c>.</summary>
internal sealed record AnyQuery(IReadOnlyList<string> Terms) : Query
{
    public bool Equals(AnyQuery? other) => other is not null && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => Terms.Aggregate(17, HashCode.Combine);
}

/// <summary>An entity of the configuration: <c>@zelensky</c>.</summary>
internal sealed record EntityQuery(string Id) : Query;

/// <summary>A list of the configuration: <c>#ceasefire</c>.</summary>
internal sealed record ListQuery(string Id) : Query;

/// <summary>A regular expression: <c>/pattern/</c>, any case.</summary>
internal sealed record RegexQuery(string Pattern) : Query;

/// <summary>Both, or all.</summary>
internal sealed record AndQuery(IReadOnlyList<Query> Operands) : Query
{
    public bool Equals(AndQuery? other) => other is not null && Operands.SequenceEqual(other.Operands);

    public override int GetHashCode() => Operands.Aggregate(19, HashCode.Combine);
}

/// <summary>Any of them.</summary>
internal sealed record OrQuery(IReadOnlyList<Query> Operands) : Query
{
    public bool Equals(OrQuery? other) => other is not null && Operands.SequenceEqual(other.Operands);

    public override int GetHashCode() => Operands.Aggregate(23, HashCode.Combine);
}

/// <summary>Nowhere in the article.</summary>
internal sealed record NotQuery(Query Operand) : Query;

/// <summary>At most <paramref name="Distance"/> words between the two, in one field.</summary>
internal sealed record NearQuery(Query Left, Query Right, int Distance, bool Ordered) : Query;

/// <summary>Occurrences of the left that are no part of an occurrence of the right.</summary>
internal sealed record ExceptQuery(Query Left, Query Right) : Query;

/// <summary>At least so many occurrences.</summary>
internal sealed record AtLeastQuery(int Count, Query Operand) : Query;

/// <summary>Only in one field.</summary>
internal sealed record FieldQuery(Field Field, Query Operand) : Query;

/// <summary>What a filter looks at.</summary>
internal enum FilterKind
{
    Source,
    Language,
    Publisher,
}

/// <summary>Only articles from a source, of a language, of a publisher; gives no hits.</summary>
internal sealed record FilterQuery(FilterKind Kind, string Value) : Query;

/// <summary>The article states a deadline: any (<c>by:date</c>), within so many days (<c>by:7d</c>), or up to a day (<c>by:2025-08-31</c>).</summary>
/// <param name="Value">As written behind the colon.</param>
internal sealed record DeadlineQuery(string Value) : Query
{
    /// <summary>Within so many days of the publication; null when it says otherwise.</summary>
    public int? Days => Value.EndsWith('d') && int.TryParse(Value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 999 ? days : null;

    /// <summary>Up to that day; null when it says otherwise.</summary>
    public DateOnly? Day => DateOnly.TryParseExact(Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Somebody is quoted; with <paramref name="Inside"/>: and these words stand inside the quote.</summary>
/// <param name="Speaker">An entity or a name.</param>
internal sealed record SaidQuery(Query Speaker, Query? Inside) : Query;

/// <summary>What is counted of a story.</summary>
internal enum StorySources
{
    Publishers,
    Independent,
}

/// <summary>What a rule asks beside the words of an article; allowed in the outermost AND of a rule alone.</summary>
internal abstract record ConditionQuery : Query;

/// <summary>The article's story has at least so many: <c>publishers>=3</c>, <c>independent>=2</c>.</summary>
internal sealed record StoryQuery(StorySources Kind, int Count) : ConditionQuery;

/// <summary>The article was alerted and has changed in this way since: <c>changed:number</c>.</summary>
internal sealed record ChangedQuery(ChangedKinds Kind) : ConditionQuery;
