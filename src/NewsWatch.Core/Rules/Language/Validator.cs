using NewsWatch.Core.Rules.Terms;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Tells what a well-formed query must not mean.</summary>
internal sealed class Validator(List<QueryError> errors)
{
    public void Check(Query query)
    {
        if (!NeedsSomething(query))
        {
            Fail(query, "only NOT: this would match almost every article. Add what must be there, e.g. sanctions NOT India.");
        }

        foreach (var inside in query.Clauses().Where(clause => clause is not ConditionQuery).SelectMany(QueryTraversal.All).OfType<ConditionQuery>())
        {
            Fail(inside, $"{inside} speaks of {(inside is StoryQuery ? "the whole story" : "what becomes of the article")}, so it cannot stand inside OR, NOT, NEAR or parentheses. Join it to the whole rule by AND; for alternatives write two rules.");
        }

        if (query.Clauses().All(clause => clause is ConditionQuery))
        {
            Fail(query, query.Clauses().Any(clause => clause is StoryQuery)
                ? "this asks only how many tell a story, so it would match almost every article. Add what must be there, e.g. cease-fire AND independent>=2."
                : "this asks only for changes, so it would match almost every article. Add what must be there, e.g. cease-fire AND changed:number.");
        }

        CheckParts(query);
        if (errors.Count == 0 && FindRegex(query) is { } regex && !NeedsTerm(query))
        {
            Fail(regex, "a regular expression needs a required word beside it, e.g. sanctions AND /regex/.");
        }
    }

    // Whether every article that matches contains something the query names.
    private static bool NeedsSomething(Query query) => query switch
    {
        NotQuery => false,
        AndQuery and => and.Operands.Any(NeedsSomething),
        OrQuery or => or.Operands.All(NeedsSomething),
        FieldQuery field => NeedsSomething(field.Operand),
        _ => true,
    };

    private static bool NeedsTerm(Query query) => query switch
    {
        NotQuery or RegexQuery or FilterQuery or DeadlineQuery or ConditionQuery => false,
        AndQuery and => and.Operands.Any(NeedsTerm),
        OrQuery or => or.Operands.All(NeedsTerm),
        NearQuery near => NeedsTerm(near.Left) || NeedsTerm(near.Right),
        ExceptQuery except => NeedsTerm(except.Left),
        AtLeastQuery atLeast => NeedsTerm(atLeast.Operand),
        FieldQuery field => NeedsTerm(field.Operand),
        _ => true,
    };

    private static RegexQuery? FindRegex(Query query) => query as RegexQuery ?? Parts(query).Select(FindRegex).FirstOrDefault(r => r is not null);

    private static IReadOnlyList<Query> Parts(Query query) => query switch
    {
        AndQuery and => and.Operands,
        OrQuery or => or.Operands,
        NotQuery not => [not.Operand],
        NearQuery near => [near.Left, near.Right],
        ExceptQuery except => [except.Left, except.Right],
        AtLeastQuery atLeast => [atLeast.Operand],
        FieldQuery field => [field.Operand],
        SaidQuery { Inside: { } inside } => [inside],
        _ => [],
    };

    private void CheckParts(Query query)
    {
        switch (query)
        {
            case NearQuery near:
                CheckPlaces(near.Left, near.Ordered ? "ONEAR" : "NEAR", allowAnd: false);
                CheckPlaces(near.Right, near.Ordered ? "ONEAR" : "NEAR", allowAnd: false);
                break;
            case ExceptQuery except:
                CheckPlaces(except.Left, "EXCEPT", allowAnd: false);
                CheckPlaces(except.Right, "EXCEPT", allowAnd: false);
                break;
            case AtLeastQuery atLeast:
                CheckPlaces(atLeast.Operand, "atleast", allowAnd: false);
                break;
            case SaidQuery { Inside: { } inside }:
                CheckPlaces(inside, "the words of said:", allowAnd: false);
                break;
            case FieldQuery { Operand: var operand } field:
                CheckField(operand, Printer.Name(field.Field));
                break;
        }

        foreach (var part in Parts(query))
        {
            CheckParts(part);
        }
    }

    // NEAR, EXCEPT and atleast speak of places in the text: what has none cannot stand there.
    private void CheckPlaces(Query query, string operatorName, bool allowAnd)
    {
        var problem = query switch
        {
            NotQuery => "NOT has no place in the text",
            SaidQuery when operatorName.EndsWith(':') => "said: holds no second said:",
            FilterQuery filter => $"{Printer.Name(filter.Kind)}: has no place in the text",
            AtLeastQuery => "atleast has no single place in the text",
            AndQuery when !allowAnd => "AND has no single place in the text",
            _ => null,
        };
        if (problem is not null)
        {
            Fail(query, $"{problem}, so it cannot stand beside {operatorName}. Put it outside, joined by AND.");
            return;
        }

        IReadOnlyList<Query> parts = query switch
        {
            OrQuery or => or.Operands,
            AndQuery and => and.Operands,
            FieldQuery field => [field.Operand],
            _ => [],
        };
        foreach (var part in parts)
        {
            CheckPlaces(part, operatorName, allowAnd && query is AndQuery);
        }
    }

    private void CheckField(Query query, string name)
    {
        if (query is FilterQuery or FieldQuery)
        {
            Fail(query, $"this cannot stand inside {name}:. Put it outside, joined by AND.");
            return;
        }

        foreach (var part in Parts(query))
        {
            CheckField(part, name);
        }
    }

    private void Fail(Query query, string message) => errors.Add(new QueryError(query.Offset, Math.Max(1, query.Length), message));
}
