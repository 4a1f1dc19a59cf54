using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Reads what class names and ids say about an element's purpose. One instance per page: the same marks come many times.</summary>
internal sealed partial class ClassNameClassifier
{
    // Longer ones are lists of styling classes, or an attack.
    private const int MaxLength = 1_000;

    // A heading has more words.
    private const int MinHyphens = 4;

    private static readonly SearchValues<string> States = SearchValues.Create(["has-", "no-", "with-", "without-", "not-", "has_", "no_", "with_", "without_", "not_"], StringComparison.Ordinal);
    private static readonly SearchValues<string> Joints = SearchValues.Create(["-to-", "-a-", "-an-", "-the-", "-for-", "-of-", "-is-", "-are-", "-do-", "-your-", "-with-", "-and-", "-how-", "-what-", "-why-", "-when-", "-der-", "-die-", "-das-", "-des-", "-les-", "-los-"], StringComparison.Ordinal);
    private static readonly SearchValues<string> Texts = SearchValues.Create(["body", "content", "text", "copy", "main", "prose", "artikel"], StringComparison.Ordinal);

    private readonly Dictionary<string, NodeKind> _known = new(StringComparer.Ordinal);

    /// <summary>The purpose that an element's marks (class and id in lower case) tell.</summary>
    public NodeKind KindOf(string marks)
    {
        if (marks.Length == 0)
        {
            return NodeKind.Neutral;
        }

        if (!_known.TryGetValue(marks, out var kind))
        {
            _known[marks] = kind = Read(marks);
        }

        return kind;
    }

    /// <summary>Classes or an id in lower case, with hyphens where capitals parted words.</summary>
    public static string Fold(string? names)
    {
        if (names is null or { Length: 0 or > MaxLength } || !names.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            return names is { Length: <= MaxLength } ? names : "";
        }

        var text = new StringBuilder(names.Length + 16);
        for (var at = 0; at < names.Length; at++)
        {
            if (at > 0 && char.IsUpper(names[at]) && char.IsLower(names[at - 1]))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(names[at]));
        }

        return text.ToString();
    }

    // Without states of the box and words of a heading.
    private static string Telling(string marks)
    {
        var classes = marks.AsSpan().ContainsAny(States) ? StateMark().Replace(marks, " ") : marks;
        return classes.AsSpan().Count('-') >= MinHyphens && classes.AsSpan().ContainsAny(Joints) ? HeadingName().Replace(classes, " ") : classes;
    }

    private static NodeKind Read(string marks)
    {
        var classes = Telling(marks);
        if (classes.AsSpan().ContainsAny(Texts) && ContentMark().IsMatch(classes))
        {
            return NodeKind.Content;
        }

        var uses = ClassNameWords.Of(classes);
        return uses.HasFlag(ClassNameUse.Comments) ? NodeKind.Comments
            : uses.HasFlag(ClassNameUse.Consent) ? NodeKind.Elsewhere
            : uses.HasFlag(ClassNameUse.Boilerplate) || classes.AsSpan().ContainsAny(ClassNameWords.Joined) || (classes.Contains("widget", StringComparison.Ordinal) && Widget().IsMatch(classes)) || (uses.HasFlag(ClassNameUse.Thing) && !TextOfThing().IsMatch(classes)) ? NodeKind.Boilerplate
            : NodeKind.Neutral;
    }

    /// <summary>True for names that tell a thing which may hold text of its own, and nothing else of a box.</summary>
    public static bool IsThing(string marks) => ClassNameWords.Of(Telling(marks)) == ClassNameUse.Thing;

    /// <summary>True for what floats over the page, belongs to a picture or is read out by machines only: not part of a sentence, even inside one.</summary>
    public static bool Floats(string marks) => marks.Length > 0 && FloatingMark().IsMatch(marks);

    [GeneratedRegex(@"(?:article|story|post|entry|news|page|content|detail|single|blog)(?:[-_]{0,2})(?:body|content|text|copy|main)(?![-_]?(?:right|left|aside|footer|header|meta|related|bottom|ad))|articlebody|storytext|storycontent|body[-_]?copy|body[-_]?text|text[-_]?body|rich[-_]?text|main[-_]?text|artikel(?:text|body|inhalt)|prose(?:\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex ContentMark();

    // "has-caption", "no-sidebar" tell a state of what is called otherwise.
    [GeneratedRegex(@"(?:^|\s)(?:has|no|with|without|not)[_-](?!print|display)[\w-]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex StateMark();

    // "how-to-shop-for-a-cheap-laptop" is a heading's words as an id, and names no purpose.
    [GeneratedRegex(@"(?:^|\s)(?=\S*-(?:to|a|an|the|for|of|is|are|do|your|with|and|how|what|why|when|der|die|das|des|les|los)-)\w+(?:-\w+){4,}(?=\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex HeadingName();

    // A widget is what side columns hold: its name begins so.
    [GeneratedRegex(@"(?:^|\s)widgets?(?:[_-][\w-]*)?(?:$|\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Widget();

    // The last word of a name is what it names.
    [GeneratedRegex(@"(?:^|[\s_-])(?:nav|widget|player|gallery|slideshow|carousel|slider|feedback|teaser|toc|post-card|alert|image|img|photo|picture|media|video|audio|podcast)s?[_-]{1,2}(?:[\w-]*[_-])?(?:text|content|body|copy|quote|paragraph|story|prose)(?:$|\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex TextOfThing();

    [GeneratedRegex(@"(?:^|[\s_-])(?:tooltip|caption|credit|popup|pop-up|popover|hover-?card|overlay|modal|screen-reader|screen-reader-text|visually-hidden|visuallyhidden|sr-only|noprint|no-print)(?:$|[\s_-])|(?:^|\s)hidden(?:$|\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex FloatingMark();
}
