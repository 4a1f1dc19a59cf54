namespace NewsWatch.Core.Text;

/// <summary>Finds where an address in a text ends: its path says nothing that an author wrote as prose.</summary>
internal static class Addresses
{
    /// <summary>
    /// Behind the address whose path begins at a slash: "https://example.com/news" and "example.com/news". The slash's own position when none begins there.
    /// </summary>
    public static int EndOf(string text, int slash) => IsBehindHost(text, slash) ? EndOfPath(text, slash) : slash;

    // A host: labels of letters, digits and hyphens, a dot, and at least two small letters right before the slash (and perhaps a port).
    private static bool IsBehindHost(string text, int slash)
    {
        var at = slash;
        while (at > 0 && char.IsAsciiDigit(text[at - 1]))
        {
            at--;
        }

        at = at < slash && at > 0 && text[at - 1] == ':' ? at - 1 : slash;
        var last = at;
        while (at > 0 && char.IsAsciiLetterLower(text[at - 1]))
        {
            at--;
        }

        return (last - at >= 2 && at > 1 && text[at - 1] == '.' && IsLabel(text[at - 2])) || IsBehindScheme(text, at);
    }

    private static bool IsBehindScheme(string text, int at)
    {
        while (at > 0 && (IsLabel(text[at - 1]) || text[at - 1] is '.' or ':' or '@' or '[' or ']'))
        {
            at--;
        }

        return at > 6 && text.AsSpan(0, at).EndsWith("://", StringComparison.Ordinal);
    }

    private static int EndOfPath(string text, int at)
    {
        while (at < text.Length && text[at] > ' ' && text[at] is not ('"' or '<' or '>' or '«' or '»' or '“' or '”' or '\u00A0' or '\u2028' or '\u2029' or '\u3000'))
        {
            at++;
        }

        return at;
    }

    private static bool IsLabel(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || c >= '\u0080' && char.IsLetter(c);
}
