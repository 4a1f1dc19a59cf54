using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles;

/// <summary>Whether a feed's own text is the article or only leads to it: decides <c>FullText: auto</c>.</summary>
public static partial class Teaser
{
    /// <summary>Letters (ideographs count twice) from which a text is taken for the whole article.</summary>
    public const int WholeArticle = 1_500;

    private const int Ending = 120;

    private static readonly PhraseFinder ReadOn = new(
        @"(continue reading|read (more|on|the (full|rest|whole))|keep reading|full (story|article)|more at|the post .{1,80} (appeared first on|first appeared)|weiterlesen|mehr lesen|zum artikel|lire la suite|lire plus|seguir leyendo|leer más|sigue leyendo|continua a leggere|leggi tutto|leia mais|continue lendo|lees (meer|verder)|läs mer|les mer|læs mere|czytaj (więcej|dalej)|číst dále|читать (далее|дальше)|читати далі|続きを読む|더 보기|阅读全文|閱讀全文)[^.!?]{0,60}[.!?…»>→]*\s*$");

    /// <summary>True when the text is short, is cut off, ends with an invitation to read on, or only repeats the headline.</summary>
    /// <param name="title">The item's headline.</param>
    /// <param name="text">The item's plain text.</param>
    public static bool Looks(string title, string text)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        return TextMeasure.Letters(text) < WholeArticle || IsCut(text.TrimEnd()) || TextMeasure.Key(text) == TextMeasure.Key(title);
    }

    private static bool IsCut(string text)
    {
        var tail = text.Length <= Ending ? text : text[^Ending..];
        return CutMark().IsMatch(tail) || ReadOn.IsIn(tail);
    }

    [GeneratedRegex(@"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\]|\((?:…|\.\.\.)\))\W*$", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex CutMark();
}
