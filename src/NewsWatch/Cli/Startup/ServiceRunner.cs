using System.CommandLine;
using NewsWatch.Hosting;

namespace NewsWatch.Cli.Startup;

/// <summary>The service's rooms without their loops, for commands that use one of them once.</summary>
internal static class ServiceRunner
{
    /// <summary>Opens the installation, builds the services, and passes them to <paramref name="use"/>.</summary>
    public static async Task<int> WithAsync(ParseResult arguments, Func<IServiceProvider, Task<int>> use, CancellationToken cancellationToken)
    {
        await using var installation = Installation.Open(CommonOptions.ConfigurationFile(arguments));
        if (await ConfigurationBootstrap.AskAsync(installation, cancellationToken) is not { } start)
        {
            return ExitCode.Configuration;
        }

        await using var app = Service.Build(start);
        return await use(app.Services);
    }
}
