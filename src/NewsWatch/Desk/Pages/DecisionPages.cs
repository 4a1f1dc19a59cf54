using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>The list of decisions.</summary>
public sealed record DecisionListModel(Rows<DecisionLine> Rows, string? Rule, string? Subscriber, IReadOnlyList<string> Rules, IReadOnlyList<string> Subscribers);

/// <summary>Decisions: why this was told to somebody, and that was not.</summary>
internal static class DecisionPages
{
    private const char Between = '~';

    public static IResult List(DeskRequest request)
    {
        var (rule, subscriber, before) = (request.Asked.Text("rule"), request.Asked.Text("subscriber"), request.Asked.Text("before"));
        DecisionPlace? place = null;
        if (before is not null && !TryRead(before, out place))
        {
            return request.Refuse(StatusCodes.Status400BadRequest, "This address asks for something odd", $"before={before} is no place in the list. Begin at the newest decision.");
        }

        return request.Show<DecisionListPage, DecisionListModel>("Decisions", new(
            Paging.Page(
                request.Database.Read(db => DecisionViews.List(db, rule, subscriber, place, Paging.Size + 1)), "/desk/decisions", place is null, Place, ("rule", rule), ("subscriber", subscriber)),
            rule,
            subscriber,
            [.. request.Configuration.Rules.Keys.Order(StringComparer.Ordinal)],
            [.. request.Configuration.Subscribers.Keys.Order(StringComparer.Ordinal)]));
    }

    private static string Place(DecisionLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.At.ToUnixTimeMilliseconds()}{Between}{line.Article}{Between}{line.Rule}{Between}{line.Subscriber}");

    private static bool TryRead(string text, out DecisionPlace? place)
    {
        place = text.Split(Between) is [var at, var article, var rule, var subscriber]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && long.TryParse(article, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(time, number, rule, subscriber)
            : null;
        return place is not null;
    }
}
