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

    private static NodeKind Read(string marks) =>
        ContentMark().IsMatch(marks) ? NodeKind.Content : FurnitureMark().IsMatch(marks) ? NodeKind.Furniture : NodeKind.Neutral;

    [GeneratedRegex(@"(?:article|story|post|entry|news|page|content|detail|single|blog)(?:[-_]{0,2})(?:body|content|text|copy|main)(?![-_]?(?:right|left|aside|footer|header|meta|related|bottom|ad))|articlebody|storytext|storycontent|body[-_]?copy|body[-_]?text|text[-_]?body|rich[-_]?text|main[-_]?text|artikel(?:text|body|inhalt)|prose(?:\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex ContentMark();

    [GeneratedRegex(@"(?:^|[\s_-])(?:ad|ads|advert|advertisement|advertising|adslot|adunit|dfp|gpt|sponsor|sponsored|outbrain|taboola|related|relateds|recirc|recommend|recommended|recommendations|readmore|read-more|read-next|read-also|also-read|more-on|more-from|more-stories|see-also|lire-aussi|mehr-zum|share|sharing|shares|sharebar|social|socials|addthis|addtoany|sharedaddy|jp-relatedposts|newsletter|newsletters|subscribe|subscription|signup|sign-up|login|register|registration|paywall-prompt|comment|comments|disqus|commentlist|respond|discussion|footer|footnote|sidebar|side-bar|aside|rail|breadcrumb|breadcrumbs|byline|bylines|authors?|author-?bio|author-?info|author-?box|about-?author|bio|caption|captions|figcaption|wp-caption|credit|credits|copyright|disclaimer|tags?|taglist|tag-list|topics?|keywords?|hashtags|promo|promos|promotion|banner|modal|popup|pop-up|overlay|lightbox|cookie|cookies|consent|gdpr|menu|nav|navbar|navigation|navi|pagination|pager|toolbar|tools|printonly|timestamp|datetime|pubdate|dateline|date|published|meta|metadata|widget|widgets|player|gallery|galleries|slideshow|carousel|slider|poll|quiz|rating|ratings|vote|feedback|correction-form|donate|donation|teaser|teasers|trending|popular|most-read|mostread|latest|skip-link|screen-reader|screen-reader-text|visually-hidden|visuallyhidden|sr-only|hidden|noprint|no-print|toc|table-of-contents|infobox|info-box|factbox|fact-box|faktabox|fakta|faktaruta|faktaboks|app-hint|premium-hint|speakable-card|post-card|pullquote|pull-quote|tooltip|notification|alert|follow|followus|app-download|appbanner|cta|call-to-action|shop|affiliate|kicker|overline|eyebrow|image|img|photo|picture|media|video|audio|podcast)s?(?:$|[\s_-])|relatedarticles|relatedposts|relatedcontent|relatedlinks|relatedstories|socialshare|sharebuttons|sharetools|articleauthor|authorinfo|articletags|articlefooter|articlemeta|morestories|readalso|newsletterform|adcontainer|adwrapper|google_ads|imagecaption|photocaption", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FurnitureMark();
}
