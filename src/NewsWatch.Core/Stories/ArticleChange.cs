namespace NewsWatch.Core.Stories;

/// <summary>What an article, or a version of it, is to its story.</summary>
public enum ArticleChange
{
    /// <summary>The first article of a report.</summary>
    New,

    /// <summary>Another article of a known report.</summary>
    Copy,

    /// <summary>A later version of a known article, its page's text included.</summary>
    Edit,

    /// <summary>Another entry of a live blog.</summary>
    LiveUpdate,

    /// <summary>What was reported is corrected.</summary>
    Correction,

    /// <summary>What was reported is withdrawn.</summary>
    Withdrawal,
}
