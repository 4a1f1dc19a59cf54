using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Tests.Support;

/// <summary>The real fetcher on a clock moved by hand; every host name leads to loopback unless a test says otherwise.</summary>
internal sealed class FetchWorld : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public FetchWorld(WatchConfiguration configuration, FetchLimits? limits = null, X509Certificate2Collection? roots = null, long memory = 1024 * 1024 * 1024)
    {
        Memory = new MemoryBudget(memory);
        Configuration = new ConfigurationHolder(configuration);
        Limits = limits ?? new FetchLimits { RetryDelay = TimeSpan.Zero };
        Http = new GuardedHttp(new AddressGuard(Configuration), Limits, new Dialer((host, _) => Resolve(host), Clock), roots);
        Fetcher = new Fetcher(Http, Configuration, Limits, Memory, new FetchMetrics(Meters), Clock);
        Readers = new DocumentReaders(Memory, Meters);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 8, 6, 21, 0, 0, TimeSpan.Zero));

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public ConfigurationHolder Configuration { get; }

    public FetchLimits Limits { get; }

    /// <summary>A quarter of what the test allows is for documents, a third of that for bodies.</summary>
    public MemoryBudget Memory { get; }

    /// <summary>Reads documents.</summary>
    public DocumentReaders Readers { get; }

    public GuardedHttp Http { get; }

    public Fetcher Fetcher { get; }

    public Func<string, Task<IPAddress[]>> Resolve { get; set; } = _ => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    public Task<FetchResult> GetAsync(string url) => Fetcher.FetchAsync(new FetchRequest { Url = url }, CancellationToken.None);

    public Task<FetchResult> GetAsync(FetchRequest request) => Fetcher.FetchAsync(request, CancellationToken.None);

    public void Dispose()
    {
        Readers.Dispose();
        Fetcher.Dispose();
        _services.Dispose();
    }
}
