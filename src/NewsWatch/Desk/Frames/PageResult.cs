using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NewsWatch.Desk.Frames;

/// <summary>A page, rendered on the server to one complete document and packed for the browser.</summary>
internal sealed class PageResult : IResult
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Func<HtmlRenderer, Task<HtmlRootComponent>> _render;

    private PageResult(int status, string title, object model, Func<HtmlRenderer, Task<HtmlRootComponent>> render) => (Status, Title, Model, _render) = (status, title, model, render);

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
        return new(status, frame.Title, model, renderer => renderer.RenderComponentAsync<TPage>(parameters));
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var packs = Packed.IsWanted(httpContext);
        var body = await renderer.Dispatcher.InvokeAsync(async () => BytesOf(await _render(renderer), packs));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        await Packed.SendAsync(httpContext, body, packs);
    }

    // Packed while it is written: a page of thousands of rows is never held as one text.
    private static byte[] BytesOf(HtmlRootComponent page, bool packs)
    {
        using var body = new MemoryStream();
        using (Stream target = packs ? new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true) : new BufferedStream(body))
        using (var writer = new StreamWriter(target, Utf8))
        {
            page.WriteHtmlTo(writer);
        }

        return body.ToArray();
    }
}

/// <summary>Packs what is written for a browser that can unpack it.</summary>
internal static class Packed
{
    /// <summary>True for a browser that can unpack it.</summary>
    public static bool IsWanted(HttpContext context) => context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes bytes, gzipped where the browser takes that.</summary>
    public static Task WriteAsync(HttpContext context, byte[] bytes, byte[]? gzipped = null) =>
        IsWanted(context) ? SendAsync(context, gzipped ?? Gzip(bytes, CompressionLevel.Fastest), isPacked: true) : SendAsync(context, bytes, isPacked: false);

    /// <summary>
    /// Writes bytes that are packed already where they should be. Their length tells other sites nothing: the session's cookie does not come with a request that they cause.
    /// </summary>
    public static async Task SendAsync(HttpContext context, byte[] body, bool isPacked)
    {
        var response = context.Response;
        response.Headers.Vary = "Accept-Encoding";
        if (isPacked)
        {
            response.Headers.ContentEncoding = "gzip";
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
