using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsWatch.Backtest;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Desk.Frames;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Desk.Pages;

/// <summary>What somebody wants to try, as it was written.</summary>
/// <param name="Rule">The rule that is changed, or the id of a new one; empty with an edit.</param>
/// <param name="Query">Its query; empty with an edit.</param>
/// <param name="Edit">JSON: entries that replace those of the same name in the configuration in force; empty with a query.</param>
/// <param name="Since">How far back: 1d, 7d, 30d or all.</param>
public sealed record BacktestAsked(string Rule, string Query, string Unless, string Edit, string Since)
{
    /// <summary>In a few words.</summary>
    public string What => Edit.Length > 0 ? "an edit of the configuration" : $"{Rule}: {Query}{(Unless.Length > 0 ? $" unless {Unless}" : "")}";
}

/// <summary>A backtest in a list.</summary>
/// <param name="State">waiting, running, done, cancelled, failed, or lost: the service ended before it did.</param>
public sealed record BacktestLine(long Id, DateTimeOffset At, string By, BacktestAsked Asked, string Program, string State);

/// <summary>The backtests of the last 7 days, and the form for another.</summary>
/// <param name="Problems">What is wrong with what was asked.</param>
/// <param name="Key">The form's own key.</param>
public sealed record BacktestListModel(IReadOnlyList<BacktestLine> Backtests, BacktestAsked Asked, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Rules, string Key);

/// <summary>One backtest.</summary>
/// <param name="Before">How many run before it; null for one that is over.</param>
/// <param name="Share">How much of it is done, in percent.</param>
/// <param name="Result">Null until it is done.</param>
/// <param name="Failure">Why it failed; null for all others.</param>
public sealed record BacktestModel(BacktestLine Line, int? Before, int Share, BacktestResult? Result, string? Failure);

/// <summary>Backtests: what would change if a rule were another?</summary>
internal static class BacktestPages
{
    public static readonly IReadOnlyList<string> Spans = ["1d", "7d", "30d", "all"];
    private const int MostShown = 50;

    public static IResult List(DeskRequest request)
    {
        var asked = new BacktestAsked(
            request.Asked.Text("rule") ?? "", request.Asked.Text("query") ?? "", request.Asked.Text("unless") ?? "", "", request.Asked.OneOf("since", Spans) ?? "30d");
        return List(request, asked, [], StatusCodes.Status200OK);
    }

    public static IResult One(DeskRequest request)
    {
        var kept = request.Number("id") is { } id ? request.Database.Read(db => BacktestStore.Find(db, id)) : null;
        if (kept is null)
        {
            return request.Missing("backtest");
        }

        var line = LineOf(kept, request);
        return request.Show<BacktestPage, BacktestModel>("Backtest", new(
            line,
            request.Get<BacktestQueue>().PlaceOf(kept.Id),
            request.Get<BacktestQueue>().Running is var running && running.Id == kept.Id ? running.Share : 0,
            kept is { State: BacktestState.Done, Result: { } result } ? StoredJson.Read<BacktestResult>(result) : null,
            kept is { State: BacktestState.Failed, Result: { } failure } ? StoredJson.Read<string>(failure) : null));
    }

    public static async Task<IResult> StartAsync(DeskRequest request, IFormCollection fields)
    {
        var asked = new BacktestAsked(Text("rule"), Text("query"), Text("unless"), Text("edit"), Spans.Contains(Text("since")) ? Text("since") : "30d");
        var (candidate, rule, problems) = Candidate(request, asked);
        if (candidate is null)
        {
            return List(request, asked, problems, StatusCodes.Status422UnprocessableEntity);
        }

        var since = asked.Since == "all" ? (DateTimeOffset?)null : request.Now - Values.Duration(asked.Since).Value;
        var backtest = new BacktestRequest(candidate) { Baseline = request.Configuration, Rule = rule, Since = since, Near = rule is not null };
        var id = await request.Get<BacktestQueue>().StartAsync(backtest, StoredJson.Write(asked), request.Visitor.Name, Text("key") is { Length: > 0 and <= 64 } key ? key : null, request.Aborted);
        return id is null
            ? request.Refuse(StatusCodes.Status503ServiceUnavailable, "Too many backtests wait", $"{BacktestQueue.MaxOpen} backtests run or wait already. Cancel one, or try again when one is done.")
            : Shown(id.Value);

        string Text(string name) => fields[name].ToString().Trim();
    }

