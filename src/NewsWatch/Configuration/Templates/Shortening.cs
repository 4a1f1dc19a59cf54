using System.Globalization;

namespace NewsWatch.Configuration.Templates;

/// <summary>Cuts texts to a length.</summary>
internal static class Shortening
{
    /// <summary>At most so many characters of whole graphemes, cut at a word's end where one is near, with an ellipsis.</summary>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next < most)
        {
            end = next;
        }

        var cut = text[..end];
        var space = cut.LastIndexOf(' ');
        return (space > cut.Length * 2 / 3 ? cut[..space] : cut).TrimEnd(' ', ',', ';', ':', '-') + "…";
    }
}
