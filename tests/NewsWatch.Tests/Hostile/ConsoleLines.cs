using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Tests.Hostile;

/// <summary>Everything that the service logs, put into words by the formatters that its console uses.</summary>
internal sealed class ConsoleLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _terminal = new();
    private readonly ConcurrentQueue<Exception> _broke = new();

    /// <summary>The service whose formatters are used.</summary>
    public IServiceProvider? Render { get; set; }

    /// <summary>Each event as it is written to a file or a pipe.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Each event as a person at a terminal gets it.</summary>
    public IReadOnlyList<string> Terminal => [.. _terminal];

    /// <summary>Exceptions that got as far as a loop of the service, or its host: each is a bug.</summary>
    public IReadOnlyList<Exception> Broke => [.. _broke];

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private void Write<T>(LogEntry<T> entry)
    {
        if (entry is { LogLevel: >= LogLevel.Error, Exception: { } broke })
        {
            _broke.Enqueue(broke);
        }

        if (Render is null)
        {
            return;
        }

        foreach (var formatter in Render.GetServices<ConsoleFormatter>().Where(formatter => formatter.Name is ConsoleFormatterNames.Json or TerminalLog.FormatterName))
        {
            using var text = new StringWriter();
            formatter.Write(entry, null, text);
            (formatter.Name == ConsoleFormatterNames.Json ? _lines : _terminal).Enqueue(text.ToString());
        }
    }

    private sealed class Category(ConsoleLines lines, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Write(new LogEntry<TState>(logLevel, name, eventId, state, exception, formatter));
    }
}
