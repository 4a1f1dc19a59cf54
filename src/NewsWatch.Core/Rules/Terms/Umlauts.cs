using System.Text;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>Umlauts and what is written where a keyboard lacks them: München and Muenchen, Støre and Stoere, Åland and Aaland.</summary>
internal static class Umlauts
{
    /// <summary>The folded word with its umlauts written out.</summary>
    public static string WrittenOut(ReadOnlySpan<char> original)
    {
        var written = new StringBuilder();
        foreach (var rune in Utf16Sanitizer.Of(original.ToString()).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            written.Append(Rune.ToLowerInvariant(rune).Value switch
            {
                'ä' => "ae",
                'ö' or 'ø' => "oe",
                'ü' => "ue",
                'å' => "aa",
                _ => rune.IsBmp && Folding.ClassOf((char)rune.Value) == CharClass.Ignorable ? "" : Folding.Fold(rune.ToString()),
            });
        }

        return written.ToString();
    }

    /// <summary>
    /// The folded word with umlauts in place of what may be written for them; the word itself when nothing may be: behind a vowel or a q it is none ("neue", "Queen").
    /// </summary>
    public static string Contracted(string folded)
    {
        var contracted = new StringBuilder();
        for (var i = 0; i < folded.Length; i++)
        {
            contracted.Append(folded[i]);
            var pair = i + 1 < folded.Length && (i == 0 || !"aeiouq".Contains(folded[i - 1])) && folded.AsSpan(i, 2) is "ae" or "oe" or "ue" or "aa";
            i += pair ? 1 : 0;
        }

        return contracted.ToString();
    }
}
