using NewsWatch.Configuration.Json;
using NewsWatch.Desk.Access;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Pages;
using NewsWatch.Messages;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Api;

/// <summary>The service's work as programs read it; people's addresses as the visitor may see them.</summary>
internal static class WorkShapes
{
    public static NowJson Of(NowModel model, Pulse pulse) => new(
        pulse.Ready,
        [.. model.Needs.Select(need => new NeedJson(NewsShapes.Clean(need.What), need.Command))],
        model.Waits?.Median.TotalSeconds,
        model.Waits?.P99.TotalSeconds,
        model.Counts.Sources,
        model.Counts.Deliveries,
        model.Counts.WaitingItems,
        model.NewestArticle,
        [.. model.Alerts.Select(NewsShapes.Of)]);

    public static SourceJson Of(SourceLine line) =>
        new(line.Id, line.State, line.Since, NewsShapes.Clean(line.Why), line.Failures, line.LastPoll, line.LastSuccess, line.LastItem, line.NextDue, line.MovedTo);

    public static SourceSheetJson Of(SourceModel model) => new(
        Of(model.Source),
        model.Configured?.Url,
        [.. model.Items.Select(item => new ItemJson(NewsShapes.Clean(item.Key), item.State, item.FirstSeen, item.Outcome, item.Article, item.Title is null ? null : NewsShapes.Clean(item.Title)))]);

    public static DeliveryJson Of(DeliveryLine line, Func<string, string> recipient) => new(
        line.Id,
        line.Kind,
        line.State,
        recipient(line.Subscriber),
        line.Channel,
        line.Alert,
        line.Rule,
        NewsShapes.Clean(line.About),
        line.Created,
        line.Due,
        line.Attempts,
        line.LastError is null ? null : NewsShapes.Clean(line.LastError),
        line.MessageId,
        line.SentAt,
        line.Reply is null ? null : NewsShapes.Clean(line.Reply));

    public static AttemptJson Of(AttemptLine line) => new(line.N, line.Started, line.Ended, line.Outcome, line.Reply is null ? null : NewsShapes.Clean(line.Reply));

    public static DeliverySheetJson Of(DeliveryModel model, Func<string, string> recipient) => new(
        Of(model.Delivery, recipient), [.. model.Attempts.Select(Of)], [.. model.Together.Select(other => Of(other, recipient))], model.Message?.Subject, model.Message?.Text);

    public static RuleJson Of(RuleRow row, Visitor visitor) => new(
        row.Rule.Id,
        row.Rule.Title,
        StoredName.Of(row.Rule.Severity),
        row.Rule.When,
        row.Rule.Unless,
        row.Rule.Owner is { } owner ? visitor.Recipient(owner) : null,
        row.Rule.Labels,
        row.Tally?.Alerts ?? 0,
        row.Tally?.Last);

    public static RuleSheetJson Of(RuleModel model) => new(
        model.Id, model.Rule?.Title, model.Rule?.When, model.Rule?.Unless, [.. model.Days.Select(day => day.Values[0])], model.Subscribers, [.. model.Alerts.Select(NewsShapes.Of)]);

    public static SubscriberJson Of(SubscriberRow row, Visitor visitor) => new(
        row.Subscriber.Id,
        row.Subscriber.Email is { } email ? visitor.Address(email) : null,
        row.Subscriber.Channel,
        row.Subscriber.TimeZone.Id,
        row.Subscriber.Rules is { } rules ? [.. rules.Order(StringComparer.Ordinal)] : null,
        row.Tally?.Sent ?? 0,
        row.Tally?.Held ?? 0,
        row.Tally?.Dead ?? 0,
        row.Tally?.Last);

    public static SilenceJson Of(SilenceLine line, DateTimeOffset now, Func<string, string> recipient) => new(
        line.Silence.Id,
        StoredName.Of(line.Silence.Scope),
        line.Silence.Target,
        line.Title is null ? null : NewsShapes.Clean(line.Title),
        line.Silence.From,
        line.Silence.Until,
        NewsShapes.Clean(line.Silence.Reason),
        recipient(line.Silence.By),
        line.Silence.WithFlash,
        line.Silence.IsHeld,
        line.IsOn(now),
        line.Ended,
        line.EndedBy is null ? null : recipient(line.EndedBy),
        line.KeptBack);

    public static SilenceSheetJson Of(SilenceModel model, DateTimeOffset now, Func<string, string> recipient) => new(
        Of(model.Line, now, recipient), [.. model.KeptBack.Select(one => new KeptBackJson(one.At, one.Alert, one.Subscriber, one.Channel, one.Rule, NewsShapes.Clean(one.Title)))]);

    public static ConfigurationJson Of(ConfigurationModel model) => new(
        model.Version,
        model.Since,
        model.Holds.ToDictionary(held => held.What, held => held.Count),
        [.. model.Refused.Select(refused => new RefusedJson(refused.At, refused.IsInTheWay, [.. refused.Problems.Select(Of)]))]);

    public static ReplicaJson Of(ReplicaView view) => new(
        NewsShapes.Clean(view.Row.Name),
        view.Row.Version,
        view.Report?.Configuration,
        view.Row.Started,
        view.Row.Seen,
        view.Report?.Cycle,
        view.Report?.Problem is { } problem ? NewsShapes.Clean(problem) : null,
        (int)view.Row.Shards,
        (int)view.Row.Lanes,
        view.Row.Leads,
        (int)view.LateSources,
        view.Lag.TotalSeconds);

    public static ProblemJson Of(Problem problem) => new(problem.Path, problem.Message, problem.IsWarning, problem.Excerpt);

    public static ActJson Of(ActLine line, Func<string, string> recipient) =>
        new(line.Id, line.At, NewsShapes.Clean(recipient(line.Actor)), line.Way, line.What, NewsShapes.Clean(line.Target), NewsShapes.Clean(line.Detail));

    public static BacktestJson Of(BacktestLine line, Func<string, string> recipient) => new(
        line.Id, line.At, recipient(line.By), line.Asked.Rule, line.Asked.Query, line.Asked.Unless, line.Asked.Edit.Length > 0, line.Asked.Since, line.Program, line.State);

    public static BacktestSheetJson Of(BacktestModel model, Func<string, string> recipient) => new(Of(model.Line, recipient), model.Before, model.Share, model.Result, model.Failure);

    public static WorkbenchJson Of(WorkbenchModel model) => new(
        model.Query,
        model.Unless,
        model.Understood,
        [.. model.Problems.Select(problem => new ProblemJson(problem.Field, problem.Message, Warning: false, $"{TextCleaner.Line(problem.Line)}\n{problem.Caret}"))],
        model.Trial?.Looked ?? 0,
        model.Trial?.Found ?? 0,
        [.. (model.Trial?.Funnel ?? []).Select(step => new FunnelJson(step.Clause, step.Left))],
        [.. (model.Trial?.Matches ?? []).Select(match => Of(match.Reading, [.. match.Excerpts.Select(NewsShapes.Of)], null))],
        [.. (model.Trial?.NearMisses ?? []).Select(near => Of(near.Reading, [], near.Missing))],
        model.Warnings,
        model.Json);

    private static TriedJson Of(TriedReading reading, IReadOnlyList<ExcerptJson> excerpts, string? missing) =>
        new(reading.Article, reading.At, NewsShapes.Clean(reading.Title), reading.Url, reading.Source, excerpts, missing);
}
