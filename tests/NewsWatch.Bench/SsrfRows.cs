using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules;
using NewsWatch.Fetching;

namespace NewsWatch.Bench;

/// <summary>Addresses that lead inside, asked for through the real fetcher while a listener on loopback counts connections.</summary>
internal static class SsrfRows
{
    public static IReadOnlyDictionary<int, Func<string?>> Tries { get; } = new Dictionary<int, Func<string?>>
    {
        [1] = () => Blocked("http://127.0.0.1:{0}/feed"),
        [2] = () => Blocked("http://127.1:{0}/"),
        [3] = () => Blocked("http://2130706433:{0}/"),
        [4] = () => Blocked("http://0x7f000001:{0}/"),
        [5] = () => Blocked("http://0177.0.0.1:{0}/"),
        [6] = () => Blocked("http://0.0.0.0:{0}/", "http://0:{0}/"),
        [7] = () => Blocked("http://[::1]:{0}/"),
        [8] = () => Blocked("http://[::]:{0}/"),
        [9] = () => Blocked("http://[::ffff:127.0.0.1]:{0}/", "http://[::ffff:169.254.169.254]/"),
        [10] = () => Blocked("http://[64:ff9b::7f00:1]:{0}/", "http://[2002:7f00:1::]:{0}/", "http://[2001:0:7f00:1::]:{0}/", "http://[::127.0.0.1]:{0}/"),
        [11] = () => Blocked("http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xA9FEA9FE/", "http://0251.0376.0251.0376/"),
        [12] = () => Blocked("http://[fe80::1%25lo]/"),
        [13] = () => Blocked(
            [.. "10.0.0.1 172.16.0.1 192.168.0.1 100.64.0.1 198.18.0.1 192.0.2.1 192.88.99.1 224.0.0.1 240.0.0.1 255.255.255.255 [fd00::1] [ff02::1] [3fff::1]".Split(' ').Select(address => $"http://{address}/")]),
        [14] = () => Blocked("http://①②⑦.⓪.⓪.①:{0}/", "http://127。0。0。1:{0}/", "http://１２７.０.０.１:{0}/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{0}/"),
        [15] = () => Blocked("http://localhost:{0}/", "http://LOCALHOST.:{0}/"),
        [26] = () => Blocked("http://127.0.0.1:25/", "http://127.0.0.1:22/", "http://127.0.0.1:6379/"),
    };

    /// <summary>Null when none of the addresses was connected to.</summary>
    private static string? Blocked(params string[] addresses)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var holder = new ConfigurationHolder(Watch(port));
        var limits = new FetchLimits { Deadline = TimeSpan.FromSeconds(3) };
        var http = new GuardedHttp(new AddressGuard(holder), limits, GuardedHttp.SystemResolver);
        using var fetcher = new Fetcher(http, holder, limits, new FetchMetrics(services.GetRequiredService<IMeterFactory>()), TimeProvider.System);
        foreach (var address in addresses.Select(address => address.Replace("{0}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
        {
            var result = fetcher.FetchAsync(new FetchRequest { Url = address }, CancellationToken.None).GetAwaiter().GetResult();
            if (result is FetchResult.Fetched or FetchResult.NotModified || listener.Pending())
            {
                return $"{address} was connected to";
            }
        }

        return null;
    }

    private static WatchConfiguration Watch(int port) => new()
    {
        Version = "bench",
        Defaults = new Defaults(),
        Publishers = new Dictionary<string, Publisher>(),
        Sources = new Dictionary<string, Source>(),
        Vocabulary = Vocabulary.Empty,
        Rules = new Dictionary<string, WatchRule>(),
        RuleSet = RuleSet.Compile([], Vocabulary.Empty),
        Channels = new Dictionary<string, Channel>(),
        Subscribers = new Dictionary<string, Subscriber>(),
        Operator = new Operator { AllowPorts = [port] },
    };
}
