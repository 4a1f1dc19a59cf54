using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Parts;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>The list of stories.</summary>
/// <param name="Alerted">True for those with an alert alone.</param>
public sealed record StoryListModel(Rows<StoryLine> Rows, bool Alerted);

/// <summary>One story and all that came of it.</summary>
/// <param name="Events">In the order in which they came.</param>
public sealed record StoryModel(StoryLine Story, IReadOnlyList<StoryEvent> Events);

/// <summary>A point of a story's time line: a reading, an alert, or a merge or split.</summary>
public sealed record StoryEvent(DateTimeOffset At, ReadingLine? Reading = null, AlertLine? Alert = null, StoryChangeLine? Change = null);

/// <summary>Stories: how they went.</summary>
internal static class StoryPages
{
    private static readonly string[] Which = ["alerted", "all"];

    public static IResult List(DeskRequest request)
    {
        var (which, before) = (request.Asked.OneOf("show", Which), request.Asked.Number("before"));
        return request.Show<StoryListPage, StoryListModel>("Stories", request.Database.Read(db => new StoryListModel(
            Paging.Page(StoryViews.List(db, which == "alerted", before, Paging.Size + 1), "/desk/stories", before is null, story => Paging.Place(story.Id), ("show", which)), which == "alerted")));
    }

    public static IResult One(DeskRequest request)
    {
        var model = request.Number("id") is { } id ? request.Database.Read(db => StoryViews.Find(db, id) is { } story
            ? new StoryModel(
                story,
                [.. ArticleViews.ReadingsOfStory(db, id).Select(reading => new StoryEvent(reading.At, Reading: reading))
                    .Concat(AlertViews.OfStory(db, id).Select(alert => new StoryEvent(alert.Created, Alert: alert)))
                    .Concat(StoryViews.Changes(db, id).Select(change => new StoryEvent(change.At, Change: change))).OrderBy(happened => happened.At)])
            : null) : null;
        return model is null ? request.Missing("story") : request.Show<StoryPage, StoryModel>("Story", model);
    }
}
