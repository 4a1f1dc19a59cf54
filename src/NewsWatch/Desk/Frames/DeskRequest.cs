using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Desk.Access;
using NewsWatch.Silences;
using NewsWatch.Storage;

namespace NewsWatch.Desk.Frames;

/// <summary>A request for a page of the desk by somebody who may see it.</summary>
internal sealed class DeskRequest(HttpContext http, Visitor visitor)
{
    public Asked Asked { get; } = new(http.Request.Query);

    public Visitor Visitor => visitor;

    /// <summary>Who acts, for the record of acts.</summary>
    public Actor Actor => new(visitor.Name, IsCommand: false);

    /// <summary>The path that was asked for.</summary>
    public string Path => http.Request.Path;

    /// <summary>The configuration in force.</summary>
    public WatchConfiguration Configuration { get; } = http.RequestServices.GetRequiredService<ConfigurationHolder>().Current;

    public Database Database { get; } = http.RequestServices.GetRequiredService<Database>();

    public DateTimeOffset Now { get; } = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Cancelled when nobody waits for the response any more.</summary>
    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>A part of the path, as the route names it.</summary>
    public string Part(string name) => http.Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>A part of the path that is a number; null for anything else.</summary>
    public long? Number(string name) => long.TryParse(Part(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public T Get<T>()
        where T : notnull => http.RequestServices.GetRequiredService<T>();

    /// <summary>Writes a page as the response.</summary>
    public IResult Show<TPage, TModel>(string title, TModel model, int status = StatusCodes.Status200OK)
        where TPage : DeskPage<TModel>
        where TModel : notnull => PageResult.Of<TPage, TModel>(FrameOf(title), model, status);

    /// <summary>Writes a page that says what is wrong and what to do.</summary>
    public IResult Refuse(int status, string title, string what) => PageResult.Of<TroublePage, string>(FrameOf(title), what, status);

    /// <summary>What was asked for does not exist, or no longer.</summary>
    public IResult Missing(string what) => Refuse(
        StatusCodes.Status404NotFound, $"No such {what}", $"There is no {what} here. It may be older than what is kept (Storage:KeepStories, 90 days by default), or the address is not complete.");

    private Frame FrameOf(string title) => new(
        title, $"{http.Request.Path}{http.Request.QueryString}", Theme.Of(http.Request), visitor, Get<PulseReader>().Read(), Configuration.Defaults.TimeZone, Now);
}

/// <summary>A page: what is around it, and what it shows.</summary>
/// <typeparam name="TModel">All that the page shows, read at once.</typeparam>
public abstract class DeskPage<TModel> : ComponentBase
{
    [Parameter]
    [EditorRequired]
    public required Frame Frame { get; set; }

    [Parameter]
    [EditorRequired]
    public required TModel Model { get; set; }
}
