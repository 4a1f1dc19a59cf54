using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Prints queries back with all their parentheses.</summary>
internal static class Printer
{
    /// <summary>The text of a query; parsing it gives the same query.</summary>
    public static string Print(Query query)
    {
        var text = new StringBuilder();
        Append(text, query);
        return text.ToString();
    }

    /// <summary>The name of a field as it is written before its colon.</summary>
    public static string Name(Field field) => field switch
    {
        Field.Title => "title",
        Field.Body => "body",
        Field.Section => "section",
        _ => "author",
    };

    /// <summary>The name of a filter as it is written before its colon.</summary>
    public static string Name(FilterKind kind) => kind switch
    {
        FilterKind.Source => "source",
        FilterKind.Language => "lang",
        _ => "publisher",
    };

    /// <summary>The name of what is counted of a story.</summary>
    public static string Name(StorySources kind) => kind == StorySources.Publishers ? "publishers" : "independent";

    /// <summary>The name of a kind of change as it is written behind <c>changed:</c>.</summary>
    public static string Name(ChangedKinds kind) => kind.ToString().ToLowerInvariant();

    private static void Append(StringBuilder text, Query query)
    {
        switch (query)
        {
            case TermQuery term:
                text.Append(term.Quoted ? $"\"{term.Text}\"" : term.Text);
                break;
            case AnyQuery any:
                text.Append('{').AppendJoin('|', any.Terms).Append('}');
                break;
            case EntityQuery entity:
                text.Append('@').Append(entity.Id);
                break;
            case ListQuery list:
                text.Append('#').Append(list.Id);
                break;
            case RegexQuery regex:
                text.Append('/').Append(regex.Pattern).Append('/');
                break;
            case FilterQuery filter:
                text.Append(Name(filter.Kind)).Append(':').Append(filter.Value.Any(c => char.IsWhiteSpace(c) || "(){}|".Contains(c)) ? $"\"{filter.Value}\"" : filter.Value);
                break;
            case DeadlineQuery deadline:
                text.Append("by:").Append(deadline.Value);
                break;
            case StoryQuery story:
                text.Append(Name(story.Kind)).Append(">=").Append(story.Count);
                break;
            case ChangedQuery changed:
                text.Append("changed:").Append(Name(changed.Kind));
                break;
            case SaidQuery said:
                Append(text.Append("said:"), said.Speaker);
                AppendInside(text, said.Inside);
                break;
            default:
                AppendOperator(text, query);
                break;
        }
    }

    private static void AppendOperator(StringBuilder text, Query query)
    {
        switch (query)
        {
            case AndQuery and:
                AppendAll(text, and.Operands, " AND ");
                break;
            case OrQuery or:
                AppendAll(text, or.Operands, " OR ");
                break;
            case NotQuery not:
                AppendPart(text.Append("NOT "), not.Operand);
                break;
            case NearQuery near:
                AppendPart(text, near.Left);
                text.Append(near.Ordered ? " ONEAR/" : " NEAR/").Append(near.Distance).Append(' ');
                AppendPart(text, near.Right);
                break;
            case ExceptQuery except:
                AppendPart(text, except.Left);
                AppendPart(text.Append(" EXCEPT "), except.Right);
                break;
            case AtLeastQuery atLeast:
                Append(text.Append("atleast").Append(atLeast.Count).Append('('), atLeast.Operand);
                text.Append(')');
                break;
            case FieldQuery field:
                AppendPart(text.Append(Name(field.Field)).Append(':'), field.Operand);
                break;
        }
    }

    private static void AppendInside(StringBuilder text, Query? inside)
    {
        if (inside is not null)
        {
            Append(text.Append('('), inside);
            text.Append(')');
        }
    }

    private static void AppendAll(StringBuilder text, IReadOnlyList<Query> operands, string between)
    {
        for (var i = 0; i < operands.Count; i++)
        {
            AppendPart(i == 0 ? text : text.Append(between), operands[i]);
        }
    }

    private static void AppendPart(StringBuilder text, Query query)
    {
        var grouped = query is AndQuery or OrQuery or NearQuery or ExceptQuery;
        text.Append(grouped ? "(" : "");
        Append(text, query);
        text.Append(grouped ? ")" : "");
    }
}
