using System.Buffers;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>The elements of a page whose attributes say that they tell of the article: microdata, bylines, lines with dates.</summary>
internal sealed partial class PageMarks
{
    private const int MaxMarked = 500;

    private static readonly SearchValues<string> OfBylines = SearchValues.Create(["author", "byline", "autor", "auteur", "writer", "redakteur", "reporter"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> OfDates = SearchValues.Create(["date", "time", "publish", "datum", "fecha", "tarih", "byline", "author", "meta", "info"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Elements with an itemprop.</summary>
    public List<IElement> Properties { get; } = [];

    public List<IElement> AuthorLinks { get; } = [];

    public List<IElement> Bylines { get; } = [];

    public List<IElement> DateLines { get; } = [];

    /// <summary>Looks through an element's attributes once: to ask for each by its name would be to look through them all again.</summary>
    public void Take(IElement element)
    {
        var attributes = element.Attributes;
        for (var index = 0; index < attributes.Length; index++)
        {
            Take(element, attributes[index]!);
        }
    }

    private void Take(IElement element, IAttr mark)
    {
        switch (mark.Name)
        {
            case "itemprop":
                Properties.Add(element);
                break;
            case "rel" when mark.Value.Contains("author", StringComparison.OrdinalIgnoreCase):
                AuthorLinks.Add(element);
                break;
            case "href" when element.LocalName == "a" && AuthorPath().IsMatch(mark.Value):
                Add(Bylines, element);
                break;
            case "id" or "class":
                AddIf(Bylines, element, mark.Value, OfBylines);
                AddIf(DateLines, element, mark.Value, OfDates);
                break;
        }
    }

    // Longer ones are lists of styling classes, or an attack.
    private static void AddIf(List<IElement> list, IElement element, string names, SearchValues<string> marks)
    {
        if (names.AsSpan(0, Math.Min(names.Length, PageHead.MaxClasses)).ContainsAny(marks))
        {
            Add(list, element);
        }
    }

    private static void Add(List<IElement> list, IElement element)
    {
        if (list.Count < MaxMarked && (list.Count == 0 || !ReferenceEquals(list[^1], element)))
        {
            list.Add(element);
        }
    }

    // Newsrooms link a name to its author's page.
    [GeneratedRegex("/(?:authors?|autor(?:en|es|i)?|auteurs?|reporters?|redakteure?|redacteurs?|journalist(?:e|en|es|s)?|writers?|columnists?)/", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex AuthorPath();
}
