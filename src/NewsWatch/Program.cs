using System.CommandLine;
using NewsWatch.Cli;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting;

// NewsWatch watches news sources and alerts subscribers: at once, once, explained.
// Each command is a method in Cli/; Hosting/Service.cs puts the rooms together for `run`.
var newswatch = CommandTree.Create();
if (Equipment.Found().Lack() is { } lack)
{
    return lack.Tell();
}

// RunCommand handles signals: it finishes work in flight before the process ends.
var command = newswatch.Parse(args);
if (command.Errors.Count > 0)
{
    return UsageTrouble.Tell(command);
}

try
{
    return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
#pragma warning disable CA1031 // every failure is reported here: in one line, or as a bug with its stack
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartUpTrouble.Tell(failure, HostSettings.Read(CommonOptions.ConfigurationPath(command)));
}
