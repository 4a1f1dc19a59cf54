using NewsWatch.Core.Stories.Terms;

namespace NewsWatch.Core.Stories.Clusters;

/// <summary>An article in the window of the stories.</summary>
internal sealed class Member(long article, Fingerprint print, DateTimeOffset at, string publisher)
{
    /// <summary>The article's number.</summary>
    public long Article { get; } = article;

    /// <summary>Its number in the window's index.</summary>
    public int Slot { get; set; }

    public Fingerprint Print { get; } = print;

    public Gist Gist => Print.Gist;

    /// <summary>When it was placed.</summary>
    public DateTimeOffset At { get; } = at;

    public string Publisher { get; } = publisher;

    /// <summary>The report it belongs to.</summary>
    public Cluster Report { get; set; } = null!;

    /// <summary>The story it belongs to.</summary>
    public Cluster Story { get; set; } = null!;
}
