namespace NewsWatch.Core.Articles.Metadata;

/// <summary>A moment as a page tells it: perhaps without a zone, perhaps only a day.</summary>
/// <param name="Value">The moment; without a zone it is written as UTC.</param>
/// <param name="HasZone">The page named an offset or zone.</param>
/// <param name="HasTime">The page named an hour.</param>
internal sealed record PageDate(DateTimeOffset Value, bool HasZone, bool HasTime);
