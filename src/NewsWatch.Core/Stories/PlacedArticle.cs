namespace NewsWatch.Core.Stories;

/// <summary>A placed article as it is stored, from which a book is read back.</summary>
/// <param name="Article">The article's number.</param>
/// <param name="At">When it was placed.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Report">The key of its report.</param>
/// <param name="Story">The key of the story it belongs to now.</param>
/// <param name="Fingerprint">What <see cref="Placement.Fingerprint"/> was.</param>
public sealed record PlacedArticle(long Article, DateTimeOffset At, string Publisher, long Report, long Story, ReadOnlyMemory<byte> Fingerprint);
