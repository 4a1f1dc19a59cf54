using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace NewsWatch.Hosting.Terminal;

/// <summary>
/// Logs lines for people on a terminal and JSON objects, one a line, elsewhere, so that no text of a feed can forge a line. <c>Logging:Console:FormatterName</c>
/// (<c>newswatch</c> or <c>json</c>) chooses otherwise.
/// </summary>
internal static class ConsoleLog
{
    /// <summary>Adds the console and chooses how its lines look.</summary>
    /// <param name="logging">The host's logging, with its configuration.</param>
    /// <param name="redirected">True if the output does not go to a terminal.</param>
    public static ILoggingBuilder AddNewsWatchConsole(this ILoggingBuilder logging, bool redirected)
    {
        string? wanted = null;
        logging.AddConsole();
        logging.Services.Configure<ConsoleLoggerOptions>(console => wanted = console.FormatterName); // before the next line sets a formatter of its own
        logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        logging.AddConsoleFormatter<TerminalLog, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = wanted ?? (redirected ? ConsoleFormatterNames.Json : TerminalLog.FormatterName));
        return logging;
    }
}
