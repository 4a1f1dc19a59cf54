using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Pages;

namespace NewsWatch.Desk.Api;

/// <summary>Turns what a page answers into what a program reads: JSON in snake case, and problems after RFC 9457.</summary>
internal static class ApiAnswer
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // without it no schema is made before the first answer
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The same, for a program.</summary>
    public static IResult Of(IResult shown, DeskRequest request) => shown switch
    {
        PageResult { Status: < 400 } page => Results.Json(Shapes.Of(page.Model, request), Options),
        PageResult page => Problem(page.Status, page.Title, Detail(page.Model), Errors(page.Model)),
        RedirectHttpResult { Url: var place } => Done(ApiRoutes.Twin(place)!),
        _ => shown,
    };

    /// <summary>What went wrong, and what to do.</summary>
    /// <param name="errors">What is wrong with each field; null where no field is.</param>
    public static IResult Problem(int status, string title, string detail, IReadOnlyDictionary<string, string>? errors = null) =>
        Results.Json(new ProblemDetailsJson("about:blank", title, status, detail, errors), Options, "application/problem+json", status);

    private static IResult Done(string self) =>
        long.TryParse(self[(self.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Results.Json(new DoneJson(id, self), Options, statusCode: StatusCodes.Status201Created)
            : Results.NoContent();

    private static string Detail(object model) => model switch
    {
        string what => what,
        SilenceModel { Problem: { } problem } => problem,
        DeliveryModel { Problem: { } problem } => problem,
        BacktestListModel { Problems: { Count: > 0 } problems } => problems[0].Message,
        NewSilenceModel { Problems: { Count: > 0 } problems } => problems.Values.First(),
        _ => "This cannot be done.",
    };

    private static IReadOnlyDictionary<string, string>? Errors(object model) => model switch
    {
        NewSilenceModel form => form.Problems,
        BacktestListModel form => form.Problems.GroupBy(problem => problem.Path).ToDictionary(path => path.Key, path => string.Join(' ', path.Select(problem => problem.Message))),
        _ => null,
    };
}

/// <summary>A problem after RFC 9457.</summary>
/// <param name="Detail">One sentence: what is wrong, and what to do.</param>
/// <param name="Errors">What is wrong with each field; null where no field is.</param>
internal sealed record ProblemDetailsJson(string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string>? Errors);
