using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Web;

namespace NewsWatch.Hosting;

/// <summary>Both ports of a service that cannot begin yet: it lives, is not ready, and says every 10 seconds what it waits for.</summary>
internal sealed partial class WaitingRoom : IAsyncDisposable
{
    private static readonly TimeSpan BetweenWords = TimeSpan.FromSeconds(10);
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly long _begun;
    private long? _told;

    private WaitingRoom(WebApplication app, TimeProvider clock) =>
        (_app, _clock, _log, _begun) = (app, clock, app.Services.GetRequiredService<ILogger<WaitingRoom>>(), clock.GetTimestamp());

    /// <summary>Opens the ports that the settings name.</summary>
    public static async Task<WaitingRoom> OpenAsync(IConfiguration settings, TimeProvider clock, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(settings);
        builder.Logging.AddConfiguration(settings.GetSection("Logging")).AddNewsWatchConsole(Console.IsOutputRedirected);
        builder.WebHost.UseKestrel((context, kestrel) => new Ports(OperatorPort.From(settings)).Configure(kestrel, context.Configuration.GetSection("Kestrel")));
        builder.Services.AddSingleton(clock);
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancellation);
        return new(app, clock);
    }

    /// <summary>Logs what is waited for, at most every 10 seconds.</summary>
    public void Tell(string trouble)
    {
        if (_told is not { } told || _clock.GetElapsedTime(told) >= BetweenWords)
        {
            _told = _clock.GetTimestamp();
            Waits(_log, (int)_clock.GetElapsedTime(_begun).TotalSeconds, trouble);
        }
    }

    /// <summary>Closes the ports.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path == WebRoutes.Live)
        {
            return context.Response.WriteAsync(WebRoutes.Lives, context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync("not ready: the server of the database is away\n", context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The service begins when the database can be reached; it has waited for {Seconds} s: {Trouble}")]
    private static partial void Waits(ILogger log, int seconds, string trouble);
}
