using System.CommandLine;
using Microsoft.Extensions.Configuration;
using NewsWatch.Cli.Startup;
using NewsWatch.Desk.Access;
using NewsWatch.Hosting;
using NewsWatch.Storage;
using NewsWatch.Web;

namespace NewsWatch.Cli;

/// <summary><c>newswatch desk</c>: prints a link that opens the desk of the running service as an operator, once, within five minutes.</summary>
internal static class DeskCommand
{
    public static Command Create()
    {
        var command = new Command("desk", "Prints a link that signs in to the desk of the running service: once, within five minutes.");
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var file = CommonOptions.ConfigurationFile(arguments);
            if (!DeskSettings.From(HostSettings.Read(file)).IsOn)
            {
                return UsageTrouble.Say("The desk is off. Remove Web:Desk from the settings, or set it to true (environment: Web__Desk=true), and start the service again.");
            }

            await using var installation = Installation.Open(file);
            Console.WriteLine(await LinkAsync(installation.Settings, installation.Database, cancellationToken));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A new link; the code is behind the "#", so that it reaches no log and no other site.</summary>
    public static async Task<string> LinkAsync(IConfiguration settings, Database database, CancellationToken cancellationToken) =>
        $"{OperatorPort.LocalAddress(settings, "/desk/sign-in")}#{await OneTimeCode.CreateAsync(database, Environment.UserName, TimeProvider.System, cancellationToken)}";
}
