using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NewsWatch.Core.Rules;
using NewsWatch.Desk.Frames;

namespace NewsWatch.Desk.Pages;

/// <summary>A query that is tried on what came in last.</summary>
/// <param name="Rule">The rule that it was taken from; null for a new one.</param>
/// <param name="Problems">What is wrong with the two queries, each with the text and a caret line.</param>
/// <param name="Trial">What it found; null while there is nothing to try.</param>
/// <param name="Json">The entry to paste into Rules; null while there is nothing to paste.</param>
/// <param name="Names">What may be named: entities with @, lists with #, and what each stands for.</param>
public sealed record WorkbenchModel(
    string? Rule, IReadOnlyList<string> Rules, string Query, string Unless, IReadOnlyList<QueryProblem> Problems, string? Understood, Trial? Trial, string? Json, IReadOnlyList<(string Name, string Means)> Names);

/// <summary>One thing that is wrong with a query.</summary>
/// <param name="Line">The query in one line.</param>
/// <param name="Caret">The marks under it.</param>
public sealed record QueryProblem(string Field, string Line, string Caret, string Message);

/// <summary>The workbench: what would this query find?</summary>
internal static class WorkbenchPages
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Show(DeskRequest request)
    {
        var (rule, query, unless) = (request.Asked.Text("rule"), request.Asked.Text("query"), request.Asked.Text("unless"));
        var from = rule is null ? null : request.Configuration.Rules.GetValueOrDefault(rule);
        if (rule is not null && from is null)
        {
            return request.Missing("rule");
        }

        if (query is null && from is not null)
        {
            (query, unless) = (from.When, from.Unless);
        }

        var vocabulary = request.Configuration.Vocabulary;
        var (when, except) = (query is null ? null : Query.Parse(query, vocabulary), unless is null ? null : Query.Parse(unless, vocabulary));
        var problems = ProblemsOf("When", query, when).Concat(ProblemsOf("Unless", unless, except)).ToList();
        var parsed = when?.Query is { } good && problems.Count == 0 ? new Rule(rule ?? "new-rule", good, except?.Query) { Needs = when.Needs } : null;
        using var turn = request.Get<WorkbenchTurns>().Take();
        if (turn is null)
        {
            return request.Refuse(StatusCodes.Status503ServiceUnavailable, "The workbench is busy", "Two others are trying queries. Try again in a few seconds.");
        }

        return request.Show<WorkbenchPage, WorkbenchModel>("Workbench", new(
            rule,
            [.. request.Configuration.Rules.Keys.Order(StringComparer.Ordinal)],
            query ?? "",
            unless ?? "",
            problems,
            parsed?.WhenText,
            parsed is null ? null : Trial.Of(parsed, request.Configuration, request.Database, request.Aborted),
            parsed is null ? null : JsonOf(rule, from?.Title, query!, unless),
            [
                .. vocabulary.Entities.Values.Select(entity => ($"@{entity.Id}", string.Join(", ", entity.Aliases.Prepend(entity.Name)))),
                .. vocabulary.Lists.Values.Select(list => ($"#{list.Id}", string.Join(", ", list.Terms))),
            ]));
    }

    private static IEnumerable<QueryProblem> ProblemsOf(string field, string? text, QueryResult? result) => (result?.Errors ?? []).Select(error =>
    {
        var line = text!.ReplaceLineEndings(" ").Replace('\t', ' ');
        return new QueryProblem(field, line, new string(' ', Math.Min(error.Offset, line.Length)) + new string('^', Math.Max(1, error.Length)), error.Message);
    });

    private static string JsonOf(string? rule, string? title, string when, string? unless)
    {
        var entry = new Dictionary<string, string> { ["Title"] = title ?? "A title that readers understand", ["When"] = when };
        if (unless is not null)
        {
            entry["Unless"] = unless;
        }

        return JsonSerializer.Serialize(new Dictionary<string, object> { [rule ?? "new-rule"] = entry }, Indented)[1..^1].Trim();
    }
}
