using System.CommandLine;
using System.Globalization;
using NewsWatch.Cli.Output;
using NewsWatch.Cli.Startup;
using NewsWatch.Hosting;
using NewsWatch.Storage;
using NewsWatch.Storage.Transfer;

namespace NewsWatch.Cli;

/// <summary><c>newswatch migrate --to env:NAME</c>: moves the database from its SQLite file to a PostgreSQL server.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "The server's database: a reference to its connection string.", HelpName = "env:NAME|file:PATH", Required = true };
        var schema = new Option<bool>("--schema") { Description = "Only create the schema there, or bring it to this version's." };
        var verify = new Option<bool>("--verify") { Description = "Only compare the file with the server's database." };
        var command = new Command("migrate", "Moves the database from its SQLite file to a PostgreSQL server.") { to, schema, verify };
        command.Validators.Add(result =>
        {
            if (result.GetValue(schema) && result.GetValue(verify))
            {
                result.AddError("--schema and --verify exclude each other.");
            }
        });
        command.SetAction(async (arguments, _) =>
        {
            var settings = HostSettings.Read(CommonOptions.ConfigurationPath(arguments));
            var server = HostSettings.Connection(arguments.GetRequiredValue(to), "--to");
            try
            {
                return arguments.GetValue(schema) ? await CreateSchemaAsync(server) : await MoveAsync(Path.GetFullPath(settings["Storage:Path"]!), server, arguments.GetRequiredValue(to), arguments.GetValue(verify));
            }
            catch (Exception failure) when (StorageTrouble.IsAny(failure) || failure is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"Nothing was moved: {StorageTrouble.Describe(failure)}.");
                return ExitCode.No;
            }
        });
        return command;
    }

    private static async Task<int> CreateSchemaAsync(string server)
    {
        await using (PostgresEngine.Open(server))
        {
            Console.WriteLine("The server's database has this version's schema.");
            return ExitCode.Ok;
        }
    }

    private static async Task<int> MoveAsync(string path, string server, string reference, bool onlyVerify)
    {
        var transfer = new DatabaseTransfer(path, server, Console.Error.WriteLine);
        var begun = TimeProvider.System.GetTimestamp();
        switch (onlyVerify ? await transfer.VerifyAsync() : await transfer.RunAsync())
        {
            case TransferResult.Refused refused:
                await Console.Error.WriteLineAsync(refused.Why);
                return ExitCode.No;
            case TransferResult.Compared compared:
                Print(compared, TimeProvider.System.GetElapsedTime(begun));
                Console.WriteLine(Verdict(compared, onlyVerify, transfer, reference));
                return compared.Agrees ? ExitCode.Ok : ExitCode.No;
            default:
                throw new NotSupportedException();
        }
    }

    private static void Print(TransferResult.Compared compared, TimeSpan took)
    {
        var rows = compared.Tables.OrderBy(table => table.Table, StringComparer.Ordinal).Select(table => (Cell[])
        [
            table.Table, Number(table.File.Rows), Number(table.Server.Rows), table.File.Ids == table.Server.Ids ? "same" : "DIFFERENT", table.File.Keys == table.Server.Keys ? "same" : "DIFFERENT",
        ]).ToList();
        foreach (var line in Columns.Of(["table", "rows here", "rows there", "numbers", "keys"], rows, width: null))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{compared.Tables.Count} tables, {compared.Rows} rows in {took.TotalSeconds:0.0} s ({compared.Rows / Math.Max(took.TotalSeconds, 0.001):0} rows/s)."));
    }

    private static string Verdict(TransferResult.Compared compared, bool onlyVerify, DatabaseTransfer transfer, string reference) => (compared.Agrees, onlyVerify) switch
    {
        (true, true) => "Both sides hold the same.",
        (true, false) => $"The server has everything. The file is now {transfer.Moved}: keep it until the service has run. Write \"Storage\": {{ \"Connection\": \"{reference}\" }} and start the service.",
        (false, true) => "The two sides differ.",
        (false, false) when compared.WasCopied => "The two sides differ: the server keeps nothing of the copy, and the file stays as it is. This is a bug; please report it.",
        (false, false) => "The server has an earlier copy of this file, and one of the two was used since. Create an empty database and name that one.",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
