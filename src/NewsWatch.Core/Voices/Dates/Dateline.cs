using NewsWatch.Core.Text;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>The zone of the place that a report is datelined from: "MOSCOW, Aug 6 (Agency) -", "Paris — ".</summary>
internal static class Dateline
{
    // A place with its day and agency is no longer; a dash follows it.
    private const int MaxLength = 70;
    private const int MaxPlace = 25;
    private static readonly System.Buffers.SearchValues<char> PlaceEnds = System.Buffers.SearchValues.Create(",(.،，:—–-");
    private static readonly Dictionary<string, string> Zones = WordList.Lines("Voices.Dates.Words.datelines.txt").Select(line => line.Split(' '))
        .SelectMany(words => words[1..].Select(place => (Place: Folding.Fold(place.Replace('_', ' ')), Zone: words[0]))).DistinctBy(pair => pair.Place).ToDictionary(pair => pair.Place, pair => pair.Zone, StringComparer.Ordinal);

    /// <summary>The zone; null where the text has no dateline, or one whose place is not known.</summary>
    public static TimeZoneInfo? ZoneOf(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, MaxLength)).TrimStart();
        var line = start.IndexOf('\n') is >= 0 and var end ? start[..end] : start;
        if (line.IsEmpty || !HasDash(line))
        {
            return null;
        }

        var place = PlaceOf(line);
        return place.Length is > 1 and <= MaxPlace && Zones.TryGetValue(Folding.Fold(place.ToString()), out var id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
    }

    private static bool HasDash(ReadOnlySpan<char> line) =>
        line.ContainsAny('—', '–') || line.Contains(" - ", StringComparison.Ordinal) || line.Contains(" -- ", StringComparison.Ordinal) || line.Contains("(", StringComparison.Ordinal) && line.Contains(") -", StringComparison.Ordinal);

    // "Tel-Aviv" has a dash inside.
    private static ReadOnlySpan<char> PlaceOf(ReadOnlySpan<char> line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            if (PlaceEnds.Contains(line[at]) && (line[at] != '-' || (at > 0 && line[at - 1] == ' ')))
            {
                return line[..at].Trim();
            }
        }

        return [];
    }
}
