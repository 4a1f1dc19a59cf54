using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Desk.Frames;

namespace NewsWatch.Desk.Pages;

/// <summary>A query that is tried on what came in last.</summary>
/// <param name="Rule">The rule that it was taken from; null for a new one.</param>
/// <param name="Problems">What is wrong with the two queries, each with the text and a caret line.</param>
/// <param name="Trial">What it found; null while there is nothing to try.</param>
/// <param name="Examples">The rule's own examples and those that were added, each with whether it comes out as it should.</param>
/// <param name="Warnings">What the examples do not show, and what finds less than it may seem.</param>
/// <param name="Json">The entry to paste into Rules; null while there is nothing to paste.</param>
/// <param name="Names">What may be named, and what each stands for.</param>
public sealed record WorkbenchModel(
    string? Rule, IReadOnlyList<string> Rules, string Query, string Unless, IReadOnlyList<QueryProblem> Problems, string? Understood, Trial? Trial, IReadOnlyList<TriedExample> Examples,
    IReadOnlyList<string> Warnings, string? Json, IReadOnlyList<(string Name, string Means)> Names)
{
    /// <summary>The most characters of an example.</summary>
    internal const int MaxExample = 500;

    /// <summary>The address of the same trial with other examples.</summary>
    public string With(string? fires = null, string? not = null, string? without = null)
    {
        var added = Examples.Where(example => example.IsAdded && example.Text != without).Select(example => (Name: example.Fires ? "fires" : "not", example.Text));
        (string Name, string? Text)[] all = [("rule", Rule), ("query", Query), ("unless", Unless), .. added, ("fires", Cut(fires)), ("not", Cut(not))];
        return "/desk/workbench?" + string.Join('&', all.Where(part => !string.IsNullOrEmpty(part.Text)).Distinct().Select(part => $"{part.Name}={Uri.EscapeDataString(part.Text!)}"));
    }

    private static string? Cut(string? text) => text is { Length: > MaxExample } ? text[..MaxExample] : text;
}

/// <summary>One thing that is wrong with a query.</summary>
/// <param name="Line">The query in one line.</param>
/// <param name="Caret">The marks under it.</param>
public sealed record QueryProblem(string Field, string Line, string Caret, string Message);

/// <summary>A text on which a rule must fire, or must not.</summary>
/// <param name="IsAdded">True for one that was added on the workbench.</param>
/// <param name="Passes">False where the rule does otherwise.</param>
public sealed record TriedExample(string Text, bool Fires, bool IsAdded, bool Passes);

/// <summary>The workbench: what would this query find?</summary>
internal static class WorkbenchPages
{
    private const int MaxExamples = 10;
    private const int MaxSources = 200;

    private static readonly (string Name, string Means)[] Operators =
    [
        ("AND", "both, anywhere"), ("OR", "one of them"), ("NOT", "not this"), ("NEAR/10", "at most ten words between them, in any order"), ("ONEAR/10", "the same, in this order"),
        ("EXCEPT", "where it is not part of the other: Washington EXCEPT \"Washington Post\""), ("atleast3(", "at least three times: atleast3(sanctions)"), ("title:", "only in the headline"),
        ("body:", "only in the text"), ("section:", "only in the section"), ("author:", "only among the authors"), ("source:", "only from this source"), ("publisher:", "only from this publisher"),
        ("lang:", "only in this language: lang:en"), ("by:date", "sets, extends or moves a deadline; by:7d one within seven days"), ("said:", "a quote of this speaker: said:@brandt(sanctions)"),
        ("changed:", "alerts only when an alerted article changes: changed:number"),
    ];

    public static Task<IResult> ShowAsync(DeskRequest request) => TryAsync(request, model => request.Show<WorkbenchPage, WorkbenchModel>("Workbench", model));

    /// <summary>The part of the page that changes while somebody types.</summary>
    public static Task<IResult> LookAsync(DeskRequest request) => TryAsync(request, model => request.Show<WorkbenchResult, WorkbenchModel>("Workbench", model));

