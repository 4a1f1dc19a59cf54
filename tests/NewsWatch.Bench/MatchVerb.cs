using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Bench;

/// <summary>Compiles a file of rules and matches documents against them, on one thread, by its own CPU time.</summary>
internal static partial class MatchVerb
{
    private const int ThreadCpuTime = 3;
    private const int Swaps = 5;

    public static async Task<int> Run(string[] args)
    {
        var pairsFile = args.SkipWhile(a => a != "--pairs").Skip(1).FirstOrDefault();
        var rounds = int.Parse(args.SkipWhile(a => a != "--rounds").Skip(1).FirstOrDefault() ?? "3", CultureInfo.InvariantCulture);
        var lines = await ReadLines(args[0]);
        var documents = (await ReadLines(args[1])).Select(ReadDocument).ToList();

        var set = Build(lines);
        if (pairsFile is not null)
        {
            await File.WriteAllLinesAsync(pairsFile, documents.SelectMany(d => set.Match(d.Document).Select(m => $"{d.Id}\t{m.RuleId}")));
        }

        if (args.SkipWhile(a => a != "--against").Skip(1).FirstOrDefault() is { } theirs)
        {
            OtherEngine.Compare(set, lines, documents, await ReadLines(theirs));
        }

        Measure(set, documents.ConvertAll(d => d.Document), rounds);
        ReloadBench.Run(lines, documents.ConvertAll(d => d.Document));
        if (args.Contains("--swap"))
        {
            SwapBench.Run(() => Compile(lines), documents.ConvertAll(d => d.Document), Swaps);
        }

        return 0;
    }

    private static RuleSet Build(IReadOnlyList<string> lines)
    {
        // Once unmeasured, so that the compiler of the runtime is not counted as the compiler of rules.
        Compile(lines.Take(500).ToList());
        GC.Collect();
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var cpu = ThreadTime();
        var set = Compile(lines);
        var (cpuMs, wallMs) = ((ThreadTime() - cpu) * 1000, clock.Elapsed.TotalMilliseconds);
        set.Match(new Document { Title = "warm", Body = "warm" });
        GC.Collect();
        var heap = GC.GetTotalMemory(true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rules {set.Count}   build (parse and compile) {cpuMs:0} ms CPU, {wallMs:0} ms wall   heap {heap / 1048576.0:0.0} MB with one thread's working memory"));
        return set;
    }

    private static RuleSet Compile(IReadOnlyList<string> lines) => RuleSet.Compile(Parse(lines), Vocabulary.Empty);

    internal static List<Rule> Parse(IReadOnlyList<string> lines)
    {
        var rules = new List<Rule>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var parsed = Query.Parse(lines[i], Vocabulary.Empty);
            rules.Add(new Rule(
                i.ToString(CultureInfo.InvariantCulture),
                parsed.Query ?? throw new InvalidDataException($"line {i + 1}: {parsed.Errors[0].Message}"),
                null));
        }

        return rules;
    }

    private static void Measure(RuleSet set, IReadOnlyList<Document> documents, int rounds)
    {
        var findings = set.NewFindings();
        var (matches, candidates, silent, silentBytes) = (0L, 0L, 0, 0L);
        for (var pass = 0; pass < 2; pass++)
        {
            (matches, candidates, silent, silentBytes) = (0L, 0L, 0, 0L);
            foreach (var document in documents)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var found = set.Match(document, findings).Count;
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                matches += found;
                candidates += findings.Candidates;
                silent += found == 0 ? 1 : 0;
                silentBytes += found == 0 ? allocated : 0;
            }
        }

        var parts = new List<string>();
        foreach (var part in new[] { 0, 1, 2 })
        {
            var best = double.MaxValue;
            for (var round = 0; round < rounds; round++)
            {
                var start = ThreadTime();
                foreach (var document in documents)
                {
                    set.MatchPart(document, findings, part);
                }

                best = Math.Min(best, (ThreadTime() - start) / documents.Count);
            }

            parts.Add((best * 1e6).ToString("0.0", CultureInfo.InvariantCulture));
        }

        Console.WriteLine($"us an article (best of {rounds}): tokens {parts[0]}, with terms {parts[1]}, with verdicts {parts[2]}");
        var rates = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var start = ThreadTime();
            foreach (var document in documents)
            {
                set.Match(document);
            }

            rates.Add(documents.Count / (ThreadTime() - start));
        }

        rates.Sort();
        var median = rates[rates.Count / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"articles/s {median:0} (median of {rounds}, {rates[0]:0} to {rates[^1]:0}, thread CPU time)   {1e6 / median:0.0} us an article   candidates {(double)candidates / documents.Count:0.0}, matches {(double)matches / documents.Count:0.0} an article"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"articles without a match {silent}: {(silent == 0 ? 0 : silentBytes / silent)} bytes allocated each"));
    }

    private static (string Id, Document Document) ReadDocument(string line)
    {
        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("id").ToString(), new Document { Title = "", Body = json.RootElement.GetProperty("text").GetString()! });
    }

    private static async Task<List<string>> ReadLines(string path)
    {
        await using var file = File.OpenRead(path);
        await using var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(plain);
        return [.. (await reader.ReadToEndAsync()).Split('\n').Where(l => l.Length > 0)];
    }

    // CPU seconds of this thread: other processes on the machine do not count.
    internal static double ThreadTime() => GetTime(ThreadCpuTime, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : throw new PlatformNotSupportedException();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
