using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsWatch.Desk.Frames;

/// <summary>A page, rendered on the server to one complete document and packed for the browser.</summary>
internal sealed class PageResult : IResult
{
    private readonly Func<HtmlRenderer, Task<string>> _render;

    private PageResult(int status, string title, object model, Func<HtmlRenderer, Task<string>> render) => (Status, Title, Model, _render) = (status, title, model, render);

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>The page's heading.</summary>
    public string Title { get; }

    /// <summary>All that the page shows.</summary>
    public object Model { get; }

    /// <summary>The page with its model.</summary>
    public static PageResult Of<TPage, TModel>(Frame frame, TModel model, int status)
        where TPage : DeskPage<TModel>
        where TModel : notnull
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(DeskPage<>.Frame)] = frame, [nameof(DeskPage<>.Model)] = model });
        return new(status, frame.Title, model, async renderer => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(() => _render(renderer));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        await Packed.WriteAsync(httpContext, Encoding.UTF8.GetBytes(html));
    }
}

/// <summary>Packs what is written for a browser that can unpack it.</summary>
internal static class Packed
{
    /// <summary>
    /// Writes bytes, gzipped where the browser takes that. Their length tells other sites nothing: the session's cookie does not come with a request that they cause.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, byte[] bytes, byte[]? gzipped = null)
    {
        var response = context.Response;
        response.Headers.Vary = "Accept-Encoding";
        var body = bytes;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            body = gzipped ?? Gzip(bytes, CompressionLevel.Fastest);
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The bytes, gzipped.</summary>
    public static byte[] Gzip(byte[] bytes, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
