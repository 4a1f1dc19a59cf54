using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>What microdata and the visible page say: itemprop, time elements, bylines, dates as people read them.</summary>
internal static class VisibleFacts
{
    private const int MaxAuthors = 50;
    private const int MaxByline = 2_000;
    private const int MaxBylineLine = 70;
    private const int MaxDateLine = 100;
    private const int MinSentence = 60;

    /// <summary>Facts from itemprop attributes (HTML microdata, schema.org names).</summary>
    public static PageFacts Microdata(PageHead head) => new()
    {
        Signal = "microdata",
        Headline = Property(head, "headline") is { } headline ? PlainText.OneLine(Value(headline)) : null,
        Authors = head.Marks.Properties.Where(e => Is(e, "author") && !head.IsBoilerplate(e)).Take(MaxAuthors).Select(AuthorName).SelectMany(BylineNames.Split).Distinct(StringComparer.OrdinalIgnoreCase).Take(6).ToList(),
        Published = Dated(head) is { } published ? MachineDate.Parse(Value(published)) ?? VisibleDate.Find(PlainText.OneLine(Value(published))) : null,
        Modified = Property(head, "dateModified") is { } modified ? MachineDate.Parse(Value(modified)) : null,
        Section = Property(head, "articleSection") is { } section ? PlainText.OneLine(Value(section)) : null,
    };

    /// <summary>Facts from time elements, author links and lines that look like bylines.</summary>
    public static PageFacts Shown(PageHead head) => new()
    {
        Signal = "visible",
        Headline = head.Headings.Count > 0 ? PlainText.OneLine(ShortText.Of(head.Headings[0], PlainText.MaxRead)) : null,
        Authors = Authors(head),
        Published = Times(head) ?? BelowHeadline(head) ?? AboveHeadline(head) ?? DateLines(head) ?? BesideHeadline(head) ?? Opening(head) ?? VisibleDate.Opening(head.Title) ?? Days(head),
    };

    private static List<string> Authors(PageHead head)
    {
        var links = head.Marks.AuthorLinks.Where(e => !head.IsBoilerplate(e)).Take(MaxAuthors).Select(e => ShownText.Of(e, MaxByline)).SelectMany(BylineNames.Split).Distinct(StringComparer.OrdinalIgnoreCase).Take(6).ToList();
        return links.Count > 0 ? links : Bylines(head);
    }

    private static List<string> Bylines(PageHead head)
    {
        foreach (var byline in head.Marks.Bylines.Where(e => !head.IsBoilerplate(e)))
        {
            var text = PlainText.OneLine(ShownText.Of(byline, MaxByline));
            if (text is { Length: <= 120 } && BylineNames.Split(text) is { Count: > 0 and <= 6 } names && names.All(LooksLikeName))
            {
                return [.. names];
            }
        }

        return BelowHeadline(head, MaxBylineLine).Where(BoilerplatePhrases.IsByline).Select(BylineNames.Split).FirstOrDefault(names => names.Count > 0 && names.All(LooksLikeName))?.ToList() ?? [];
    }

    // Two to four words, each with a capital: "Ana Maria Silva", not "Read all articles".
    private static bool LooksLikeName(string name)
    {
        var words = name.Split(' ');
        return words.Length is >= 2 and <= 4 && char.IsUpper(words[0][0]) && char.IsUpper(words[^1][0]);
    }

    private static PageDate? Times(PageHead head) =>
        head.Times.Where(e => !head.IsBoilerplate(e)).Take(5)
            .Select(e => MachineDate.Parse(e.GetAttribute("datetime")) ?? VisibleDate.Find(PlainText.OneLine(ShortText.Of(e, MaxByline))))
            .FirstOrDefault(instant => instant is { HasTime: true });

    private static PageDate? Days(PageHead head) =>
        head.Times.Where(e => !head.IsBoilerplate(e)).Select(e => MachineDate.Parse(e.GetAttribute("datetime"))).FirstOrDefault(day => day is not null);

    // "29.11.2022 – The ministers agreed": the first paragraph begins with its day.
    private static PageDate? Opening(PageHead head) =>
        head.BelowHeadline.Where(e => e.LocalName is "p" or "div" && !head.IsBoilerplate(e)).Select(e => VisibleDate.Opening(ShortText.Of(e, MaxDateLine))).FirstOrDefault(day => day is not null);

    // A line of its own that begins or ends with a date; the date of a change only if there is no other.
    private static PageDate? BelowHeadline(PageHead head) => Date(BelowHeadline(head, MaxDateLine));

    private static PageDate? AboveHeadline(PageHead head) => Date(Lines(head.AboveHeadline.Where(e => !head.IsBoilerplate(e)), MaxDateLine));

    private static PageDate? BesideHeadline(PageHead head) => Date(Lines(head.BelowHeadline.Where(head.IsBesideHeadline), MaxDateLine));

    private static PageDate? Date(IEnumerable<string> texts)
    {
        var lines = texts.Where(VisibleDate.IsDateLine).ToList();
        return (lines.Find(line => !VisibleDate.TellsChange(line)) ?? lines.FirstOrDefault()) is { } line ? VisibleDate.Find(line) : null;
    }

    private static IEnumerable<string> BelowHeadline(PageHead head, int most) =>
        Lines(head.BelowHeadline.Where(e => !head.IsBoilerplate(e)), most);

    private static IEnumerable<string> Lines(IEnumerable<IElement> elements, int most) =>
        elements.Where(e => !IsInSentence(e)).Select(e => ShownText.Of(e, most)).Where(text => text.Length > 0 && text.Length <= most).Select(PlainText.OneLine).OfType<string>();

    // The day of an event is in the story's own sentences.
    private static bool IsInSentence(IElement element) =>
        element.ParentElement is { } parent && parent.ChildNodes.OfType<IText>().Sum(text => TextMeasure.Letters(text.Data)) >= MinSentence;

    private static PageDate? DateLines(PageHead head)
    {
        var found = head.Marks.DateLines.Where(e => !head.IsBoilerplate(e)).Take(100)
            .Select(e => ShortText.Of(e, 1_000) is { Length: <= 1_000 } line ? VisibleDate.Find(PlainText.OneLine(line)) : null).OfType<PageDate>().ToList();
        return found.Find(instant => instant.HasTime) ?? found.FirstOrDefault();
    }

    private static IElement? Property(PageHead head, string name) => head.Marks.Properties.Find(e => Is(e, name) && !head.IsBoilerplate(e));

    // A page that names one date of publication means its own, in whatever box.
    private static IElement? Dated(PageHead head) =>
        Property(head, "datePublished") ?? (head.Marks.Properties.FindAll(e => Is(e, "datePublished")) is [var only] ? only : null);

    private static bool Is(IElement element, string property) =>
        element.GetAttribute("itemprop")!.Split(' ').Contains(property, StringComparer.OrdinalIgnoreCase);

    private static string Value(IElement element) => element.GetAttribute("content") ?? element.GetAttribute("datetime") ?? ShortText.Of(element, PlainText.MaxRead);

    private static string AuthorName(IElement author) =>
        author.GetAttribute("content") ?? (author.QuerySelector("[itemprop=name]") is { } name ? ShortText.Of(name, MaxByline) : null) ?? author.QuerySelector("meta[itemprop=name]")?.GetAttribute("content") ?? ShortText.Of(author, MaxByline);
}
