namespace NewsWatch.Core.Feeds;

/// <summary>
/// Keeps the newest of any number of items as they come, in their order, and counts the others; never holds more than twice as many.
/// Those without a date count as new, and of equally new ones the first are kept.
/// </summary>
internal sealed class NewestItems<T>(Func<T, DateTimeOffset?> published)
{
    private readonly List<T> _held = [];

    public int Dropped { get; private set; }

    /// <summary>At most <see cref="FeedParser.MaxItems"/>.</summary>
    public IReadOnlyList<T> Kept()
    {
        if (_held.Count > FeedParser.MaxItems)
        {
            Shed();
        }

        return _held;
    }

    public void Add(T item)
    {
        _held.Add(item);
        if (_held.Count == 2 * FeedParser.MaxItems)
        {
            Shed();
        }
    }

    private void Shed()
    {
        var newest = _held.Select((item, at) => (Item: item, At: at)).OrderByDescending(held => published(held.Item) ?? DateTimeOffset.MaxValue).Take(FeedParser.MaxItems).OrderBy(held => held.At).Select(held => held.Item).ToList();
        Dropped += _held.Count - newest.Count;
        _held.Clear();
        _held.AddRange(newest);
    }
}
