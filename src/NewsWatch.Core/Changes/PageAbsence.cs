namespace NewsWatch.Core.Changes;

/// <summary>What the looks at an article's page say about its being there.</summary>
public enum PageAbsence
{
    /// <summary>The page is there.</summary>
    Present,

    /// <summary>The page is missing, perhaps for a moment.</summary>
    Missing,

    /// <summary>The page is gone for good.</summary>
    Gone,
}

/// <summary>Tells a page that is gone from one that is missing for a moment.</summary>
public static class PageAbsences
{
    /// <summary>One missing page may be a slip of the server: only so many looks in a row without it, over <see cref="GoneAfter"/>, say that it is gone.</summary>
    public const int GoneLooks = 3;

    /// <summary>How far apart the first and the last of those looks are, at least.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromHours(2);

    /// <summary>What the looks in a row come to.</summary>
    /// <param name="status">The HTTP status of the last look: 410 says that a page is gone, 404 that it is missing (RFC 9110).</param>
    /// <param name="looks">How many looks in a row found the page missing, this one included.</param>
    /// <param name="missingFor">How long ago the first of them was.</param>
    public static PageAbsence Of(int status, int looks, TimeSpan missingFor) => status switch
    {
        410 => PageAbsence.Gone,
        404 => looks >= GoneLooks && missingFor >= GoneAfter ? PageAbsence.Gone : PageAbsence.Missing,
        _ => PageAbsence.Present,
    };
}
