using System.Globalization;
using Microsoft.AspNetCore.Http;
using NewsWatch.Core.Alerts;
using NewsWatch.Desk.Frames;
using NewsWatch.Silences;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;
using NewsWatch.Storage.Views;

namespace NewsWatch.Desk.Pages;

/// <summary>Silences that are on, and those that ended in the last 30 days.</summary>
public sealed record SilenceListModel(IReadOnlyList<SilenceLine> On, IReadOnlyList<SilenceLine> Ended);

/// <summary>A silence that somebody is about to make.</summary>
/// <param name="Problems">What is wrong, by the field's name; empty before anything was written.</param>
/// <param name="Known">Ids that the target may be, where they are few.</param>
/// <param name="Preview">What it would have kept back; null while something is missing or wrong.</param>
/// <param name="Key">The form's own key, so that a form that is sent twice acts once.</param>
public sealed record NewSilenceModel(SilenceForm Form, IReadOnlyDictionary<string, string> Problems, IReadOnlyList<string> Known, SilencePreview? Preview, string Key);

/// <summary>What a silence would have kept back in the last 7 days, and its end.</summary>
public sealed record SilencePreview(string What, DateTimeOffset Until, int Deliveries, int Subscribers, int Stories);

/// <summary>One silence and what it kept back.</summary>
/// <param name="Problem">Why an act on it was not done; null when nothing is wrong.</param>
public sealed record SilenceModel(SilenceLine Line, IReadOnlyList<SilencedLine> KeptBack, string? Problem);

/// <summary>Silences: what is kept quiet, by whom, why, until when, and what it has cost.</summary>
internal static class SilencePages
{
    private const int MostShown = 200;
    private const int MostKnown = 200;
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(7);
    private static readonly TimeSpan Listed = TimeSpan.FromDays(30);

    public static IResult List(DeskRequest request)
    {
        var all = request.Database.Read(db => SilenceViews.List(db, request.Now - Listed, MostShown)).ToLookup(silence => silence.IsOn(request.Now));
        return request.Show<SilenceListPage, SilenceListModel>("Silences", new([.. all[true]], [.. all[false]]));
    }

    /// <summary>The form, by GET: with all its fields it shows what the silence would have kept back, and changes nothing.</summary>
    public static IResult Ask(DeskRequest request)
    {
        var asked = request.Asked;
        var isBegun = asked.Text("for") is not null || asked.Text("reason") is not null;
        var form = new SilenceForm(
            asked.OneOf("scope", SilenceForm.Scopes) ?? SilenceForm.Scopes[0], asked.Text("target") ?? "", asked.Text("for") ?? "4h", asked.Text("reason") ?? "", asked.Text("flash") is not null, asked.Text("send") is not null)
        {
            OrUntil = asked.Text("or") ?? "",
        };
        return Form(request, form, isBegun, StatusCodes.Status200OK);
    }

    public static async Task<IResult> MakeAsync(DeskRequest request, IFormCollection fields)
    {
        var form = new SilenceForm(
            fields["scope"].ToString(), fields["target"].ToString(), fields["for"].ToString(), fields["reason"].ToString(), fields["flash"].ToString().Length > 0, fields["send"].ToString().Length > 0)
        {
            OrUntil = fields["or"].ToString(),
        };
        var made = request.Database.Read(db => form.Read(request.Configuration, db, request.Visitor.Name, request.Now)).Silence;
        return made is null
            ? Form(request, form, isBegun: true, StatusCodes.Status422UnprocessableEntity)
            : Shown(await request.Get<SilenceRegister>().MakeAsync(made, request.Actor, KeyOf(fields), request.Aborted));
    }

    public static IResult One(DeskRequest request) => Page(request, null, StatusCodes.Status200OK);

    public static async Task<IResult> EndAsync(DeskRequest request, IFormCollection fields) =>
        await request.Get<SilenceRegister>().EndAsync(request.Number("id") ?? 0, request.Actor, request.Aborted)
            ? Shown(request.Number("id")!.Value)
            : Page(request, "This silence has ended already.", StatusCodes.Status409Conflict);

    public static async Task<IResult> ExtendAsync(DeskRequest request, IFormCollection fields)
    {
        var (until, problem) = SilenceForm.End(fields["for"].ToString(), request.Configuration, request.Now);
        return until is null ? Page(request, problem, StatusCodes.Status422UnprocessableEntity)
            : await request.Get<SilenceRegister>().ExtendAsync(request.Number("id") ?? 0, until.Value, request.Actor, request.Aborted) ? Shown(request.Number("id")!.Value)
            : Page(request, "This silence has ended already. Make a new one.", StatusCodes.Status409Conflict);
    }

    private static IResult Form(DeskRequest request, SilenceForm form, bool isBegun, int status)
    {
        var known = form.Known(request.Configuration).Order(StringComparer.Ordinal).ToList();
        var model = request.Database.Read(db =>
        {
            var (silence, problems) = isBegun ? form.Read(request.Configuration, db, request.Visitor.Name, request.Now) : (null, new Dictionary<string, string>());
            var effect = silence is null ? null : SilenceStore.Effect(db, silence.Scope, silence.Target, silence.WithFlash, request.Now - LookedBack);
            return new NewSilenceModel(
                form,
                problems,
                known.Count <= MostKnown ? known : [],
                effect is null ? null : new(new SilenceLine(silence!, null, null, TitleOf(db, silence!), 0, null).What, silence!.Until, effect.Deliveries, effect.Subscribers, effect.Stories),
                Guid.NewGuid().ToString("N"));
        });
        return request.Show<NewSilencePage, NewSilenceModel>("New silence", model, status);
    }

    private static IResult Page(DeskRequest request, string? problem, int status)
    {
        var model = request.Number("id") is { } id
            ? request.Database.Read(db => SilenceViews.Find(db, id) is { } line ? new SilenceModel(line, SilenceViews.KeptBack(db, id, MostShown), problem) : null)
            : null;
        return model is null ? request.Missing("silence") : request.Show<SilencePage, SilenceModel>("Silence", model, status);
    }

    private static string? TitleOf(Session db, Silence silence) => silence.Scope == SilenceScope.Story ? StoryStore.TitleOf(db, silence.Target) : null;

    private static string? KeyOf(IFormCollection fields) => fields["key"].ToString() is { Length: > 0 and <= 64 } key ? key : null;

    private static IResult Shown(long id) => Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/silences/{id}"));
}
