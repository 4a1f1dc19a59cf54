using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace NewsWatch.Web;

/// <summary>
/// Routes for the operator answer only on the port of the endpoint named Operator (the connection's own port: a Host or
/// X-Forwarded-For header cannot pretend it), and only with the bearer token where one is set.
/// </summary>
/// <param name="Port">The operator's port.</param>
/// <param name="Token">The token from <c>Web:OperatorToken</c>; null for none, which is allowed on a loopback address alone.</param>
internal sealed record OperatorPort(int Port, string? Token)
{
    /// <summary>Guards one route.</summary>
    public TBuilder Guard<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.AddEndpointFilter(async (context, next) => Refusal(context.HttpContext) is { } refusal ? refusal : await next(context));

    private IResult? Refusal(HttpContext context)
    {
        if (context.Connection.LocalPort != Port)
        {
            return Results.NotFound();
        }

        return Token is null || Matches(context.Request.Headers.Authorization.ToString()) ? null : Results.Unauthorized();
    }

    private bool Matches(string header) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header)),
            SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + Token)));
}
