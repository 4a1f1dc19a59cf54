using System.Collections.Frozen;
using System.Globalization;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Stories.Terms;

/// <summary>What the news of many months say about words: how common each is, whether it is a name, and which words it is told together with.</summary>
internal static class NewsTable
{
    /// <summary>How many headlines were counted.</summary>
    public const int Headlines = 33_848;

    /// <summary>Numbers in a word's place among the others.</summary>
    public const int Dimensions = 48;

    // A term of the watch is told as often as a well-known name: it must not outweigh what happened.
    private const int WatchedCount = Headlines / 200;

    private static readonly FrozenDictionary<ulong, Entry> Entries =
        WordList.Lines("Stories.Words.news.txt").Select(line => line.Split(' ')).ToFrozenDictionary(parts => WordHash.Of(parts[0]), Entry.Of);

    /// <summary>How many of the counted headlines carry a term.</summary>
    public static int Count(ulong term, bool isWatched) => isWatched ? WatchedCount : Entries.TryGetValue(term, out var entry) ? entry.Count : 0;

    /// <summary>Whether a word is a name: as the headlines write it, else by its capital.</summary>
    public static bool IsName(ulong term, bool isCapital) => Entries.TryGetValue(term, out var entry) && entry.IsName is { } known ? known : isCapital;

    /// <summary>Adds a word's place, times a weight, to a vector; nothing for words of which too little is known.</summary>
    public static void AddPlace(ulong term, float weight, float[] vector)
    {
        if (Entries.TryGetValue(term, out var entry) && entry.Place is { } place)
        {
            Vectors.Add(vector, place, weight);
        }
    }

    private sealed record Entry(int Count, bool? IsName, float[]? Place)
    {
        public static Entry Of(string[] parts) =>
            new(int.Parse(parts[1].AsSpan(0, parts[1].Length - 1), CultureInfo.InvariantCulture), parts[1][^1] switch { '+' => true, '-' => false, _ => null }, parts.Length > 2 ? PlaceOf(parts[2]) : null);

        private static float[] PlaceOf(string text)
        {
            var place = Array.ConvertAll(text.ToCharArray(), letter => (float)(letter - 'O'));
            Vectors.Normalise(place);
            return place;
        }
    }
}
