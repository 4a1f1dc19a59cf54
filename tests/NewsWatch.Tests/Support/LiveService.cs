using System.Globalization;
using System.Net;

namespace NewsWatch.Tests.Support;

/// <summary>The program did not start, or did not answer in time.</summary>
public sealed class NotStartedException(string message) : Exception(message);

/// <summary>The real program with ports of its own, known to be alive, and what can be asked of it from outside.</summary>
internal sealed class LiveService : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _operator;

    private LiveService(ServiceProcess process, int publicPort, int operatorPort)
    {
        Process = process;
        PublicPort = publicPort;
        _operator = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{operatorPort}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public ServiceProcess Process { get; }

    public int PublicPort { get; }

    /// <summary>The operator's port, as a browser asks it.</summary>
    public Uri Site => _operator.BaseAddress!;

    /// <summary>Starts <c>newswatch run</c> in a folder and waits until <c>/health/live</c> answers.</summary>
    /// <exception cref="NotStartedException">It ended, or is not live within a minute; what it printed is in the message.</exception>
    public static async Task<LiveService> StartAsync(string folder, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var (forPublic, forOperator) = (FreePorts.Next(), FreePorts.Next());
        var process = ServiceProcess.Start(folder, "run", environment:
            [.. environment, ("Kestrel__Endpoints__Public__Url", $"http://127.0.0.1:{forPublic}"), ("Kestrel__Endpoints__Operator__Url", $"http://127.0.0.1:{forOperator}")]);
        var service = new LiveService(process, forPublic, forOperator);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StartPatience);
        try
        {
            await service.AwaitLiveAsync(patience.Token);
            return service;
        }
        catch (Exception late) when (late is OperationCanceledException or NotStartedException)
        {
            await service.DisposeAsync();
            cancellation.ThrowIfCancellationRequested();
            throw new NotStartedException($"newswatch did not start ({(late is NotStartedException ? late.Message : $"not live within {StartPatience.TotalSeconds:0} s")}): {process.Output.ReplaceLineEndings(" | ")}");
        }
    }

    /// <summary>Asks the operator's port; null when no answer came.</summary>
    public async Task<(HttpStatusCode Status, string Body)?> AskAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _operator.GetAsync(path, cancellation);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Memory in MiB, a line of <c>/proc/PID/status</c>: VmRSS now, VmHWM at its peak.</summary>
    public double Memory(string line = "VmRSS") =>
        int.Parse(File.ReadLines($"/proc/{Process.Id}/status").First(at => at.StartsWith(line, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Sends a signal by its name, e.g. STOP.</summary>
    public async Task SignalAsync(string name, CancellationToken cancellation)
    {
        using var kill = System.Diagnostics.Process.Start("kill", $"-{name} {Process.Id}");
        await kill.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await Process.DisposeAsync();
    }

    private async Task AwaitLiveAsync(CancellationToken patience)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await AskAsync("/health/live", patience) is not { Status: HttpStatusCode.OK })
        {
            if (Process.HasEnded)
            {
                throw new NotStartedException($"exit code {await Process.EndAsync(patience)}");
            }

            await look.WaitForNextTickAsync(patience);
        }
    }
}
