namespace NewsWatch.Core.Articles;

/// <summary>A page that grows: each update is an item of its own.</summary>
/// <param name="Updates">The updates in document order.</param>
/// <param name="CoverageEnds">When the publisher said it ends; null while it does not say.</param>
public sealed record LiveBlog(IReadOnlyList<LiveUpdate> Updates, DateTimeOffset? CoverageEnds);

/// <summary>One update of a live blog.</summary>
/// <param name="Id">Stable: the update's url or @id, else a hash of headline and time.</param>
/// <param name="Url">Its own address, absolute; null when it has none.</param>
/// <param name="Title">Its headline, else the first words of its text.</param>
/// <param name="Text">Its text.</param>
/// <param name="Published">When it was written.</param>
public sealed record LiveUpdate(string Id, string? Url, string Title, string Text, DateTimeOffset? Published);
