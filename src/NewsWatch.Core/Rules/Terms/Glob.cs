namespace NewsWatch.Core.Rules.Terms;

/// <summary>Matches a folded word against a pattern with <c>*</c> (any letters, also none) and <c>?</c> (one letter), in linear space and without recursion.</summary>
internal static class Glob
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> word)
    {
        int p = 0, w = 0, star = -1, retry = 0;
        while (w < word.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = w;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == word[w]))
            {
                p++;
                w++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                w = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
