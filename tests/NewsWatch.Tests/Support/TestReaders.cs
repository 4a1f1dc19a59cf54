using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Tests.Support;

/// <summary>The real readers on two processors, with a clock and a processor time that are moved by hand.</summary>
internal sealed class TestReaders : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public TestReaders() =>
        Readers = new DocumentReaders(Memory, _services.GetRequiredService<IMeterFactory>(), Clock, () => () => ProcessorTime, processors: 2);

    public FakeTimeProvider Clock { get; } = new();

    public MemoryBudget Memory { get; } = new(1024 * 1024 * 1024);

    public DocumentReaders Readers { get; }

    /// <summary>What each thread has used so far.</summary>
    public TimeSpan ProcessorTime { get; set; }

    public void Dispose()
    {
        Readers.Dispose();
        _services.Dispose();
    }
}
