using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench.World;

/// <summary>Trials that need a name server or a hosts file of their own: this program runs again in a network namespace and prints figures.</summary>
internal static class PrivateNetwork
{
    private const string Name = "dual.example.com";

    private const string Script =
        """
        set -e
        ip link set lo up
        printf 'nameserver 127.0.0.1\n' >"$1/resolv.conf"
        printf '127.0.0.1 localhost\n2001:db8::2 dual.example.com\n127.0.0.1 dual.example.com\n' >"$1/hosts"
        mount --bind "$1/resolv.conf" "$(readlink -f /etc/resolv.conf)"
        mount --bind "$1/hosts" /etc/hosts
        if ip link add far0 type veth peer name far1 2>/dev/null; then
          ip link set far0 up; ip link set far1 up
          ip -6 addr add 2001:db8::1/64 dev far0 nodad
          ip -6 neigh add 2001:db8::2 lladdr 02:00:00:00:00:02 dev far0 nud permanent
        fi
        exec dotnet "$2" world --inside "$3"
        """;

    public static TrialResult Missing { get; } = new TrialResult.Skipped("this needs root, unshare and ip (util-linux, iproute2), with the right to make a network namespace");

    /// <summary>Runs the measurement of that name in a namespace; null where none can be made.</summary>
    /// <exception cref="NotStartedException">The measurement printed no figures.</exception>
    public static async Task<IReadOnlyList<double>?> MeasureAsync(string name, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/unshare")
            || (await Tool.RunAsync("unshare", ["--net", "--mount", "ip", "link", "set", "lo", "up"], cancellation)).Exit != 0)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("newswatch-network-").FullName;
        try
        {
            var program = Path.Combine(AppContext.BaseDirectory, $"{typeof(PrivateNetwork).Assembly.GetName().Name}.dll");
            var (exit, said) = await Tool.RunAsync("unshare", ["--net", "--mount", "bash", "-c", Script, "world", folder, program, name], cancellation);
            return exit == 0
                ? [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))]
                : throw new NotStartedException($"the measurement in a namespace ended with {exit}: {said}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Inside the namespace: measures and prints the figures in one line.</summary>
    public static async Task<int> InsideAsync(string name)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var figures = name == "unresolved" ? await UnresolvedAsync(limit.Token) : await DualAsync(limit.Token);
        Console.WriteLine(string.Join(' ', figures.Select(figure => figure.ToString(CultureInfo.InvariantCulture))));
        return 0;
    }

    /// <summary>A name with an IPv6 address that leads nowhere and a good IPv4 address.</summary>
    public static async Task<TrialResult> DeadAddressAsync(CancellationToken cancellation) => await MeasureAsync("dual", cancellation) is not { } figures
        ? Missing
        : new TrialResult.Measured($"{figures[0]:0} polls in 35 s, news told {(figures[1] > 0 ? "yes" : "no")}", "3 polls at least, news told", figures[0] >= 3 && figures[1] > 0);

    /// <summary>The slowest answer of <c>/health/live</c> in ms, and the median gap between good polls in s.</summary>
    private static async Task<double[]> UnresolvedAsync(CancellationToken cancellation)
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 53)); // takes questions and never answers
        await using var desk = await WorldDesk.OpenAsync();
        var good = Neighbourhood.Of(desk);
        for (var n = 0; n < 200; n++)
        {
            desk.AddSource($"never-{n}", "/feed", $"never-{n}.example.com");
        }

        await using var service = await desk.StartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(12), cancellation);
        var (started, slowest) = (Stopwatch.GetTimestamp(), 0.0);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < 50)
        {
            var asked = Stopwatch.GetTimestamp();
            await service.AskAsync("/health/live", cancellation);
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(200, cancellation);
        }

        return [slowest, good.Since(started).Median];
    }

    /// <summary>Polls of the name in 35 s, and 1 when its news was told.</summary>
    private static async Task<double[]> DualAsync(CancellationToken cancellation)
    {
        await using var desk = await WorldDesk.OpenAsync();
        var feed = desk.AddFeed("dual", Name);
        var key = feed.Publish(0);
        await using var service = await desk.StartAsync(cancellation);
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(35), cancellation);
        return [feed.GapsSince(0).Count + (feed.Served.Count > 0 ? 1 : 0), desk.Told.Contains(key) ? 1 : 0];
    }
}
