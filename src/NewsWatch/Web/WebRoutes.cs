using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Health;
using NewsWatch.WebSub;

namespace NewsWatch.Web;

/// <summary>The HTTP routes: a table for each port, so that no route of one is reachable by the other.</summary>
internal static class WebRoutes
{
    /// <summary>Where a service says that it lives.</summary>
    public const string Live = "/health/live";

    /// <summary>What it says there.</summary>
    public const string Lives = "live\n";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Serves a request by the table of the port that it came in by.</summary>
    /// <param name="desk">What the operator's table has beside health and metrics.</param>
    public static void UseNewsWatch(this IApplicationBuilder app, Action<IEndpointRouteBuilder> desk)
    {
        var services = app.ApplicationServices;
        services.GetRequiredService<AlertFeeds>(); // a token that is too short ends the start
        services.GetRequiredService<MetricsPage>(); // counts from the start, not from the first request
        var access = services.GetRequiredService<OperatorPort>();
        var forPublic = Table(services, MapPublic);
        var forOperator = Table(services, routes =>
        {
            MapOperator(routes);
            desk(routes);
        });
        app.Run(context =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            return !Ports.IsOperator(context) ? forPublic(context) : access.Knows(context.Request.Host) ? forOperator(context) : MisdirectedAsync(context);
        });
    }

    /// <summary>A route for GET, and HEAD for its headers.</summary>
    public static IEndpointConventionBuilder MapReading(this IEndpointRouteBuilder routes, string pattern, Delegate handler) => routes.MapMethods(pattern, Reading, handler);

    private static void MapPublic(IEndpointRouteBuilder routes)
    {
        routes.MapUnsubscribe();
        routes.MapFeedback();
        routes.MapWebSub();
        MapLive(routes);
        routes.MapReading("/health/ready", (BareReadiness readiness) => Bare(readiness));
    }

    private static void MapOperator(IEndpointRouteBuilder routes)
    {
        MapLive(routes);
        AlertFeeds.Map(routes);
        routes.MapReading("/health/ready", (HttpRequest request, OperatorPort access, HealthCheck health, BareReadiness readiness) =>
            access.Admits(request) ? Ready(health.Look()) : Bare(readiness));
        routes.MapReading("/health/all", (HttpRequest request, OperatorPort access, HealthCheck health) => access.Admits(request) ? Ready(health.LookAtAll()) : Results.Unauthorized());
        routes.MapReading("/metrics", async (HttpRequest request, OperatorPort access, MetricsPage metrics, CancellationToken cancellationToken) =>
            access.Admits(request) ? await metrics.WriteAsync(cancellationToken) : Results.Unauthorized());
    }

    private static void MapLive(IEndpointRouteBuilder routes) => routes.MapReading(Live, () => Results.Text(Lives));

    private static IResult Ready(HealthReport report) => Results.Json(report, statusCode: Status(report.Ready));

    private static IResult Bare(BareReadiness readiness) =>
        readiness.IsReady() ? Results.Text("ready\n") : Results.Text("not ready\n", statusCode: Status(ready: false));

    private static int Status(bool ready) => ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

    private static Task MisdirectedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("The operator's port accepts requests for localhost, IP addresses and the names in Web:OperatorHosts.\n", context.RequestAborted);
    }

    private static RequestDelegate Table(IServiceProvider services, Action<IEndpointRouteBuilder> map) =>
        new ApplicationBuilder(services).UseRouting().UseEndpoints(map).Build();
}
