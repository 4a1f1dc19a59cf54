using System.Collections.Concurrent;
using System.Diagnostics;

namespace NewsWatch.Tests.Support;

/// <summary>The real program in a process of its own, in a folder of its own; it can be killed as hard as a power cut.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _said = new(0);

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>All it printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Starts <c>newswatch ARGUMENTS</c> in <paramref name="folder"/>.</summary>
    /// <param name="crashAt">As in NEWSWATCH_CRASH_AT; null for none.</param>
    /// <param name="program">The newswatch.dll of another release; null for the one that was built with the tests.</param>
    /// <param name="environment">Further variables.</param>
    public static ServiceProcess Start(string folder, string arguments, string? crashAt = null, string? program = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{program ?? ServiceProgram.Find()}\" {arguments}")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Kestrel__Endpoints__Operator__Url"] = "http://127.0.0.1:0";
        start.Environment["Kestrel__Endpoints__Public__Url"] = "http://127.0.0.1:0";
        start.Environment["NEWSWATCH_CRASH_AT"] = crashAt;
        start.Environment["HOOK_SECRET"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(new Process { StartInfo = start });
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has printed a line that holds <paramref name="text"/>.</summary>
    public async Task SaysAsync(string text, CancellationToken cancellation)
    {
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            await _said.WaitAsync(cancellation);
        }
    }

    /// <summary>Asks it to stop, as a container runtime does, and waits.</summary>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        await SignalAsync("TERM");
        return await EndAsync(cancellation);
    }

    /// <summary>Sends it a signal: STOP, CONT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var sent = Process.Start("kill", $"-{signal} {_process.Id}");
        await sent.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Kills it without any warning (SIGKILL).</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _said.Dispose();
    }

    private void Heard(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            _said.Release();
        }
    }
}
