using System.Text;
using System.Text.RegularExpressions;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Reads what class names and ids say about an element's purpose. One instance per page: the same marks come many times.</summary>
internal sealed partial class Marks
{
    // Longer ones are lists of styling classes, or an attack.
    private const int MaxLength = 1_000;

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

    /// <summary>Class and id as one text in lower case, with hyphens where capitals parted words.</summary>
    public static string Fold(string? classes, string? id)
    {
        if ((classes?.Length ?? 0) + (id?.Length ?? 0) is 0 or > MaxLength)
        {
            return "";
        }

        var text = new StringBuilder(classes, (classes?.Length ?? 0) + (id?.Length ?? 0) + 16);
        text.Append(' ').Append(id);
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (char.IsUpper(text[at]))
            {
                text[at] = char.ToLowerInvariant(text[at]);
                if (at > 0 && char.IsLower(text[at - 1]))
                {
                    text.Insert(at, '-');
                }
            }
        }

        return text.ToString();
    }

    private static NodeKind Read(string marks)
    {
        var told = StateMark().Replace(marks, " ");
        return ContentMark().IsMatch(told) ? NodeKind.Content
            : CommentMark().IsMatch(told) ? NodeKind.Comments
            : ConsentMark().IsMatch(told) ? NodeKind.Elsewhere
            : FurnitureMark().IsMatch(told) || (ThingMark().IsMatch(told) && !TextOfThing().IsMatch(told)) ? NodeKind.Furniture
            : NodeKind.Neutral;
    }

    /// <summary>True for what floats over the page, belongs to a picture or is read out by machines only: no part of a sentence even where it stands in one.</summary>
    public static bool Floats(string marks) => marks.Length > 0 && FloatingMark().IsMatch(marks);

    [GeneratedRegex(@"(?:article|story|post|entry|news|page|content|detail|single|blog)(?:[-_]{0,2})(?:body|content|text|copy|main)(?![-_]?(?:right|left|aside|footer|header|meta|related|bottom|ad))|articlebody|storytext|storycontent|body[-_]?copy|body[-_]?text|text[-_]?body|rich[-_]?text|main[-_]?text|artikel(?:text|body|inhalt)|prose(?:\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ContentMark();

    // "has-caption", "no-sidebar" tell a state of what is called otherwise.
    [GeneratedRegex(@"(?:^|\s)(?:has|no|with|without|not)-(?!print|display)[\w-]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex StateMark();

    [GeneratedRegex(@"(?:^|[\s_-])(?:comment|commentlist|comments-?area|comments-?container|comment-?thread|disqus|respond|discussion|reader-?views|replies)s?(?:$|[\s_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CommentMark();

    // Legal texts of consent may be longer than any article.
    [GeneratedRegex(@"(?:^|[\s_-])(?:onetrust|cookiebot|didomi|usercentrics|gdpr|consent|cookie-?(?:consent|banner|notice|policy|law|bar|popup|modal|overlay|settings))(?:$|[\s_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ConsentMark();

    // These words tell what a box is about, whatever else its name says.
    [GeneratedRegex(@"(?:^|[\s_-])(?:ad|ads|advert|advertisement|advertising|adslot|adunit|dfp|gpt|sponsor|sponsored|outbrain|taboola|related|relateds|recirc|recommend|recommended|recommendations|readmore|read-more|read-next|read-also|also-read|more-on|more-from|more-stories|see-also|lire-aussi|mehr-zum|share|sharing|shares|sharebar|social|socials|addthis|addtoany|sharedaddy|jp-relatedposts|newsletter|newsletters|subscribe|subscription|signup|sign-up|login|register|registration|paywall-prompt|footer|sidebar|side-bar|aside|rail|breadcrumb|breadcrumbs|byline|bylines|authors?|author-?bio|author-?info|author-?box|about-?author|bio|caption|captions|figcaption|wp-caption|credit|credits|copyright|disclaimer|tags?|taglist|tag-list|topics?|keywords?|hashtags|promo|promos|promotion|banner|modal|popup|pop-up|overlay|lightbox|cookie|cookies|consent|gdpr|menu|pagination|pager|toolbar|printonly|donate|donation|trending|popular|most-read|mostread|latest|skip-link|screen-reader|screen-reader-text|visually-hidden|visuallyhidden|sr-only|hidden|noprint|no-print|table-of-contents|infobox|info-box|factbox|fact-box|faktabox|fakta|faktaruta|faktaboks|app-hint|premium-hint|speakable-card|pullquote|pull-quote|tooltip|notification|follow|followus|app-download|appbanner|cta|call-to-action|shop|affiliate|kicker|overline|eyebrow|correction-form)s?(?:$|[\s_-])|relatedarticles|relatedposts|relatedcontent|relatedlinks|relatedstories|socialshare|sharebuttons|sharetools|articleauthor|authorinfo|articletags|articlefooter|articlemeta|morestories|readalso|newsletterform|adcontainer|adwrapper|google_ads|imagecaption|photocaption", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FurnitureMark();

    // These words name things that stand around a text, and that may hold text of their own: "story-widget-text", "teaser-content".
    [GeneratedRegex(@"(?:^|[\s_-])(?:nav|navbar|navigation|navi|tools|timestamp|datetime|pubdate|dateline|date|published|meta|metadata|widget|widgets|player|gallery|galleries|slideshow|carousel|slider|poll|quiz|rating|ratings|vote|feedback|teaser|teasers|toc|post-card|alert|image|img|photo|picture|media|video|audio|podcast)s?(?:$|[\s_-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ThingMark();

    // The last word of a name is what it names.
    [GeneratedRegex(@"(?:^|[\s_-])(?:nav|widget|player|gallery|slideshow|carousel|slider|feedback|teaser|toc|post-card|alert|image|img|photo|picture|media|video|audio|podcast)s?[_-]{1,2}(?:[\w-]*[_-])?(?:text|content|body|copy|quote|paragraph|story|prose)(?:$|\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TextOfThing();

    [GeneratedRegex(@"(?:^|[\s_-])(?:tooltip|caption|credit|popup|pop-up|popover|hover-?card|overlay|modal|screen-reader|screen-reader-text|visually-hidden|visuallyhidden|sr-only|noprint|no-print)(?:$|[\s_-])|(?:^|\s)hidden(?:$|\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FloatingMark();
}
