using System.Diagnostics;
using System.Globalization;
using NewsWatch.Storage.Transfer;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary><c>migrate N</c>: a file with N articles of about 5 KB, as today's service keeps them, moves to a PostgreSQL server that is started for it, and both sides are compared.</summary>
internal static class MigrateVerb
{
    public static Verb Verb { get; } = new("N", "N articles move from a file to a PostgreSQL server: rows/s, the comparison included", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        if (PostgresServer.Missing is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 1;
        }

        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
        var folder = Directory.CreateTempSubdirectory("newswatch-bench-").FullName;
        var server = new PostgresServer();
        await server.InitializeAsync();
        try
        {
            var path = Path.Combine(folder, "newswatch.db");
            ArchiveVerb.Fill(path, count);
            await ArchiveVerb.MoveAsync(path);
            var clock = Stopwatch.StartNew();
            var result = (TransferResult.Compared)await new DatabaseTransfer(path, await server.CreateAsync(), Console.WriteLine).RunAsync();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Rows} rows in {clock.Elapsed.TotalSeconds:0.0} s: {result.Rows / clock.Elapsed.TotalSeconds:0} rows/s; both sides {(result.Agrees ? "agree" : "DIFFER")}"));
            return result.Agrees ? 0 : 1;
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
