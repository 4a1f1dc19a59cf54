using Microsoft.AspNetCore.Http;
using NewsWatch.Configuration;
using NewsWatch.Desk.Frames;
using NewsWatch.Silences;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>All sources on one page.</summary>
/// <param name="State">The one state that is shown; null for all.</param>
public sealed record SourceListModel(IReadOnlyList<SourceLine> Sources, string? State, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>The pauses that are on, by their sources.</summary>
    public IReadOnlyDictionary<string, Pause> Pauses { get; init; } = new Dictionary<string, Pause>();
}

/// <summary>One source.</summary>
/// <param name="Configured">As the configuration has it; null when it no longer has it.</param>
public sealed record SourceModel(SourceLine Source, Source? Configured, IReadOnlyList<ItemLine> Items)
{
    /// <summary>The pause that is on; null for none.</summary>
    public Pause? Pause { get; init; }

    /// <summary>Why an act on it was not done; null when nothing is wrong.</summary>
    public string? Problem { get; init; }
}

/// <summary>Sources: which are ill, since when, how ill.</summary>
internal static class SourcePages
{
    private const int MaxItems = 50;
    private static readonly string[] States = ["ok", "failing", "stale", "gone"];

    public static IResult List(DeskRequest request)
    {
        var state = request.Asked.OneOf("state", States);
        var (all, pauses) = request.Database.Read(db => (SourceViews.All(db), PauseStore.On(db, request.Now)));
        return request.Show<SourceListPage, SourceListModel>(
            "Sources", new([.. all.Where(source => state is null || source.State == state)], state, all.CountBy(source => source.State).ToDictionary()) { Pauses = pauses.ToDictionary(pause => pause.Source) });
    }

    public static IResult One(DeskRequest request) => Page(request, null, StatusCodes.Status200OK);

    public static async Task<IResult> PauseAsync(DeskRequest request, IFormCollection fields)
    {
        var (made, problems) = PauseRegister.Read(request.Part("id"), fields["for"].ToString(), fields["reason"].ToString(), request.Configuration, request.Visitor.Name, request.Now);
        if (made is null)
        {
            return Page(request, string.Join(" ", problems.Values), StatusCodes.Status422UnprocessableEntity);
        }

        await request.Get<PauseRegister>().MakeAsync(made, request.Actor, request.Aborted);
        return Shown(request);
    }

    public static async Task<IResult> ResumeAsync(DeskRequest request, IFormCollection fields) =>
        await request.Get<PauseRegister>().EndAsync(request.Part("id"), request.Actor, request.Aborted) ? Shown(request) : Page(request, "This source is not paused.", StatusCodes.Status409Conflict);

    private static IResult Page(DeskRequest request, string? problem, int status)
    {
        var id = request.Part("id");
        var model = request.Database.Read(db => SourceViews.Find(db, id) is { } source
            ? new SourceModel(source, request.Configuration.Sources.GetValueOrDefault(id), SourceViews.Items(db, id, MaxItems)) { Pause = PauseStore.Of(db, id, request.Now), Problem = problem }
            : null);
        return model is null ? request.Missing("source") : request.Show<SourcePage, SourceModel>(id, model, status);
    }

    private static IResult Shown(DeskRequest request) => Results.Redirect($"/desk/sources/{Uri.EscapeDataString(request.Part("id"))}");
}
