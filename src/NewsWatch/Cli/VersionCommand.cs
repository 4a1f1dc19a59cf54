using System.CommandLine;
using System.Runtime.InteropServices;
using NewsWatch.Configuration;

namespace NewsWatch.Cli;

/// <summary><c>newswatch version</c>: prints the versions.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Prints the version of NewsWatch and of its runtime.");
        command.SetAction(_ => Console.WriteLine($"NewsWatch {Product.Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
