namespace NewsWatch.Configuration.Binding;

/// <summary>"Did you mean": the nearest of the known names.</summary>
internal static class Spelling
{
    private const int MaxListed = 8;

    /// <summary><c> Did you mean "Severity"?</c> with a leading blank, or an empty text if no name is near.</summary>
    public static string DidYouMean(string written, IEnumerable<string> known) =>
        Nearest(written, known) is { } name ? $" Did you mean \"{name}\"?" : "";

    /// <summary><c>no rule "sanction". Did you mean "sanctions"?</c>, or with the names that there are.</summary>
    public static string Unknown(string what, string written, IReadOnlyCollection<string> known) =>
        $"no {what} \"{written}\".{(DidYouMean(written, known) is { Length: > 0 } near ? near : known.Count == 0 ? " There is none." : $" There {(known.Count == 1 ? "is" : "are")}: {Some(known)}.")}";

    private static string Some(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Take(MaxListed)) + (names.Count > MaxListed ? $" and {names.Count - MaxListed} others" : "");

    /// <summary>The known name with the fewest edits, at most a third of its length; or null.</summary>
    public static string? Nearest(string written, IEnumerable<string> known) =>
        known
            .Select(name => (Name: name, Edits: Edits(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Edits <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>Optimal string alignment distance.</summary>
    private static int Edits(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1),
                    d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
