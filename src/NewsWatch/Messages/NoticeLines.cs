using System.Globalization;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages;

/// <summary>The lines of a notice, clean, and a true count of those that a message has no room for.</summary>
internal static class NoticeLines
{
    /// <summary>All lines but empty ones; those of a listing with the blanks that place a caret.</summary>
    public static IReadOnlyList<string> Of(Notice? notice) => [.. Clean(notice).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    private static string Clean(Notice? notice) => notice is { IsListing: true } ? TextCleaner.Visible(notice.Text) : TextCleaner.Lines(notice?.Text ?? "");

    /// <summary>The first lines, and "and 380 more errors: newswatch check" for the others.</summary>
    public static IReadOnlyList<string> First(Notice? notice, int count)
    {
        var lines = Of(notice);
        return count >= lines.Count ? lines : [.. lines.Take(count), string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - count} {notice!.Rest}")];
    }
}
