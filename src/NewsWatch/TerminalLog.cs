using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using NewsWatch.Cli;

namespace NewsWatch;

/// <summary>Logs for a person at a terminal: time, level, message. Escape sequences in texts of strangers are shown, not obeyed, and start no line.</summary>
internal sealed class TerminalLog(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "newswatch";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception) + (logEntry.Exception is { } failure ? $"\n{failure}" : "");
        textWriter.Write($"{time} {Level(logEntry.LogLevel)} {logEntry.Category}\n");
        textWriter.Write(string.Concat(TerminalText.Clean(text.ReplaceLineEndings("\n")).Split('\n').Select(line => $"      {line}\n")));
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "dbug",
    };
}
