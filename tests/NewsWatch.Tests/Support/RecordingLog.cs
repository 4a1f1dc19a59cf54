using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace NewsWatch.Tests.Support;

/// <summary>A log that keeps its lines.</summary>
internal sealed class RecordingLog<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _lines = new();

    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Waits until a line begins so; each line is looked at once.</summary>
    public async Task HasAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await _told.Reader.ReadAsync(patience.Token)).StartsWith(beginning, StringComparison.Ordinal))
        {
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}";
        _lines.Enqueue(line);
        _told.Writer.TryWrite(line);
    }
}
