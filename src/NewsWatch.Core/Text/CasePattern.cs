namespace NewsWatch.Core.Text;

/// <summary>Which characters of a folded word were capitals in the original, for terms that keep their case.</summary>
internal static class CasePattern
{
    /// <summary>Bit n is set when the original of folded character n was a capital; only the first 64 count.</summary>
    public static ulong Of(ReadOnlySpan<char> original)
    {
        Span<char> folded = stackalloc char[32];
        var capitals = 0UL;
        var position = 0;
        foreach (var c in original)
        {
            if (Folding.ClassOf(c) == CharClass.Word)
            {
                var length = Folding.Fold(c, folded);
                for (var i = 0; i < length; i++, position++)
                {
                    capitals |= Folding.IsCapital(c) && position < 64 ? 1UL << position : 0;
                }
            }
            else
            {
                position += c is '\'' or '`' || Folding.ClassOf(c) == CharClass.Apostrophe ? 1 : 0;
            }
        }

        return capitals;
    }
}