    private static async Task<IResult> TryAsync(DeskRequest request, Func<WorkbenchModel, IResult> show)
    {
        var (rule, query, unless) = (request.Asked.Text("rule"), request.Asked.Text("query"), request.Asked.Text("unless"));
        var added = new RuleExamples(request.Asked.Texts("fires", MaxExamples, WorkbenchModel.MaxExample), request.Asked.Texts("not", MaxExamples, WorkbenchModel.MaxExample));
        var from = rule is null ? null : request.Configuration.Rules.GetValueOrDefault(rule);
        if (rule is not null && from is null)
        {
            return request.Missing("rule");
        }

        if (query is null && from is not null)
        {
            (query, unless) = (from.When, from.Unless);
        }

        using var turn = await request.Get<WorkbenchTurns>().TakeAsync(request.Aborted);
        return turn is null
            ? request.Refuse(StatusCodes.Status503ServiceUnavailable, "The workbench is busy", "Two others are trying queries. Try again in a few seconds.")
            : show(Model(request, from, query, unless, added));
    }

    private static WorkbenchModel Model(DeskRequest request, WatchRule? from, string? query, string? unless, RuleExamples added)
    {
        var vocabulary = request.Configuration.Vocabulary;
        var (when, except) = (query is null ? null : Query.Parse(query, vocabulary), unless is null ? null : Query.Parse(unless, vocabulary));
        var problems = ProblemsOf("When", query, when).Concat(ProblemsOf("Unless", unless, except)).ToList();
        if (except is { Needs.IsAny: true })
        {
            problems.Add(new("Unless", unless!.ReplaceLineEndings(" "), "", $"{except.Needs} is no part of an article's words. Write it in When."));
        }

        var parsed = when?.Query is { } good && problems.Count == 0 ? new Rule(from?.Id ?? "new-rule", good, except?.Query) { Needs = when.Needs } : null;
        var own = from?.Examples ?? RuleExamples.None;
        var examples = new RuleExamples([.. own.Fires.Union(added.Fires)], [.. own.NotFires.Union(added.NotFires)]);
        var found = parsed is null ? [] : RuleCheck.Check([(parsed, examples)], vocabulary).ToList();
        return new(
            from?.Id,
            [.. request.Configuration.Rules.Keys.Order(StringComparer.Ordinal)],
            query ?? "",
            unless ?? "",
            problems,
            parsed?.WhenText,
            parsed is null ? null : Trial.Run(parsed, request.Configuration, request.Database, request.Aborted),
            [
                .. examples.Fires.Select((text, at) => new TriedExample(text, Fires: true, !own.Fires.Contains(text), !found.Exists(problem => problem.Kind == RuleProblemKind.SilentExample && problem.Example == at))),
                .. examples.NotFires.Select((text, at) => new TriedExample(text, Fires: false, !own.NotFires.Contains(text), !found.Exists(problem => problem.Kind == RuleProblemKind.LoudExample && problem.Example == at))),
            ],
            [.. found.Where(problem => problem.Kind is not (RuleProblemKind.SilentExample or RuleProblemKind.LoudExample)).Select(problem => problem.Message)],
            parsed is null ? null : RuleEntry.Of(from, from?.Owner is { } owner ? request.Visitor.Address(owner) : null, query!, unless, examples),
            [
                .. vocabulary.Entities.Values.Select(entity => ($"@{entity.Id}", string.Join(", ", entity.Aliases.Prepend(entity.Name)))),
                .. vocabulary.Lists.Values.Select(list => ($"#{list.Id}", string.Join(", ", list.Terms))),
                .. Operators,
                .. request.Configuration.Sources.Count <= MaxSources ? request.Configuration.Sources.Keys.Select(source => ($"source:{source}", "only from this source")) : [],
            ]);
    }

    private static IEnumerable<QueryProblem> ProblemsOf(string field, string? text, QueryResult? result) => (result?.Errors ?? []).Select(error =>
    {
        var line = text!.ReplaceLineEndings(" ").Replace('\t', ' ');
        return new QueryProblem(field, line, new string(' ', Math.Min(error.Offset, line.Length)) + new string('^', Math.Max(1, error.Length)), error.Message);
    });
}
