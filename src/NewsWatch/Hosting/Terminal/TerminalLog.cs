using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace NewsWatch.Hosting.Terminal;

/// <summary>
/// Logs for a person at a terminal, a line each: time, level from warnings on, message. Escape sequences in untrusted texts are shown, not obeyed, and
/// start no line.
/// </summary>
internal sealed class TerminalLog(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "newswatch";
    private const string Indent = "         ";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = clock.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception) + (logEntry.Exception is { } failure ? $"\n{failure}" : "");
        var lines = TerminalText.Clean(text.ReplaceLineEndings("\n")).TrimEnd().Replace("\n", "\n" + Indent, StringComparison.Ordinal);
        textWriter.Write($"{time} {Level(logEntry.LogLevel)}{lines}\n");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => Ink.Output.Red("error "),
        LogLevel.Warning => Ink.Output.Yellow("warning "),
        LogLevel.Debug or LogLevel.Trace => "debug ",
        _ => "",
    };
}
