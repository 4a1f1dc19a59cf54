namespace NewsWatch.Configuration;

/// <summary>An id as a reader sees it where nobody wrote a title: <c>norland-sanctions</c> is "Norland sanctions".</summary>
internal static class ReadableId
{
    public static string Of(string id)
    {
        var words = id.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? id : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
