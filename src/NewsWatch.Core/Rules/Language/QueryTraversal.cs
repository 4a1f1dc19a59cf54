using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Walks the parts of queries.</summary>
internal static class QueryTraversal
{
    /// <summary>The words, entities, lists and expressions that a match can hit: nothing below NOT, nor to the right of EXCEPT.</summary>
    public static IEnumerable<Query> Positive(Query query) => query switch
    {
        AndQuery and => and.Operands.SelectMany(Positive),
        OrQuery or => or.Operands.SelectMany(Positive),
        NearQuery near => Positive(near.Left).Concat(Positive(near.Right)),
        ExceptQuery except => Positive(except.Left),
        AtLeastQuery atLeast => Positive(atLeast.Operand),
        FieldQuery field => Positive(field.Operand),
        NotQuery or FilterQuery or RegexQuery or DeadlineQuery => [],
        SaidQuery said => said.Inside is null ? [said.Speaker] : Positive(said.Inside).Prepend(said.Speaker),
        _ => [query],
    };

    /// <summary>All leaves of a rule, wherever they stand.</summary>
    public static IEnumerable<Query> All(Rule rule) => rule.Unless is null ? All(rule.When) : All(rule.When).Concat(All(rule.Unless));

    /// <summary>All leaves of a query, wherever they stand.</summary>
    public static IEnumerable<Query> All(Query query) => query switch
    {
        AndQuery and => and.Operands.SelectMany(All),
        OrQuery or => or.Operands.SelectMany(All),
        NearQuery near => All(near.Left).Concat(All(near.Right)),
        ExceptQuery except => All(except.Left).Concat(All(except.Right)),
        AtLeastQuery atLeast => All(atLeast.Operand),
        FieldQuery field => All(field.Operand),
        NotQuery not => All(not.Operand),
        SaidQuery said => said.Inside is null ? [said.Speaker] : All(said.Inside).Prepend(said.Speaker),
        _ => [query],
    };

    /// <summary>The conditions on what an article is, not on what it says: source, language, publisher, section, author; nothing below NOT.</summary>
    public static IEnumerable<Query> Circumstances(Query query) => query switch
    {
        AndQuery and => and.Operands.SelectMany(Circumstances),
        OrQuery or => or.Operands.SelectMany(Circumstances),
        FilterQuery or FieldQuery { Field: Field.Section or Field.Author } => [query],
        _ => [],
    };

    /// <summary>The text of a query with the operands of AND, OR and NEAR in one order: equal for queries that mean the same.</summary>
    public static string Sorted(Query query) => query switch
    {
        AndQuery and => $"({string.Join(" AND ", and.Operands.Select(Sorted).Distinct().Order(StringComparer.Ordinal))})",
        OrQuery or => $"({string.Join(" OR ", or.Operands.Select(Sorted).Distinct().Order(StringComparer.Ordinal))})",
        NotQuery not => $"NOT {Sorted(not.Operand)}",
        NearQuery { Ordered: false } near => $"({string.Join($" NEAR/{near.Distance} ", new[] { Sorted(near.Left), Sorted(near.Right) }.Order(StringComparer.Ordinal))})",
        NearQuery near => $"({Sorted(near.Left)} ONEAR/{near.Distance} {Sorted(near.Right)})",
        ExceptQuery except => $"({Sorted(except.Left)} EXCEPT {Sorted(except.Right)})",
        AtLeastQuery atLeast => $"atleast{atLeast.Count}({Sorted(atLeast.Operand)})",
        FieldQuery field => $"{Printer.Name(field.Field)}:{Sorted(field.Operand)}",
        SaidQuery { Inside: { } inside } said => $"said:{Sorted(said.Speaker)}({Sorted(inside)})",
        AnyQuery any => $"{{{string.Join('|', any.Terms.Order(StringComparer.Ordinal))}}}",
        _ => query.ToString(),
    };
}
