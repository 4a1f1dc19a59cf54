using System.Buffers;
using System.Collections.Frozen;

namespace NewsWatch.Core.Articles.Body;

/// <summary>The words in class names and ids that tell what a box is for, alone or two or three together with hyphens, in singular or plural.</summary>
internal static class ClassNameWords
{
    private const int MaxTogether = 3;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \n\t\r\f");

    // These tell what a box is about, whatever else its name says.
    private const string Boilerplate =
        "about-author aboutauthor ad addthis addtoany ads adslot adunit advert advertisement advertising affiliate also-read app-download app-hint appbanner aside author author-bio " +
        "author-box author-info authorbio authorbox authorinfo authors banner bio breadcrumb breadcrumbs byline bylines call-to-action caption captions cookie cookies copyright " +
        "correction-form credit credits cta dfp disclaimer donate donation eyebrow fact-box factbox fakta faktaboks faktabox faktaruta figcaption follow followus footer gpt " +
        "hashtags info-box infobox jp-relatedposts keyword keywords kicker latest lightbox lire-aussi login mehr-zum menu modal more-from more-on more-stories most-read " +
        "mostread newsletter newsletters no-print noprint notification outbrain overlay overline pager pagination paywall-prompt pop-up popular popup premium-hint printonly promo " +
        "promos promotion pull-quote pullquote rail read-also read-more read-next readmore recirc recommend recommendations recommended register registration related relateds " +
        "screen-reader screen-reader-text see-also share sharebar sharedaddy shares sharing shop side-bar sidebar sign-up signup skip-link social socials speakable-card sponsor " +
        "sponsored sr-only subscribe subscription table-of-contents taboola tag tag-list taglist tags toolbar tooltip popover hovercard hover-card topic topics trending visually-hidden visuallyhidden " +
        "wp-caption ";

    // These name things that stand around a text, and that may hold text of their own: "info-image-text", "teaser-content".
    private const string Things =
        "alert audio carousel date dateline datetime feedback galleries gallery image img media meta metadata nav navbar navi navigation photo picture player podcast poll post-card " +
        "pubdate published quiz rating ratings slider slideshow teaser teasers timestamp toc tools video vote ";

    // What readers write.
    private const string Comments =
        "comment comment-thread commentlist comments-area comments-container commentsarea commentscontainer commentthread discussion disqus reader-views readerviews replies respond ";

    // Legal texts of consent may be longer than any article.
    private const string Consent =
        "onetrust cookiebot didomi usercentrics gdpr consent cookie-consent cookie-banner cookie-notice cookie-policy cookie-law cookie-bar cookie-popup cookie-modal cookie-overlay " +
        "cookie-settings cookieconsent cookiebanner cookienotice cookiepolicy cookielaw cookiebar cookiepopup cookiemodal cookieoverlay cookiesettings ";

    private static readonly FrozenDictionary<string, (ClassNameUse Use, bool Opens)>.AlternateLookup<ReadOnlySpan<char>> Words = Table((Boilerplate, ClassNameUse.Boilerplate), (Things, ClassNameUse.Thing), (Comments, ClassNameUse.Comments), (Consent, ClassNameUse.Consent)).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names that are written as one word.</summary>
    public static SearchValues<string> Joined { get; } = SearchValues.Create(
        ["relatedarticles", "relatedposts", "relatedcontent", "relatedlinks", "relatedstories", "socialshare", "sharebuttons", "sharetools", "articleauthor", "authorinfo", "articletags", "articlefooter", "articlemeta", "morestories", "readalso", "newsletterform", "adcontainer", "adwrapper", "google_ads", "imagecaption", "photocaption"],
        StringComparison.Ordinal);

    /// <summary>What the words of class names tell, and each two and three that stand together in one name.</summary>
    /// <param name="names">Of one element, a few thousand characters at most.</param>
    public static ClassNameUse Of(string names)
    {
        var uses = ClassNameUse.None;
        Span<char> name = stackalloc char[names.Length];
        foreach (var written in names.AsSpan().SplitAny(Blanks))
        {
            var length = Hyphened(names.AsSpan()[written], name);
            uses |= IsHidden(name[..length]) ? ClassNameUse.Boilerplate : OfName(name[..length]);
        }

        return uses;
    }

    // Said of the whole box: "label-hidden" hides a label, "overflow-hidden" nothing that is read.
    private static bool IsHidden(ReadOnlySpan<char> name) => name is "hidden" or "is-hidden";

    // One hyphen between two words, whatever is there.
    private static int Hyphened(ReadOnlySpan<char> written, Span<char> name)
    {
        var length = 0;
        foreach (var c in written)
        {
            var letter = c == '_' ? '-' : c;
            if (letter != '-' || (length > 0 && name[length - 1] != '-'))
            {
                name[length++] = letter;
            }
        }

        return length;
    }

    private static ClassNameUse OfName(ReadOnlySpan<char> name)
    {
        var uses = ClassNameUse.None;
        for (var rest = name.Trim('-'); rest.Length > 0; rest = rest.IndexOf('-') is >= 0 and var hyphen ? rest[(hyphen + 1)..] : [])
        {
            var end = End(rest, 0);
            var (use, opens) = Words.TryGetValue(rest[..end], out var word) ? word : default;
            uses |= use;
            for (var together = 2; opens && together <= MaxTogether && end < rest.Length; together++)
            {
                end = End(rest, end + 1);
                uses |= Words.TryGetValue(rest[..end], out var words) ? words.Use : ClassNameUse.None;
            }
        }

        return uses;
    }

    private static int End(ReadOnlySpan<char> name, int from) => name[from..].IndexOf('-') is >= 0 and var hyphen ? from + hyphen : name.Length;

    // In singular and plural; the first word of several says that others may follow.
    private static FrozenDictionary<string, (ClassNameUse Use, bool Opens)> Table(params ReadOnlySpan<(string Words, ClassNameUse Use)> rows)
    {
        var table = new Dictionary<string, (ClassNameUse Use, bool Opens)>(StringComparer.Ordinal);
        foreach (var (words, use) in rows)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                table[word] = (table.GetValueOrDefault(word).Use | use, false);
            }
        }

        foreach (var (word, (use, _)) in table.ToList())
        {
            table.TryAdd(word + "s", (use, false));
        }

        foreach (var words in table.Keys.Where(words => words.Contains('-', StringComparison.Ordinal)).ToList())
        {
            var first = words[..words.IndexOf('-', StringComparison.Ordinal)];
            table[first] = (table.GetValueOrDefault(first).Use, true);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>What a word in a class name says that a box is for.</summary>
[Flags]
internal enum ClassNameUse
{
    /// <summary>Nothing known.</summary>
    None = 0,

    /// <summary>It is around a text, whatever else its name says.</summary>
    Boilerplate = 1,

    /// <summary>A thing that is around a text, and that may hold text of its own.</summary>
    Thing = 2,

    /// <summary>What readers write.</summary>
    Comments = 4,

    /// <summary>Consent to cookies.</summary>
    Consent = 8,
}
