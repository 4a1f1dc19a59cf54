using System.Diagnostics;
using System.Globalization;

namespace NewsWatch.Bench.Replicas;

/// <summary>What happened when, and for each news that was lost or came twice what the database knows of it.</summary>
internal sealed class CrashTrace(ReplicaLoad load)
{
    private const int Shown = 20;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly List<(double At, string What)> _events = [];

    /// <summary>Keeps and prints an event.</summary>
    public void Note(string what)
    {
        _events.Add((Seconds(Stopwatch.GetTimestamp()), what));
        Console.WriteLine(Line(_events[^1]));
    }

    public async Task PrintAsync(IReadOnlyList<NewsName> lost, IReadOnlyList<ToldMessage> repeated, IReadOnlyList<NewsName> twice)
    {
        foreach (var news in lost.Take(Shown))
        {
            Console.WriteLine($"lost: {news.Headline}");
            await PrintAsync(news);
        }

        foreach (var message in repeated.Take(Shown))
        {
            Console.WriteLine($"{message.Copies.Count} copies of {message.Id} at {string.Join(", ", message.Copies.Select(at => Text(Seconds(at))))}");
            foreach (var one in _events.Where(one => one.At > Seconds(message.Copies[0]) - 10 && one.At < Seconds(message.Copies[^1])))
            {
                Console.WriteLine($"  {Line(one)}");
            }

            await PrintAsync(message.News[0]);
        }

        foreach (var news in twice.Take(Shown))
        {
            Console.WriteLine($"by two messages: {news.Headline}");
            await PrintAsync(news);
        }
    }

    private async Task PrintAsync(NewsName news)
    {
        var rows = await load.AskAsync(
            $"""
            SELECT concat_ws(', ', 'item ' || item.state, item.attempts || ' attempts', item.outcome, 'article ' || item.article, 'alert ' || alert.key, 'delivery ' || delivery.bundle, delivery.state,
              delivery.attempts || ' attempts', delivery.unfinished || ' unfinished', delivery.last_error,
              (SELECT string_agg(concat_ws(' ', attempt.n, attempt.outcome, attempt.started, attempt.ended, attempt.reply), '; ') FROM attempt WHERE attempt.delivery = delivery.id))
            FROM item LEFT JOIN alert ON alert.article = item.article LEFT JOIN delivery ON delivery.alert = alert.id WHERE coalesce(item.link, item.link_key) = '{news.Link}'
            """);
        foreach (var row in rows is { Count: > 0 } ? rows : ["no item: the feed was not read since, or its reading was lost"])
        {
            Console.WriteLine($"  {row}");
        }
    }

    private double Seconds(long timestamp) => Stopwatch.GetElapsedTime(_begun, timestamp).TotalSeconds;

    private static string Line((double At, string What) one) => $"{Text(one.At)} {one.What}";

    private static string Text(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
}