    public static Task<IResult> CancelAsync(DeskRequest request, IFormCollection fields)
    {
        var id = request.Number("id") ?? 0;
        return Task.FromResult(request.Get<BacktestQueue>().Cancel(id) || request.Database.Read(db => BacktestStore.Find(db, id)) is not null ? Shown(id) : request.Missing("backtest"));
    }

    private static IResult List(DeskRequest request, BacktestAsked asked, IReadOnlyList<Problem> problems, int status) => request.Show<BacktestListPage, BacktestListModel>(
        "Backtests",
        new(
            [.. request.Database.Read(db => BacktestStore.List(db, MostShown)).Select(kept => LineOf(kept, request))],
            asked,
            problems,
            [.. request.Configuration.Rules.Keys.Order(StringComparer.Ordinal)],
            Guid.NewGuid().ToString("N")),
        status);

    /// <summary>The configuration that is tried and the one rule to look at; null for all rules. Without a configuration what is wrong.</summary>
    private static (WatchConfiguration? Candidate, string? Rule, IReadOnlyList<Problem> Problems) Candidate(DeskRequest request, BacktestAsked asked)
    {
        if (asked.Edit.Length > 0)
        {
            return request.Visitor.MayAct ? OfEdit(request, asked.Edit) : (null, null, [Wrong("Edit", "Operators alone try edits of the configuration: they may name secrets.")]);
        }

        if (asked.Query.Length == 0)
        {
            return (null, null, [Wrong("When", "Write a query, or paste an edit of the configuration.")]);
        }

        var vocabulary = request.Configuration.Vocabulary;
        var (when, unless) = (Query.Parse(asked.Query, vocabulary), asked.Unless.Length > 0 ? Query.Parse(asked.Unless, vocabulary) : null);
        var problems = when.Errors.Select(error => Wrong("When", error.Message)).Concat((unless?.Errors ?? []).Select(error => Wrong("Unless", error.Message))).ToList();
        var rule = asked.Rule.Length > 0 ? asked.Rule : "new-rule";
        return problems.Count > 0 ? (null, null, problems) : (BacktestCandidate.WithQuery(request.Configuration, new(rule, when.Query!, unless?.Query) { Needs = when.Needs }), rule, []);
    }

    private static (WatchConfiguration? Candidate, string? Rule, IReadOnlyList<Problem> Problems) OfEdit(DeskRequest request, string edit) =>
        LastGood.LoadWith(request.Database, request.Get<ConfigurationLoader>(), new("the edit", edit)) switch
        {
            null => (null, null, [Wrong("Edit", "No configuration is kept that the edit could be laid over.")]),
            LoadResult.Loaded loaded => (loaded.Configuration, null, []),
            var refused => (null, null, [.. refused.Problems.Where(problem => !problem.IsWarning)]),
        };

    private static Problem Wrong(string path, string message) => new(new("", 0, 0), path, message, IsWarning: false);

    private static BacktestLine LineOf(KeptBacktest kept, DeskRequest request)
    {
        var place = request.Get<BacktestQueue>().PlaceOf(kept.Id);
        var state = kept.State != BacktestState.Waiting ? StoredName.Of(kept.State) : place switch { null => "lost", 0 => "running", _ => "waiting" };
        return new(kept.Id, kept.At, kept.By, StoredJson.Read<BacktestAsked>(kept.Asked), kept.Program, state);
    }

    private static IResult Shown(long id) => Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/backtests/{id}"));
}
