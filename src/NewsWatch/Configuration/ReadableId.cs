namespace NewsWatch.Configuration;

/// <summary>The title of an entry without one: <c>norland-sanctions</c> becomes "Norland sanctions".</summary>
internal static class ReadableId
{
    public static string Of(string id)
    {
        var words = id.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? id : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
