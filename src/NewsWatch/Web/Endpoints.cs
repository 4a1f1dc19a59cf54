using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Storage;

namespace NewsWatch.Web;

/// <summary>Everything that can be asked over HTTP, one line a route.</summary>
internal static class Endpoints
{
    public static void MapNewsWatch(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<MetricsPage>(); // it counts from the start, not from the first look at it
        var operatorPort = routes.ServiceProvider.GetRequiredService<OperatorPort>();
        routes.MapUnsubscribe();
        routes.MapGet("/health/live", () => Results.Text("live\n"));
        routes.MapGet("/health/ready", (Health health) => Ready(health.Look()));
        operatorPort.Guard(routes.MapGet("/metrics", (MetricsPage metrics, CancellationToken cancellation) => metrics.WriteAsync(cancellation)));
    }

    private static IResult Ready(HealthReport report) =>
        Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
