using System.Globalization;

namespace NewsWatch.Delivery.Mails;

/// <summary>Subjects: <c>[URGENT] Rule title: headline (Source)</c>, at most 78 characters; what is cut is the headline, at a word's end.</summary>
internal static class SubjectLine
{
    private const int Most = 78;
    private const int LeastHeadline = 24;
    private const int MostRule = 40;

    /// <summary>A subject; an empty tag or source leaves no trace.</summary>
    public static string Of(string tag, string rule, string headline, string source)
    {
        var before = (tag.Length > 0 ? $"[{tag}] " : "") + Shorten(rule, MostRule) + ": ";
        var after = source.Length > 0 ? $" ({Shorten(source, 24)})" : "";
        var room = Math.Max(LeastHeadline, Most - Length(before) - Length(after));
        return Bidi.Isolate(before + Bidi.Isolate(Shorten(headline, room)) + after);
    }

    /// <summary>At most so many graphemes, cut at a word's end where one is near.</summary>
    public static string Shorten(string text, int most)
    {
        var info = new StringInfo(text);
        if (info.LengthInTextElements <= most)
        {
            return text;
        }

        var cut = info.SubstringByTextElements(0, most - 1);
        var space = cut.LastIndexOf(' ');
        return (space > cut.Length * 2 / 3 ? cut[..space] : cut).TrimEnd(' ', ',', ';', ':', '-') + "…";
    }

    private static int Length(string text) => new StringInfo(text).LengthInTextElements;
}
