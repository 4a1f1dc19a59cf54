using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration.Binding;
using NewsWatch.Desk.Access;
using NewsWatch.Desk.Api;
using NewsWatch.Desk.Frames;
using NewsWatch.Desk.Pages;
using NewsWatch.Web;

namespace NewsWatch.Desk;

/// <summary>The desk's addresses: who may ask, what every answer carries, and which page answers.</summary>
internal static class DeskRoutes
{
    /// <summary>Bytes of a form with an edit of the configuration.</summary>
    private const int MaxForm = 256 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";

    /// <summary>Adds the desk to the operator's port, unless <c>Web:Desk</c> is false.</summary>
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<DeskSettings>().IsOn)
        {
            return;
        }

        routes.MapReading("/", () => Results.Redirect("/desk/"));
        routes.MapMethods("/desk/assets/{hash}/{name}", [HttpMethods.Get, HttpMethods.Head], Asset.ServeAsync);
        Open(routes, HttpMethods.Get, "/desk/sign-in", context => Task.FromResult(SignIn.Ask(context)));
        Open(routes, HttpMethods.Post, "/desk/sign-in", SignIn.TakeAsync);
        Open(routes, HttpMethods.Get, "/desk/sign-in/go", SignIn.GoAsync);
        Open(routes, HttpMethods.Get, SignInReader.ReturnPath, SignIn.ComeBackAsync);
        Open(routes, HttpMethods.Post, "/desk/sign-out", context => Task.FromResult(SignIn.Leave(context)));
        Open(routes, HttpMethods.Post, "/desk/theme", SignIn.TurnThemeAsync);
        Page(routes, "/desk/", NowPages.Show);
        Page(routes, "/desk/alerts", AlertPages.List);
        Page(routes, "/desk/alerts/{id}", AlertPages.One);
        Page(routes, "/desk/stories", StoryPages.List);
        Page(routes, "/desk/stories/{id}", StoryPages.One);
        Page(routes, "/desk/articles", ArticlePages.List);
        Page(routes, "/desk/articles/{id}", ArticlePages.One);
        Page(routes, "/desk/decisions", DecisionPages.List);
        Page(routes, "/desk/sources", SourcePages.List);
        Page(routes, "/desk/sources/{id}", SourcePages.One);
        Act(routes, "/desk/sources/{id}/pause", SourcePages.PauseAsync);
        Act(routes, "/desk/sources/{id}/resume", SourcePages.ResumeAsync);
        Page(routes, "/desk/deliveries", DeliveryPages.List);
        Page(routes, "/desk/deliveries/{id}", DeliveryPages.One);
        Page(routes, "/desk/deliveries/{id}/mail", DeliveryPages.Mail);
        Act(routes, "/desk/deliveries/{id}/replay", DeliveryPages.ReplayAsync);
        Page(routes, "/desk/rules", RulePages.List);
        Page(routes, "/desk/rules/{id}", RulePages.One);
        Page(routes, "/desk/noise", NoisePages.Show);
        Page(routes, "/desk/workbench", WorkbenchPages.ShowAsync);
        Page(routes, "/desk/workbench/look", WorkbenchPages.LookAsync);
        Page(routes, "/desk/backtests", BacktestPages.List);
        Page(routes, "/desk/backtests/{id}", BacktestPages.One);
        Form(routes, "/desk/backtests", BacktestPages.StartAsync);
        Form(routes, "/desk/backtests/{id}/cancel", BacktestPages.CancelAsync);
        Page(routes, "/desk/subscribers", SubscriberPages.List);
        Page(routes, "/desk/subscribers/{id}", SubscriberPages.One);
        Page(routes, "/desk/configuration", ConfigurationPages.Show);
        Page(routes, "/desk/silences", SilencePages.List);
        Page(routes, "/desk/silences/new", SilencePages.Ask);
        Page(routes, "/desk/silences/{id}", SilencePages.One);
        Act(routes, "/desk/silences", SilencePages.MakeAsync);
        Act(routes, "/desk/silences/{id}/end", SilencePages.EndAsync);
        Act(routes, "/desk/silences/{id}/extend", SilencePages.ExtendAsync);
        Page(routes, "/desk/drills", DrillPages.List);
        Page(routes, "/desk/drills/{id}", DrillPages.One);
        Act(routes, "/desk/drills", DrillPages.BeginAsync);
        Page(routes, "/desk/acts", ActPages.List);
        Page(routes, "/desk/replicas", ReplicaPages.List);
        Closed(routes, HttpMethods.Get, "/desk/events", (context, _) => Task.FromResult(context.RequestServices.GetRequiredService<Live>().Follow(context)));
        MapApi(routes);
        Page(routes, "/desk/{**rest}", request => request.Missing("page"));
    }

    /// <summary>Adds what programs may read and do: the pages and forms in another shape.</summary>
    private static void MapApi(IEndpointRouteBuilder routes)
    {
        Open(routes, HttpMethods.Get, $"{ApiRoutes.Base}openapi.json", _ => Task.FromResult(OpenApi.Document));
        foreach (var read in ApiRoutes.Reads)
        {
            Closed(routes, HttpMethods.Get, ApiRoutes.Base + read.Path, async (context, visitor) =>
            {
                var request = new DeskRequest(context, visitor);
                return ApiAnswer.Of(Checked(request, await read.Page(request)), request);
            });
        }

        foreach (var act in ApiRoutes.Acts)
        {
            Closed(routes, HttpMethods.Post, ApiRoutes.Base + act.Path, async (context, visitor) =>
            {
                var request = new DeskRequest(context, visitor);
                if (act.NeedsOperator && !visitor.MayAct)
                {
                    return ApiAnswer.Of(await ActPages.RefuseAsync(request), request);
                }

                Widen(context);
                var (form, problem) = await ApiBody.ReadAsync(context.Request, act.Fields);
                return form is null ? ApiAnswer.Problem(StatusCodes.Status400BadRequest, "The body cannot be read", problem!) : ApiAnswer.Of(await ActAsync(request, form, act.Take), request);
            });
        }

        Closed(routes, HttpMethods.Get, $"{ApiRoutes.Base}{{**rest}}", (context, visitor) =>
            Task.FromResult(ApiAnswer.Of(new DeskRequest(context, visitor).Missing("address"), new DeskRequest(context, visitor))));
    }

    /// <summary>Adds a page: it may only be read, and says what it does not understand.</summary>
    private static void Page(IEndpointRouteBuilder routes, string pattern, Func<DeskRequest, IResult> page) => Page(routes, pattern, request => Task.FromResult(page(request)));

    /// <summary>Adds a page that waits for something.</summary>
    private static void Page(IEndpointRouteBuilder routes, string pattern, Func<DeskRequest, Task<IResult>> page) => Closed(routes, HttpMethods.Get, pattern, async (context, visitor) =>
    {
        var request = new DeskRequest(context, visitor);
        return Checked(request, await page(request));
    });

    /// <summary>What a page shows, unless its address asks for what the page does not know.</summary>
    private static IResult Checked(DeskRequest request, IResult shown) =>
        (request.Asked.Problem ?? request.Asked.Unknown) is { } problem ? request.Refuse(StatusCodes.Status400BadRequest, "This address asks for something odd", problem) : shown;

    /// <summary>Adds an act: a form that operators alone may send. What others send changes nothing, and is written down.</summary>
    private static void Act(IEndpointRouteBuilder routes, string pattern, Func<DeskRequest, IFormCollection, Task<IResult>> act) => Closed(routes, HttpMethods.Post, pattern, async (context, visitor) =>
    {
        var request = new DeskRequest(context, visitor);
        if (!visitor.MayAct)
        {
            return await ActPages.RefuseAsync(request);
        }

        return await ActAsync(request, await context.Request.ReadFormAsync(context.RequestAborted), act);
    });

    private static async Task<IResult> ActAsync(DeskRequest request, IFormCollection form, Func<DeskRequest, IFormCollection, Task<IResult>> act)
    {
        var result = await act(request, form);
        request.Get<PulseReader>().Forget();
        return result;
    }

    /// <summary>Adds a form that all who see the desk may send: it changes nothing of what the service does.</summary>
    private static void Form(IEndpointRouteBuilder routes, string pattern, Func<DeskRequest, IFormCollection, Task<IResult>> take) => Closed(routes, HttpMethods.Post, pattern, async (context, visitor) =>
    {
        Widen(context);
        return await take(new DeskRequest(context, visitor), await context.Request.ReadFormAsync(context.RequestAborted));
    });

    /// <summary>Lets a body be as long as an edit of the configuration.</summary>
    private static void Widen(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxForm;
        }
    }

    /// <summary>Adds a route for those who may see the desk.</summary>
    private static void Closed(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Visitor, Task<IResult>> answer) => Open(routes, method, pattern, context =>
        context.RequestServices.GetRequiredService<Doorkeeper>().Admit(context.Request) is { } visitor ? answer(context, visitor) : Task.FromResult(Stranger(context)));

    /// <summary>Adds a route for everybody.</summary>
    private static void Open(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<IResult>> answer) =>
        routes.MapMethods(pattern, method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [method], (RequestDelegate)(async context =>
        {
            var (metrics, clock) = (context.RequestServices.GetRequiredService<DeskMetrics>(), context.RequestServices.GetRequiredService<TimeProvider>());
            var begun = clock.GetTimestamp();
            Guard(context.Response.Headers);
            var result = await AnswerAsync(context, answer);
            metrics.Asked(pattern, clock.GetElapsedTime(begun));
            await result.ExecuteAsync(context);
        }));

    private static async Task<IResult> AnswerAsync(HttpContext context, Func<HttpContext, Task<IResult>> answer)
    {
        if (!Doorkeeper.IsOwn(context.Request))
        {
            const string Why = "This was sent by a page of another site. Open the desk itself and try again.";
            return IsApi(context)
                ? ApiAnswer.Problem(StatusCodes.Status403Forbidden, "Not from here", $"{Why} A program sends its token as Authorization: Bearer.")
                : Results.Text($"{Why}\n", statusCode: StatusCodes.Status403Forbidden);
        }

        try
        {
            return await answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (BadHttpRequestException refused)
        {
            return Results.StatusCode(refused.StatusCode);
        }
        catch (InvalidDataException) // a form that cannot be read
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }
        catch (InvalidOperationException) when (!context.Request.HasFormContentType && HttpMethods.IsPost(context.Request.Method))
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }
        catch (DbException locked)
        {
            context.Response.Headers.RetryAfter = "5";
            return Results.Text($"The database cannot be read just now: {locked.Message}\nThe service goes on. Try again in a few seconds.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Stranger(HttpContext context) =>
        IsApi(context)
            ? ApiAnswer.Problem(StatusCodes.Status401Unauthorized, "Not signed in", "Send a token as Authorization: Bearer. It is in Web:OperatorToken, for reading alone in Web:ViewerToken.")
            : context.Request.Headers.Authorization.Count > 0 || context.Request.Path == "/desk/events"
            ? Results.Unauthorized()
            : Results.Redirect($"/desk/sign-in?to={Uri.EscapeDataString($"{context.Request.Path}{context.Request.QueryString}")}");

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/desk/api", StringComparison.Ordinal);

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
