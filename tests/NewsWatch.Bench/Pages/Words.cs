using System.Text;
using System.Text.RegularExpressions;

namespace NewsWatch.Bench.Pages;

/// <summary>Compares texts by their words, so that spaces, case and punctuation do not count.</summary>
internal static partial class Words
{
    private const int Shingle = 4;

    /// <summary>The words in lower case, with single spaces.</summary>
    public static string Of(string text) => string.Join(' ', Word().Matches(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant()).Select(match => match.Value));

    /// <summary>Letters and digits alone.</summary>
    public static string Key(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>Precision and recall of a text in runs of four words, as the scrapinghub benchmark counts them.</summary>
    public static (double Precision, double Recall) Overlap(string truth, string text)
    {
        var (wanted, came) = (Runs(truth), Runs(text));
        var shared = wanted.Sum(run => Math.Min(run.Value, came.GetValueOrDefault(run.Key)));
        return (shared == 0 ? 0 : (double)shared / came.Values.Sum(), shared == 0 ? 0 : (double)shared / wanted.Values.Sum());
    }

    private static Dictionary<string, int> Runs(string text)
    {
        var words = Word().Matches(text).Select(match => match.Value).ToList();
        return Enumerable.Range(0, Math.Max(1, words.Count - Shingle + 1)).Select(at => string.Join(' ', words.Skip(at).Take(Shingle))).Where(run => run.Length > 0)
            .CountBy(run => run).ToDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
