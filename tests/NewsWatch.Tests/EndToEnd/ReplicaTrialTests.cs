using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NewsWatch.Tests.Documents;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The trial of the README: three replicas on one PostgreSQL, without containers.</summary>
public sealed class ReplicaTrialTests
{
    /// <summary>The script waits 90 s for each of two states at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [ReplicaTrialFact]
    public async Task Three_replicas_start_and_two_take_over_what_a_killed_one_had()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "deploy", "demo", "replicas.sh"), "--show"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NEWSWATCH_DLL"] = ServiceProgram.Find(), ["NEWSWATCH_PORTS"] = $"{SevenPorts()}", ["NEWSWATCH_DATABASE"] = null },
        })!;
        try
        {
            var (said, errors) = (script.StandardOutput.ReadToEndAsync(patience.Token), script.StandardError.ReadToEndAsync(patience.Token));
            await script.WaitForExitAsync(patience.Token);

            Assert.True(script.ExitCode == 0, $"{await said}{await errors}");
            var (before, after) = (await said).Split("kill -9 trial-2") is [var first, var second] ? (first, second) : ("", "");
            Assert.Contains("3 replicas:", before, StringComparison.Ordinal);
            Assert.Contains("2 replicas:", after, StringComparison.Ordinal);
            Assert.DoesNotContain("trial-2:", after, StringComparison.Ordinal);
        }
        finally
        {
            if (!script.HasExited)
            {
                script.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The first of seven ports in a row that nothing listens on.</summary>
    private static int SevenPorts()
    {
        while (true)
        {
            var first = Random.Shared.Next(30_000, 32_000);
            if (Enumerable.Range(first, 7).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>Needs PostgreSQL for the script to start, and Python 3, with which it reads; else the test is skipped by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReplicaTrialFactAttribute : FactAttribute
{
    public ReplicaTrialFactAttribute() => Skip = PostgresServer.Missing ?? new PythonFactAttribute().Skip!;
}
