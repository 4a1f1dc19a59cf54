using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Pages;

namespace NewsWatch.Desk.Api;

/// <summary>What a page shows, as JSON: the same rows, so that the two never differ.</summary>
internal static class Shapes
{
    /// <summary>The record that programs read for a page's model.</summary>
    /// <exception cref="InvalidOperationException">No program can read this page: its route is missing in <see cref="ApiRoutes"/>.</exception>
    public static object Of(object model, DeskRequest request)
    {
        var visitor = request.Visitor;
        Func<string, string> recipient = visitor.Recipient;
        return model switch
        {
            NowModel now => WorkShapes.Of(now, request.Get<PulseReader>().Read()),
            AlertListModel list => NewsShapes.List(list.Rows, NewsShapes.Of),
            AlertModel one => NewsShapes.Of(one, recipient),
            StoryListModel list => NewsShapes.List(list.Rows, NewsShapes.Of),
            StoryModel one => NewsShapes.Of(one),
            ArticleListModel list => NewsShapes.Of(list),
            ArticleModel one => NewsShapes.Of(one),
            DecisionListModel list => NewsShapes.List(list.Rows, line => NewsShapes.Of(line, recipient)),
            SourceListModel list => Whole(list.Sources.Select(WorkShapes.Of)),
            SourceModel one => WorkShapes.Of(one),
            DeliveryListModel list => NewsShapes.List(list.Rows, line => WorkShapes.Of(line, recipient)),
            DeliveryModel one => WorkShapes.Of(one, recipient),
            RuleListModel list => Whole(list.Rules.Select(row => WorkShapes.Of(row, visitor))),
            RuleModel one => WorkShapes.Of(one),
            SubscriberListModel list => Whole(list.Subscribers.Select(row => WorkShapes.Of(row, visitor))),
            SubscriberModel one => new SubscriberSheetJson(WorkShapes.Of(one.Row, visitor), [.. one.Deliveries.Select(line => WorkShapes.Of(line, recipient))]),
            SilenceListModel list => Whole(list.On.Concat(list.Ended).Select(line => WorkShapes.Of(line, request.Now, recipient))),
            SilenceModel one => WorkShapes.Of(one, request.Now, recipient),
            ConfigurationModel one => WorkShapes.Of(one),
            ActListModel list => NewsShapes.List(list.Rows, line => WorkShapes.Of(line, recipient)),
            ReplicaListModel list => Whole(list.Replicas.Select(WorkShapes.Of)),
            BacktestListModel list => Whole(list.Backtests.Select(line => WorkShapes.Of(line, recipient))),
            BacktestModel one => WorkShapes.Of(one, recipient),
            WorkbenchModel one => WorkShapes.Of(one),
            _ => throw new InvalidOperationException($"{model.GetType().Name} has no shape for programs"),
        };
    }

    private static ListJson<T> Whole<T>(IEnumerable<T> all) => new([.. all], null);
}
