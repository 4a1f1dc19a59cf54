using System.Globalization;
using NewsWatch.Core.Stories;

namespace NewsWatch.Bench;

/// <summary>Fills the window of the stories with generated articles of 600 words: what an article more costs, what the window holds, how long a start takes.</summary>
internal static class WindowVerb
{
    private const int Words = 600;
    private const int Vocabulary = 40_000;
    private const int Measured = 2_000;

    public static Verb Verb { get; } = new("N", "a window of N generated articles: ms an article, p99, memory, start", Run);

    private static Task<int> Run(string[] args)
    {
        var count = int.Parse(args[0], CultureInfo.InvariantCulture);
        var (kept, times) = Fill(count);
        var fingerprints = kept.Sum(article => (long)article.Fingerprint.Length);
        var before = GC.GetTotalMemory(true);
        var start = MatchVerb.ThreadTime();
        var book = StoryBook.Restore(kept);
        start = MatchVerb.ThreadTime() - start;
        var held = (GC.GetTotalMemory(true) - before) / 1048576.0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"window {book.Count}   {times.Average():0.00} ms an article, p99 {times[times.Count * 99 / 100]:0.00} ms (the last {times.Count}, thread CPU time)   {held:0} MB held, {fingerprints / 1048576.0:0} MB of fingerprints   start {start:0.0} s"));
        return Task.FromResult(0);
    }

    /// <summary>What a database would keep of the articles, and what placing the last of them cost, in ascending order.</summary>
    private static (List<PlacedArticle> Kept, List<double> Times) Fill(int count)
    {
        var random = new Random(1);
        var (book, kept, times) = (new StoryBook(), new List<PlacedArticle>(count), new List<double>());
        for (var i = 1; i <= count; i++)
        {
            var at = DateTimeOffset.UnixEpoch.AddDays(13.9 * i / count);
            var article = Generate(random, i);
            var cpu = MatchVerb.ThreadTime();
            var placement = book.Place(article, at);
            times.Add((MatchVerb.ThreadTime() - cpu) * 1000);
            kept.Add(new(i, at, article.Publisher, placement.Report, placement.Story, placement.Fingerprint));
        }

        return (kept, [.. times.TakeLast(Measured).Order()]);
    }

    // Words as common as their numbers are small, as in any language.
    private static StoryArticle Generate(Random random, int id)
    {
        string Word() => $"w{(int)Math.Pow(Vocabulary, random.NextDouble()):x}q";
        string Name() => $"Name{random.Next(5_000)}";
        return new()
        {
            Id = id,
            Title = $"{Name()} {Word()} {Word()} {Name()} {Word()} {random.Next(1, 500)} {Word()} {Word()}",
            Text = string.Join(' ', Enumerable.Range(0, Words).Select(i => i % 12 == 0 ? Name() : Word())),
            Publisher = $"paper {id % 500}",
        };
    }
}
