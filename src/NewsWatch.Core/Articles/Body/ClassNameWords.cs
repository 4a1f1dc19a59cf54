using System.Buffers;
using System.Collections.Frozen;

namespace NewsWatch.Core.Articles.Body;

/// <summary>The words in class names and ids that tell what a box is for, alone or two or three together with hyphens, in singular or plural.</summary>
internal static class ClassNameWords
{
    private const int MaxTogether = 3;

    /// <summary>These tell what a box is about, whatever else its name says.</summary>
    public static FrozenSet<string> Boilerplate { get; } = Set(
        "about-author aboutauthor ad addthis addtoany ads adslot adunit advert advertisement advertising affiliate also-read app-download app-hint appbanner aside author author-bio " +
        "author-box author-info authorbio authorbox authorinfo authors banner bio breadcrumb breadcrumbs byline bylines call-to-action caption captions cookie cookies copyright " +
        "correction-form credit credits cta dfp disclaimer donate donation eyebrow fact-box factbox fakta faktaboks faktabox faktaruta figcaption follow followus footer gpt " +
        "hashtags hidden info-box infobox jp-relatedposts keyword keywords kicker latest lightbox lire-aussi login mehr-zum menu modal more-from more-on more-stories most-read " +
        "mostread newsletter newsletters no-print noprint notification outbrain overlay overline pager pagination paywall-prompt pop-up popular popup premium-hint printonly promo " +
        "promos promotion pull-quote pullquote rail read-also read-more read-next readmore recirc recommend recommendations recommended register registration related relateds " +
        "screen-reader screen-reader-text see-also share sharebar sharedaddy shares sharing shop side-bar sidebar sign-up signup skip-link social socials speakable-card sponsor " +
        "sponsored sr-only subscribe subscription table-of-contents taboola tag tag-list taglist tags toolbar tooltip popover hovercard hover-card topic topics trending visually-hidden visuallyhidden " +
        "wp-caption ");

    /// <summary>These name things that stand around a text, and that may hold text of their own: "info-image-text", "teaser-content".</summary>
    public static FrozenSet<string> Things { get; } = Set(
        "alert audio carousel date dateline datetime feedback galleries gallery image img media meta metadata nav navbar navi navigation photo picture player podcast poll post-card " +
        "pubdate published quiz rating ratings slider slideshow teaser teasers timestamp toc tools video vote ");

    /// <summary>What readers write.</summary>
    public static FrozenSet<string> Comments { get; } = Set(
        "comment comment-thread commentlist comments-area comments-container commentsarea commentscontainer commentthread discussion disqus reader-views readerviews replies respond ");

    /// <summary>Legal texts of consent may be longer than any article.</summary>
    public static FrozenSet<string> Consent { get; } = Set(
        "onetrust cookiebot didomi usercentrics gdpr consent cookie-consent cookie-banner cookie-notice cookie-policy cookie-law cookie-bar cookie-popup cookie-modal cookie-overlay " +
        "cookie-settings cookieconsent cookiebanner cookienotice cookiepolicy cookielaw cookiebar cookiepopup cookiemodal cookieoverlay cookiesettings ");

    /// <summary>Names that are written as one word.</summary>
    public static SearchValues<string> Joined { get; } = SearchValues.Create(
        ["relatedarticles", "relatedposts", "relatedcontent", "relatedlinks", "relatedstories", "socialshare", "sharebuttons", "sharetools", "articleauthor", "authorinfo", "articletags", "articlefooter", "articlemeta", "morestories", "readalso", "newsletterform", "adcontainer", "adwrapper", "google_ads", "imagecaption", "photocaption"],
        StringComparison.Ordinal);

    /// <summary>True when a name has one of these words.</summary>
    public static bool Any(List<string> names, FrozenSet<string> words)
    {
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in names)
        {
            if (known.Contains(name) || (name[^1] == 's' && known.Contains(name.AsSpan(0, name.Length - 1))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The words of marks, and each two and three that stand together in one name.</summary>
    public static List<string> Split(string marks)
    {
        var names = new List<string>();
        foreach (var token in marks.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = token.Split(['-', '_', '\n', '\t', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries);
            for (var from = 0; from < parts.Length; from++)
            {
                names.Add(parts[from]);
                for (var more = 2; more <= MaxTogether && from + more <= parts.Length; more++)
                {
                    names.Add(string.Join('-', parts, from, more));
                }
            }
        }

        return names;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
