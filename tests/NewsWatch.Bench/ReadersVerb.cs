using System.Globalization;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Bench;

/// <summary>
/// <c>readers</c>: every reader of strangers' text, given texts that were made to be dear. Thread CPU, against a usual text of the same length; what is near the limit
/// is measured again, and the best of three counts.
/// </summary>
internal static class ReadersVerb
{
    private const double Told = 5;

    // Seconds a character: a reader that hardly looks at its text has no usual time to compare with.
    private const double Floor = 5e-9;

    public static Verb Verb { get; } = new("[--length N] [--reader R] [--all]", "hostile texts for all readers: CPU against usual text of the same length; exit 1 above 20 x", Run);

    private static Task<int> Run(string[] args)
    {
        var length = int.Parse(Option(args, "--length") ?? "1000000", CultureInfo.InvariantCulture);
        var above = 0;
        foreach (var reader in StrangersReader.All.Where(reader => Option(args, "--reader") is not { } wanted || reader.Name == wanted))
        {
            Warm(reader, length);
            var usual = Math.Max(Best(reader, reader.Normal(length), 0), length * Floor);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.Name}: usual text {usual * 1000:0.0} ms"));
            foreach (var (name, build) in reader.Hostile)
            {
                var ratio = Best(reader, build(length), usual * Told) / usual;
                above += ratio > StrangersReader.MaxRatio ? 1 : 0;
                if (ratio > Told || args.Contains("--all"))
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {ratio,8:0.0} x  {reader.Name}: {name}"));
                }
            }
        }

        Console.WriteLine($"{above} above {StrangersReader.MaxRatio} x");
        return Task.FromResult(above == 0 ? 0 : 1);
    }

    // What the runtime compiles better while it runs is not to be measured.
    private static void Warm(StrangersReader reader, int length)
    {
        var read = reader.Prepare(reader.Normal(length / 10));
        for (var run = 0; run < 40; run++)
        {
            read();
        }
    }

    // One run is enough where it is below what is told.
    private static double Best(StrangersReader reader, string text, double enough)
    {
        var read = reader.Prepare(text);
        var best = double.MaxValue;
        for (var run = 0; run < 3 && (best > enough) && (run == 0 || best < 5); run++)
        {
            GC.Collect();
            var started = MatchVerb.ThreadTime();
            read();
            best = Math.Min(best, MatchVerb.ThreadTime() - started);
        }

        return best;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
