using System.Globalization;
using System.Text.Json.Nodes;
using NewsWatch.Core.Feeds.Dates;

namespace NewsWatch.Bench;

/// <summary>Reads date strings as feeds write them and compares with the accepted instants.</summary>
internal static class DatesVerb
{
    /// <summary>Reads a .json file of rows {date, utc[]}.</summary>
    public static Task<int> Run(string[] args)
    {
        var (right, wrong, unread) = (0, 0, 0);
        foreach (var row in JsonNode.Parse(File.ReadAllText(args[0]))!.AsArray())
        {
            var text = row!["date"]!.GetValue<string>();
            var accepted = row["utc"]!.AsArray().Select(utc => utc!.GetValue<string>()).ToList();
            var read = FeedDates.Parse(text)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            _ = read is null ? unread++ : accepted.Contains(read) ? right++ : wrong++;
            if (read is null || !accepted.Contains(read))
            {
                Console.WriteLine($"{(read is null ? "unread" : "wrong")}: {text} -> {read ?? "-"}, accepted {string.Join(' ', accepted)}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{right} right ({100.0 * right / (right + wrong + unread):F1} %), {wrong} wrong, {unread} unread"));
        return Task.FromResult(wrong == 0 ? 0 : 1);
    }
}
