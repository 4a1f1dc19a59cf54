using System.Diagnostics;
using System.Globalization;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Bench;

/// <summary>Swaps whole sets of rules in while another thread matches: how long the slowest article took from its turn to its verdict.</summary>
internal static class SwapBench
{
    private static readonly TimeSpan Undisturbed = TimeSpan.FromSeconds(5);

    public static void Run(Func<RuleSet> compile, IReadOnlyList<Document> documents, int swaps)
    {
        var current = compile();
        Print("without a swap", Match(() => current, documents, Task.Delay(Undisturbed)));
        var swapping = Task.Run(() =>
        {
            for (var swap = 0; swap < swaps; swap++)
            {
                Volatile.Write(ref current, compile());
            }
        });
        Print($"during {swaps} swaps of {current.Count} rules", Match(() => Volatile.Read(ref current), documents, swapping));
    }

    private static List<double> Match(Func<RuleSet> current, IReadOnlyList<Document> documents, Task until)
    {
        var waits = new List<double>(1_000_000);
        for (var at = 0; !until.IsCompleted; at = (at + 1) % documents.Count)
        {
            var start = Stopwatch.GetTimestamp();
            current().Match(documents[at]);
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        until.GetAwaiter().GetResult();
        waits.Sort();
        return waits;
    }

    private static void Print(string when, List<double> waits) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{when}: {waits.Count} articles, p50 {waits[waits.Count / 2]:0.00} ms, p99 {waits[waits.Count * 99 / 100]:0.00} ms, most {waits[^1]:0.0} ms"));
}
