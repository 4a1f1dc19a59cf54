using System.Diagnostics;

namespace NewsWatch.Bench.World;

/// <summary>Programs of the system.</summary>
internal static class Tool
{
    /// <summary>Runs one to its end; returns its exit code and what it printed.</summary>
    public static async Task<(int Exit, string Said)> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var said = await Task.WhenAll(process.StandardError.ReadToEndAsync(cancellation), process.StandardOutput.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, string.Concat(said).TrimEnd());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
