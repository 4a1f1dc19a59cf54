using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles;

/// <summary>A language tag as pages and feeds write it (<c>EN</c>, <c>de_at</c>), in the form of BCP 47.</summary>
public static partial class LanguageTag
{
    /// <summary>The tag, at most language, script and region; empty for what is none.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tag().Match(text.Trim().Replace('_', '-')) is { Success: true, Value: var tag } ? Cased(tag) : "";
    }

    private static string Cased(string tag)
    {
        var parts = tag.Split('-');
        return parts.Length == 1 ? parts[0].ToLowerInvariant() : parts[0].ToLowerInvariant() + "-" + (parts[1].Length == 2 ? parts[1].ToUpperInvariant() : parts[1]);
    }

    [GeneratedRegex(@"^[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|\d{3}))?(?=$|[-,;\s])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Tag();
}
