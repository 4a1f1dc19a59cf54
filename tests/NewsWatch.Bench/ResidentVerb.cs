using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Bench;

/// <summary>
/// <c>resident RULES [--sources N] [--rules N] [--interval S] [--seconds T] [--program NEWSWATCH.DLL]</c>: the memory of the whole program, with sources that are polled and rules that
/// match nothing of theirs, once each source was polled. <c>--program</c> names another build, such as one published as for the image.
/// </summary>
internal static class ResidentVerb
{
    private const int SourcesOfAHost = 100;

    public static Verb Verb { get; } = new("RULES [--sources N] [--rules N] [--interval S] [--seconds T] [--program NEWSWATCH.DLL]", "resident memory of the program with many sources and rules", RunAsync);

    private static async Task<int> RunAsync(string[] args)
    {
        int Option(string name, int defaultValue) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : defaultValue;
        var (sources, rules, interval, seconds) = (Option("--sources", 20_000), Option("--rules", 10_000), Option("--interval", 300), Option("--seconds", 300));
        var program = args.SkipWhile(word => word != "--program").Skip(1).FirstOrDefault();
        var folder = Directory.CreateTempSubdirectory("newswatch-resident-").FullName;
        await using var server = await ServerProcess.StartAsync($"poll-server {interval}");
        var queries = File.ReadLines(args[0]).Take(rules);
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), Configuration(sources, interval, queries, server.Port).ToJsonString());
        await using (var service = ServiceProcess.Start(folder, "run", program: program))
        {
            for (var passed = 0; passed < interval + seconds && !service.HasEnded; passed += 30)
            {
                await Task.Delay(TimeSpan.FromSeconds(30));
                Print(folder, service, passed + 30);
            }

            if (service.HasEnded)
            {
                Console.WriteLine(service.Output);
                return 1;
            }
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static void Print(string folder, ServiceProcess service, int seconds)
    {
        using var process = Process.GetProcessById(service.Id);
        var polled = TestDatabase.Read(Path.Combine(folder, "newswatch.db"), "SELECT count(*) FROM due WHERE last_poll IS NOT NULL").Single();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"after {seconds,4} s: {process.WorkingSet64 >> 20} MiB resident, at most {process.PeakWorkingSet64 >> 20} MiB; {polled} sources polled; {process.TotalProcessorTime.TotalSeconds:0.0} s of processor"));
    }

    private static JsonObject Configuration(int sources, int interval, IEnumerable<string> queries, int port) => new()
    {
        ["Storage"] = new JsonObject { ["Path"] = "newswatch.db" },
        ["NewsWatch"] = new JsonObject
        {
            ["Defaults"] = new JsonObject { ["Poll"] = $"{interval}s", ["FullText"] = "never" },
            ["Sources"] = new JsonObject(Enumerable.Range(0, sources).Select(n => KeyValuePair.Create<string, JsonNode?>(
                $"source-{n}", new JsonObject { ["Url"] = $"http://127.0.{1 + (n / SourcesOfAHost / 250)}.{1 + (n / SourcesOfAHost % 250)}:{port}/{n}" }))),
            ["Rules"] = new JsonObject(queries.Select((query, n) => KeyValuePair.Create<string, JsonNode?>($"rule-{n}", new JsonObject { ["Title"] = $"Rule {n}", ["When"] = query }))),
            ["Channels"] = new JsonObject { ["mail"] = new JsonObject { ["Type"] = "pickup", ["Folder"] = "mail", ["From"] = "alerts@example.com" } },
            ["Operator"] = new JsonObject { ["AllowPrivate"] = new JsonArray("127.0.0.0/8"), ["AllowPorts"] = new JsonArray(port) },
        },
    };
}
