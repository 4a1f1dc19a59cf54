using System.Buffers;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>The elements of a page that carry metadata, found in one walk in document order.</summary>
internal sealed class PageHead
{
    private const int MaxMarked = 500;

    private const int MaxHeadline = 300;

    // Byline and date stand among the elements that follow a headline.
    private const int NearHeadline = 40;

    // Section and date stand among those before it.
    private const int BeforeHeadline = 8;

    /// <summary>Characters of class names that are looked at: longer ones are lists of styling classes, or an attack.</summary>
    public const int MaxClasses = 1_000;
    private static readonly SearchValues<string> BoilerplateMarks = SearchValues.Create(["related", "comment", "sidebar", "footer", "recommend", "teaser", "popular", "latest", "more-", "nav"], StringComparison.OrdinalIgnoreCase);

    private readonly Dictionary<IElement, bool> _boilerplate = [];
    private HashSet<IElement>? _aroundHeadline;
    private readonly Queue<IElement> _last = new();
    private int _sinceHeadline = NearHeadline;
    private string? _titleKey;
    private int _inTitle;

    private PageHead()
    {
    }

    public MetaFacts Meta { get; } = new();

    public List<IElement> Scripts { get; } = [];

    /// <summary>Inline scripts that may carry the page's data.</summary>
    public List<IElement> States { get; } = [];

    public List<IElement> Headings { get; } = [];

    public List<IElement> Times { get; } = [];

    /// <summary>Elements whose attributes say that they tell of the article.</summary>
    public PageMarks Marks { get; } = new();

    /// <summary>Elements that follow a main heading.</summary>
    public List<IElement> BelowHeadline { get; } = [];

    /// <summary>Elements right before a main heading, inside its own article or box.</summary>
    public List<IElement> AboveHeadline { get; } = [];

    /// <summary>The heading with most of the page's title; null when the title has no heading's words.</summary>
    public IElement? TitleHeading { get; private set; }

    public string? Canonical { get; private set; }

    public string? Amp { get; private set; }

    public string? Title { get; private set; }

    public string? Language { get; private set; }

    /// <summary>Walks the page once.</summary>
    public static PageHead Read(IDocument page, CancellationToken cancellation)
    {
        var head = new PageHead { Language = page.DocumentElement?.GetAttribute("lang") ?? page.DocumentElement?.GetAttribute("xml:lang") };
        if (page.DocumentElement is { } root)
        {
            head.Walk((Element)root, cancellation);
        }

        return head;
    }

    // By index: the next sibling of a node is found by searching it among all.
    private void Walk(Element element, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Take(element);
        var children = ((INode)element).ChildNodes;
        for (var index = 0; index < children.Length; index++)
        {
            if (children[index] is Element child)
            {
                Walk(child, cancellation);
            }
        }
    }

    /// <summary>True within related stories, comments, menus and the like; what holds the headline too is none of these, whatever it is called.</summary>
    public bool IsBoilerplate(IElement element)
    {
        if (element.LocalName == "body" || AroundHeadline.Contains(element))
        {
            return false;
        }

        if (!_boilerplate.TryGetValue(element, out var isBoilerplate))
        {
            _boilerplate[element] = isBoilerplate = IsMarked(element) || (element.ParentElement is { } parent && IsBoilerplate(parent));
        }

        return isBoilerplate;
    }

    /// <summary>True within an aside of the headline's own article that has no boilerplate's name: its box of facts.</summary>
    public bool IsBesideHeadline(IElement element) =>
        element.Closest("aside") is { } aside && !HasMark(aside.ClassName ?? "", BoilerplateMarks) && aside.Closest("article, main") is { } article && AroundHeadline.Contains(article);

    private HashSet<IElement> AroundHeadline =>
        _aroundHeadline ??= [.. new[] { TitleHeading, Headings.FirstOrDefault() }.OfType<IElement>().SelectMany(heading => heading.GetAncestors().OfType<IElement>())];

    private static bool IsMarked(IElement element) => element.LocalName is "aside" or "footer" or "nav"
        || (element.LocalName is not ("article" or "main") && element.GetAttribute("class") is { } classes && HasMark(classes, BoilerplateMarks));

    private static bool HasMark(string classes, SearchValues<string> marks) => classes.AsSpan(0, Math.Min(classes.Length, MaxClasses)).ContainsAny(marks);

    private void Take(Element element)
    {
        switch (element.LocalName)
        {
            case "meta":
                Meta.Add(element);
                return;
            case "link":
                TakeLink(element);
                return;
            case "script":
                (element.GetAttribute("type")?.Contains("ld+json", StringComparison.OrdinalIgnoreCase) == true ? Scripts : States).Add(element);
                return;
            case "title":
                Title ??= element.NamespaceUri == NamespaceNames.HtmlUri ? element.TextContent : null;
                return;
            case "h1":
                Headings.Add(element);
                TakeHeadline(element);
                break;
            case "h2" or "h3" when InTitle(element) > 0:
                TakeHeadline(element);
                break;
            case "time":
                Times.Add(element);
                break;
        }

        TakePlace(element);
    }

    private void TakeHeadline(Element heading)
    {
        _sinceHeadline = 0;
        if (AboveHeadline.Count == 0)
        {
            var article = heading.Closest("article");
            AboveHeadline.AddRange(_last.Where(element => article is null ? ReferenceEquals(element.ParentElement, heading.ParentElement) : !ReferenceEquals(element, article) && article.Contains(element) && !element.Contains(heading)));
        }

        if (InTitle(heading) is var letters && letters > _inTitle)
        {
            (TitleHeading, _inTitle) = (heading, letters);
        }
    }

    // Not every headline is a heading element, and the title contains the site's name too.
    private int InTitle(IElement heading) =>
        TextMeasure.Key(ShortText.Of(heading, MaxHeadline)) is { Length: >= 12 } key && (_titleKey ??= TextMeasure.Key(Title ?? "")).Contains(key, StringComparison.Ordinal) ? key.Length : 0;

    private void TakeLink(Element link)
    {
        switch (link.GetAttribute("rel")?.ToLowerInvariant())
        {
            case "canonical":
                Canonical ??= link.GetAttribute("href");
                break;
            case "amphtml":
                Amp ??= link.GetAttribute("href");
                break;
        }
    }

    private void TakePlace(Element element)
    {
        if (++_sinceHeadline is > 1 and < NearHeadline && BelowHeadline.Count < MaxMarked)
        {
            BelowHeadline.Add(element);
        }
        else if (AboveHeadline.Count == 0)
        {
            Remember(element);
        }

        Marks.Take(element);
    }

    private void Remember(IElement element)
    {
        if (_last.Count == BeforeHeadline)
        {
            _last.Dequeue();
        }

        _last.Enqueue(element);
    }
}
