using System.CommandLine;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting;
using NewsWatch.Storage;
using NewsWatch.Storage.Upkeep;

namespace NewsWatch.Cli;

/// <summary><c>newswatch backup FILE</c>: a checked copy of the database while the service runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; replaces an earlier copy and no other file." };
        var command = new Command("backup", "Writes a checked copy of the database while the service runs.") { file };
        command.SetAction(async (arguments, _) =>
        {
            var configurationFile = CommonOptions.ConfigurationFile(arguments);
            if (HostSettings.Target(HostSettings.Read(configurationFile)).Connection is not null)
            {
                return new StartUpTrouble(ExitCode.Configuration, "PostgreSQL is backed up by its own means: pg_dump, or an archive of its write-ahead log.").Tell();
            }

            await using var installation = Installation.OpenForReading(configurationFile);
            try
            {
                var target = Path.GetFullPath(arguments.GetRequiredValue(file));
                var replaced = File.Exists(target) ? " It replaces the earlier copy." : "";
                var bytes = Backup.Write(installation.Database, target);
                Console.WriteLine($"{target}: {bytes} bytes.{replaced}");
                return ExitCode.Ok;
            }
            catch (Exception failure) when (StorageTrouble.IsAny(failure) || failure is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"The copy failed: {failure.Message}");
                return ExitCode.No;
            }
        });
        return command;
    }
}
