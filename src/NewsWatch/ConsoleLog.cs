using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace NewsWatch;

/// <summary>Logs for people on a terminal, one JSON object a line everywhere else, so that no text of a feed can forge a line.</summary>
internal static class ConsoleLog
{
    public static ILoggingBuilder AddNewsWatchConsole(this ILoggingBuilder logging)
    {
        logging.AddConsole(console => console.FormatterName = Console.IsOutputRedirected ? ConsoleFormatterNames.Json : TerminalLog.FormatterName);
        logging.AddConsoleFormatter<TerminalLog, ConsoleFormatterOptions>();
        logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        return logging;
    }
}
