using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Drills;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Desk.Pages;

/// <summary>The drills, and the form that begins one.</summary>
/// <param name="Rules">Ids of rules with examples.</param>
/// <param name="Subscribers">Ids of subscribers.</param>
/// <param name="Rule">The rule that was asked for; empty for any.</param>
/// <param name="To">operator, or a subscriber's id.</param>
/// <param name="Problem">Why no drill was begun; null when nothing is wrong.</param>
/// <param name="Key">The form's own key, so that a form that is sent twice begins one drill.</param>
public sealed record DrillListModel(Rows<Drill> Rows, IReadOnlyList<string> Rules, IReadOnlyList<string> Subscribers, string Rule, string To, string? Problem, string Key);

/// <summary>One drill and its messages.</summary>
public sealed record DrillModel(Drill Drill, IReadOnlyList<DrillMessage> Messages);

/// <summary>Drills: does an alert still arrive, and how long does each step take?</summary>
internal static class DrillPages
{
    public static IResult List(DeskRequest request) => Form(request, "", DrillPlan.Operator, null, StatusCodes.Status200OK);

    public static async Task<IResult> BeginAsync(DeskRequest request, IFormCollection fields)
    {
        var (rule, to) = (fields["rule"].ToString(), fields["to"].ToString() is { Length: > 0 } reader ? reader : DrillPlan.Operator);
        var (plan, problem) = DrillPlan.Create(rule, [], to, request.Configuration, request.Now);
        if (plan is null)
        {
            return Form(request, rule, to, problem, StatusCodes.Status422UnprocessableEntity);
        }

        var key = fields["key"].ToString() is { Length: > 0 and <= 64 } given ? given : null;
        var id = await request.Get<DrillRegister>().BeginAsync(plan, request.Actor, planned: null, key, request.Aborted);
        return Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/drills/{id}"));
    }

    public static IResult One(DeskRequest request)
    {
        var model = request.Number("id") is { } id ? request.Database.Read(db => DrillStore.Find(db, id) is { } drill ? new DrillModel(drill, DrillStore.Messages(db, id)) : null) : null;
        return model is null ? request.Missing("drill") : request.Show<DrillPage, DrillModel>("Drill", model);
    }

    private static IResult Form(DeskRequest request, string rule, string to, string? problem, int status)
    {
        var before = request.Asked.Number("before");
        var drills = request.Database.Read(db => DrillStore.List(db, before, Paging.Size + 1));
        return request.Show<DrillListPage, DrillListModel>(
            "Drills",
            new(
                Paging.Page(drills, "/desk/drills", before is null, drill => Paging.Place(drill.Id)),
                [.. request.Configuration.Rules.Values.Where(one => one.Examples.Fires.Count > 0).Select(one => one.Id).Order(StringComparer.Ordinal)],
                [.. request.Configuration.Subscribers.Keys.Order(StringComparer.Ordinal)],
                rule,
                to,
                problem,
                Guid.NewGuid().ToString("N")),
            status);
    }
}
