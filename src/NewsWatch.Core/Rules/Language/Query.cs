using NewsWatch.Core.Rules.Terms;


namespace NewsWatch.Core.Rules.Language;

/// <summary>
/// A query of the rule language, parsed. <see cref="ToString"/> prints it back with all parentheses; parsing that text gives an equal query.
/// Where it stood in its author's text is no part of its value.
/// </summary>
public abstract record Query
{
    /// <summary>The longest query text that is read, in UTF-16 code units.</summary>
    public const int MaxLength = 20_000;

    /// <summary>UTF-16 offset of the query's first character in the text it was parsed from.</summary>
    internal int Offset { get; init; }

    /// <summary>Its length in that text.</summary>
    internal int Length { get; init; }

    /// <summary>Parses a query and resolves its entities and lists.</summary>
    public static QueryResult Parse(string text, Vocabulary vocabulary) => new Parser(text, vocabulary).Parse();

    /// <summary>
    /// Everything that is wrong with one alias of an entity or one term of a list; empty when it can be used. Spaces make it a phrase; <c>*</c>, <c>?</c>, <c>~</c> and <c>=</c>
    /// work as in rules.
    /// </summary>
    public static IReadOnlyList<QueryError> CheckTerm(string text) => TermReader.Read(text).Errors;

    /// <summary>What finds less than the author of a term may think, e.g. a <c>~</c> on a word of a language whose inflections are not known.</summary>
    public static IReadOnlyList<QueryError> TermWarnings(string text) => TermReader.Read(text).Warnings;

    /// <summary>The clauses that must all match, in the order written; the query itself where it is no AND.</summary>
    public IReadOnlyList<Query> Clauses() => this is AndQuery and ? and.Operands : [this];

    /// <summary>Where the query names sources, languages and publishers, so that unknown names can be reported.</summary>
    public IReadOnlyList<QueryFilter> Filters() =>
        [.. QueryTraversal.All(this).OfType<FilterQuery>().Select(filter => new QueryFilter(Printer.Name(filter.Kind), filter.Value, filter.Offset))];

    /// <summary>Equal when it is the same query, wherever it was written.</summary>
    public virtual bool Equals(Query? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The query with all its parentheses.</summary>
    public sealed override string ToString() => Printer.Print(this);
}

/// <summary>A query, or everything that is wrong with its text.</summary>
public sealed record QueryResult(Query? Query, IReadOnlyList<QueryError> Errors)
{
    /// <summary>What the text asks of an article's story; no part of <see cref="Query"/>, which is matched with articles.</summary>
    public StoryNeeds Needs { get; init; } = StoryNeeds.None;
}

/// <summary>A <c>source:</c>, <c>lang:</c> or <c>publisher:</c> of a query.</summary>
/// <param name="Key">source, lang or publisher.</param>
/// <param name="Value">What it names.</param>
/// <param name="Offset">UTF-16 offset into the query text, for the caret.</param>
public sealed record QueryFilter(string Key, string Value, int Offset);
