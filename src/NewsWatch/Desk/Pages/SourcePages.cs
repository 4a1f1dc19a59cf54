using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration;
using NewsWatch.Desk.Frames;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>All sources on one page.</summary>
/// <param name="State">The one state that is shown; null for all.</param>
public sealed record SourceListModel(IReadOnlyList<SourceLine> Sources, string? State, IReadOnlyDictionary<string, int> Counts);

/// <summary>One source.</summary>
/// <param name="Configured">As the configuration has it; null when it no longer has it.</param>
public sealed record SourceModel(SourceLine Source, Source? Configured, IReadOnlyList<ItemLine> Items);

/// <summary>Sources: which are ill, since when, how ill.</summary>
internal static class SourcePages
{
    private const int MaxItems = 50;
    private static readonly string[] States = ["ok", "failing", "stale", "gone"];

    public static IResult List(DeskRequest request)
    {
        var state = request.Asked.OneOf("state", States);
        var all = request.Database.Read(SourceViews.All);
        return request.Show<SourceListPage, SourceListModel>(
            "Sources", new([.. all.Where(source => state is null || source.State == state)], state, all.CountBy(source => source.State).ToDictionary()));
    }

    public static IResult One(DeskRequest request)
    {
        var id = request.Part("id");
        var model = request.Database.Read(db => SourceViews.Find(db, id) is { } source
            ? new SourceModel(source, request.Configuration.Sources.GetValueOrDefault(id), SourceViews.Items(db, id, MaxItems))
            : null);
        return model is null ? request.Missing("source") : request.Show<SourcePage, SourceModel>(id, model);
    }
}
