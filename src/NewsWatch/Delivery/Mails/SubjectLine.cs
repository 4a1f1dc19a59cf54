using System.Globalization;

namespace NewsWatch.Delivery.Mails;

/// <summary>
/// Subjects: <c>[URGENT] Rule title: headline (Source)</c>; what is cut is the headline, at a word's end, and the source goes before the headline
/// gets too short to be understood. With the "Re: " of a follow-up and the isolates of right-to-left words they have at most 78 characters.
/// </summary>
internal static class SubjectLine
{
    /// <summary>Characters; "Re: " takes the other four of 78.</summary>
    public const int Most = 74;

    private const int MostRule = 30;
    private const int MostSource = 24;
    private const int LeastHeadline = 24;
    private const int Isolates = 2;

    /// <summary>A subject; an empty tag or source leaves no trace.</summary>
    public static string Of(string tag, string rule, string headline, string source)
    {
        var before = (tag.Length > 0 ? $"[{tag}] " : "") + Bidi.Isolate(Shorten(rule, MostRule)) + ": ";
        var after = source.Length > 0 ? $" ({Bidi.Isolate(Shorten(source, MostSource))})" : "";
        if (headline.Length > LeastHeadline && Most - before.Length - after.Length < LeastHeadline)
        {
            after = "";
        }

        var room = Most - before.Length - after.Length;
        var isolated = Bidi.Isolate(Shorten(headline, room));
        return before + (isolated.Length <= room ? isolated : Bidi.Isolate(Shorten(headline, room - Isolates))) + after;
    }

    /// <summary>At most so many characters of whole graphemes, cut at a word's end where one is near.</summary>
    public static string Shorten(string text, int most)
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
