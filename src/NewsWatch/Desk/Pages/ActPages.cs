using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Desk.Pages;

/// <summary>What somebody did that changed the state of the service.</summary>
/// <param name="Way">desk or command.</param>
public sealed record ActLine(long Id, DateTimeOffset At, string Actor, string Way, string What, string Target, string Detail);

/// <summary>The record of acts.</summary>
public sealed record ActListModel(Rows<ActLine> Rows);

/// <summary>Acts: who did what, and when. Nobody can change the record; it is kept for 400 days.</summary>
internal static class ActPages
{
    public static IResult List(DeskRequest request)
    {
        var before = request.Asked.Number("before");
        var read = request.Database.Read(db => ActStore.List(db, before, Paging.Size + 1))
            .Select(row => new ActLine(row.Id, row.Act.At, row.Act.Actor, row.Act.IsCommand ? "command" : "desk", row.Act.What, row.Act.Target, row.Act.Detail)).ToList();
        return request.Show<ActListPage, ActListModel>("Acts", new(Paging.Page(read, "/desk/acts", before is null, act => Paging.Place(act.Id))));
    }

    /// <summary>What somebody tried who may not act: nothing is done, and it is written down.</summary>
    public static async Task<IResult> RefuseAsync(DeskRequest request)
    {
        await request.Database.WriteAsync(db => ActStore.Add(db, new(request.Now, request.Visitor.Name, IsCommand: false, "refused", request.Path, "a viewer may not act")), request.Aborted);
        return request.Refuse(StatusCodes.Status403Forbidden, "Operators alone act", "Nothing was changed. Sign in as an operator: with Web:OperatorToken, or by the link that newswatch desk prints.");
    }
}
