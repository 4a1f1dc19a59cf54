namespace NewsWatch.Core.Rules.Language;

/// <summary>Finds rules that exclude what they require.</summary>
internal static class ContradictionFinder
{
    /// <summary>Why the rule can never match, or null when nothing speaks against it.</summary>
    public static string? Find(Rule rule)
    {
        var required = Required(rule.When).ToList();
        if (rule.Unless is { } unless && Excluded(unless).FirstOrDefault(e => e == rule.When || required.Contains(e)) is { } swallowed)
        {
            return $"Unless excludes {swallowed}, which When requires.";
        }

        return FindIn(rule.When);
    }

    private static string? FindIn(Query query)
    {
        switch (query)
        {
            case AndQuery and:
                return FindInAnd(and);
            case OrQuery or:
                var branches = or.Operands.Select(FindIn).ToList();
                return branches.TrueForAll(b => b is not null) ? branches[0] : null;
            case NearQuery near:
                return FindIn(near.Left) ?? FindIn(near.Right);
            case ExceptQuery except:
                return Excluded(except.Right).Contains(except.Left) ? $"EXCEPT takes every {except.Left} away." : FindIn(except.Left);
            case AtLeastQuery atLeast:
                return FindIn(atLeast.Operand);
            case FieldQuery field:
                return FindIn(field.Operand);
            default:
                return null;
        }
    }

    private static string? FindInAnd(AndQuery and)
    {
        var required = Required(and).ToList();
        foreach (var excluded in and.Operands.OfType<NotQuery>().SelectMany(n => Excluded(n.Operand)))
        {
            if (required.Contains(excluded))
            {
                return $"it requires {excluded} and excludes it.";
            }
        }

        foreach (var kind in new[] { FilterKind.Language, FilterKind.Publisher })
        {
            var values = required.OfType<FilterQuery>().Where(f => f.Kind == kind).ToList();
            if (values.Count > 1 && !Agree(values[0].Value, values[1].Value))
            {
                return $"{values[0]} and {values[1]} exclude each other.";
            }
        }

        return and.Operands.Select(FindIn).FirstOrDefault(f => f is not null);
    }

    private static bool Agree(string a, string b) => a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Query> Required(Query query) => query is AndQuery and ? and.Operands.SelectMany(Required).Append(and) : [query];

    private static IEnumerable<Query> Excluded(Query query) => query is OrQuery or ? or.Operands.SelectMany(Excluded).Append(or) : [query];
}
