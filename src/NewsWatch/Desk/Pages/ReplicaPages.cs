using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Storage.Views;
using NewsWatch.Storage.Work;

namespace NewsWatch.Desk.Pages;

/// <summary>The services that share the database.</summary>
/// <param name="Replicas">By name; none where the database is a file, on which one service works.</param>
/// <param name="OldestItem">When the oldest item that waits to be decided on was due; null for none.</param>
/// <param name="OldestDelivery">When the oldest message that waits is due; null for none.</param>
public sealed record ReplicaListModel(IReadOnlyList<ReplicaView> Replicas, DateTimeOffset? OldestItem, DateTimeOffset? OldestDelivery);

/// <summary>Replicas: who works on the database, what of the work is whose, and how late each is.</summary>
internal static class ReplicaPages
{
    public static IResult List(DeskRequest request) => request.Show<ReplicaListPage, ReplicaListModel>(
        "Replicas", request.Database.Read(db => new ReplicaListModel(ReplicaViews.All(db), WorkStore.OldestItem(db), WorkStore.OldestDelivery(db))));
}
