using NewsWatch.Core.Rules;
using NewsWatch.Desk.Pages;
using NewsWatch.Desk.Parts;
using NewsWatch.Messages;
using NewsWatch.Storage;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Api;

/// <summary>News as programs read it. Texts of strangers are cleaned as on pages: whoever prints them gets no control characters.</summary>
internal static class NewsShapes
{
    private const int MaxText = 20_000;

    public static ListJson<TJson> List<TRow, TJson>(Rows<TRow> rows, Func<TRow, TJson> shape) => new([.. rows.These.Select(shape)], ApiRoutes.Twin(rows.Older));

    public static AlertJson Of(AlertLine line) => new(
        line.Id,
        line.Content.Key,
        line.Created,
        line.Content.Rule.Id,
        line.Content.Rule.Title,
        StoredName.Of(line.Content.Severity),
        StoredName.Of(line.Content.Reason),
        line.Content.Step,
        Clean(line.Content.Article.Title),
        line.Content.Article.Url,
        line.Content.Article.Source,
        Clean(line.Content.Article.SourceName),
        line.Content.Article.Id,
        line.Content.Story,
        line.Configuration,
        line.States);

    public static AlertSheetJson Of(AlertModel model, Func<string, string> recipient) => new(
        Of(model.Alert),
        model.Alert.Content.Rule.When,
        model.RuleToday,
        [.. model.Alert.Content.Hits.Select(hit => new HitJson(StoredName.Of(hit.Field), hit.Start, hit.Length, Clean(hit.Quote), hit.Clause, hit.Term, hit.Negated))],
        [.. model.Alert.Content.Excerpts.Select(Of)],
        [.. model.Decisions.Select(decision => Of(decision, recipient))],
        [.. model.Deliveries.Select(delivery => new SentJson(WorkShapes.Of(delivery, recipient), [.. model.Attempts[delivery.Id].Select(WorkShapes.Of)]))],
        [.. model.Story.Select(Of)]);

    public static ExcerptJson Of(Excerpt excerpt)
    {
        var clean = TextCleaner.Marked(excerpt, MaxText);
        return new(StoredName.Of(excerpt.Field), clean.Text, [.. clean.Marks.Select(mark => new MarkJson(mark.Start, mark.Length, mark.Negated))]);
    }

    public static StoryJson Of(StoryLine line) => new(line.Id, line.Key, Clean(line.Title), line.FirstSeen, line.LastSeen, line.Articles, line.Sources, line.Alerts);

    public static StorySheetJson Of(StoryModel model) => new(
        Of(model.Story), [.. model.Events.Select(happened => happened.Reading).OfType<ReadingLine>().Select(Of)], [.. model.Events.Select(happened => happened.Alert).OfType<AlertLine>().Select(Of)],
        [.. model.Events.Select(happened => happened.Change).OfType<StoryChangeLine>().Select(change => new StoryChangeJson(change.At, StoredName.Of(change.Kind), change.Other, Clean(change.Title)))]);

    public static ReadingJson Of(ReadingLine line) => new(line.Id, line.Article, line.At, Clean(line.Title), line.Source, line.Stage, line.Change, line.Configuration);

    public static ListJson<ArticleJson> Of(ArticleListModel model) => List(model.Rows, line => new ArticleJson(
        line.Id,
        line.Story,
        line.Url,
        Clean(line.Title),
        line.Source,
        line.Language,
        line.FirstSeen,
        line.Published,
        line.Rules,
        [.. model.Snippets.GetValueOrDefault(line.Id, []).Select(Of)]));

    public static ArticleSheetJson Of(ArticleModel model) => new(
        model.Sheet.Id,
        model.Sheet.Story,
        model.Sheet.Article.Url,
        Clean(model.Title.Text),
        Of(model.Text).Text,
        [.. model.Sheet.Article.Authors.Select(Clean)],
        model.Sheet.Source,
        model.Sheet.Article.Language,
        model.Sheet.FirstSeen,
        model.Sheet.Article.Published,
        [.. model.Sheet.Readings.Select(Of)],
        [.. model.Rules.Select(verdict => new RuleVerdictJson(verdict.Rule, verdict.Title, verdict.Fires, verdict.Reason))],
        [.. model.Why.Select(line => new WhyJson(line.Rule, line.Text, line.Got))],
        [.. model.Alerts.Select(Of)]);

    public static DecisionJson Of(DecisionLine line, Func<string, string> recipient) =>
        new(line.At, line.Article, Clean(line.Title), line.Source, line.Rule, recipient(line.Subscriber), line.Outcome, line.Reason, line.Why, line.Alert);

    /// <summary>A text in one line.</summary>
    public static string Clean(string text) => TextCleaner.Line(text, MaxText);
}
