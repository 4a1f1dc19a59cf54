using System.CommandLine;
using System.Runtime.InteropServices;

namespace NewsWatch.Cli;

/// <summary><c>newswatch version</c>: prints the versions.</summary>
internal static class VersionCommand
{
    /// <summary>This build's version.</summary>
    public static string Version { get; } = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    public static Command Create()
    {
        var command = new Command("version", "Prints the version of NewsWatch and of its runtime.");
        command.SetAction(_ => Console.WriteLine($"NewsWatch {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
