using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsWatch.Desk.Frames;

/// <summary>A document of its own inside a page: it may bring its styles, and nothing else; no script, no form, no link out of its frame.</summary>
internal sealed class FramedResult(string html) : IResult
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox";

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ContentSecurityPolicy = Policy;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return Packed.WriteAsync(httpContext, Encoding.UTF8.GetBytes(html));
    }
}
