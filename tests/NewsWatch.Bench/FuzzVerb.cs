using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Bench;

/// <summary>
/// <c>fuzz</c>: broken inputs for all that reads strangers' bytes, for as long as asked. What is thrown at, or takes longer than two seconds of CPU, is
/// written beside the tests (<c>Hostile/Found</c>), which read it again from then on.
/// </summary>
internal static class FuzzVerb
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public static Verb Verb { get; } = new("[--seconds N] [--target T]", "broken inputs for all parsers of strangers' bytes; exit 1 if one throws or is slow", Run);

    private static Task<int> Run(string[] args)
    {
        var seconds = double.Parse(Option(args, "--seconds") ?? "60", CultureInfo.InvariantCulture);
        var targets = FuzzTargets.All.Where(target => Option(args, "--target") is not { } wanted || target.Key == wanted).ToList();
        var found = targets.Sum(target => Fuzz(target.Key, target.Value, TimeSpan.FromSeconds(seconds / targets.Count)));
        Console.WriteLine($"{found} found");
        return Task.FromResult(found == 0 ? 0 : 1);
    }

    private static int Fuzz(string name, FuzzTarget target, TimeSpan time)
    {
        var (started, inputs, slowest, found) = (Stopwatch.GetTimestamp(), 0, TimeSpan.Zero, new HashSet<string>());
        for (var number = RandomNumberGenerator.GetInt32(int.MaxValue / 2); Stopwatch.GetElapsedTime(started) < time; number++, inputs++)
        {
            var input = Mutator.Input(target.Good, number);
            var begun = MatchVerb.ThreadTime();
            var problem = Try(target, input);
            var took = TimeSpan.FromSeconds(MatchVerb.ThreadTime() - begun);
            slowest = took > slowest ? took : slowest;
            problem ??= took > Slow ? $"it took {took.TotalSeconds:0.0} s" : null;
            if (problem is not null && found.Add(problem))
            {
                var file = Path.Combine(FuzzTests.Found, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(input))[..8]}");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, input);
                Console.WriteLine($"{name}: {problem}\n  {file}");
            }
        }

        Console.WriteLine($"{name,-14} {inputs,8} inputs, slowest {slowest.TotalMilliseconds:0} ms, {found.Count} found");
        return found.Count;
    }

    private static string? Try(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Read(input);
            return null;
        }
#pragma warning disable CA1031 // whatever is thrown is what is looked for
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return $"{thrown.GetType().Name}{thrown.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("NewsWatch", StringComparison.Ordinal))}";
        }
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
