namespace NewsWatch.Fetching;

/// <summary>
/// Bytes that arrive in pieces, up to a limit: kept in blocks, so that growing copies nothing and a body refused at the limit has cost no more than the
/// limit. Counted twice while they grow, because the blocks and the whole exist together in the end.
/// </summary>
/// <param name="beside">Bytes that the job holds already.</param>
internal sealed class GrowingBytes(int limit, BudgetShare memory, long beside = 0)
{
    private const int MinBlock = 16 * 1024;
    private const int MaxBlock = 1024 * 1024;
    private readonly List<byte[]> _full = [];
    private byte[] _block = [];
    private int _used;
    private int _length;

    /// <summary>Takes a piece; false when it goes beyond the limit. Waits while the memory budget has no room.</summary>
    public async ValueTask<bool> TryAddAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (piece.Length > limit - _length)
        {
            return false;
        }

        var needed = beside + (2L * (_length + piece.Length));
        if (needed > memory.Held)
        {
            await memory.GrowAsync(Math.Min(Math.Max(needed, 2 * memory.Held), beside + (2L * limit)), cancellationToken);
        }

        Add(piece.Span);
        return true;
    }

    /// <summary>Returns all bytes.</summary>
    public byte[] ToArray()
    {
        var all = new byte[_length];
        var at = 0;
        foreach (var block in _full)
        {
            block.CopyTo(all, at);
            at += block.Length;
        }

        _block.AsSpan(0, _used).CopyTo(all.AsSpan(at));
        return all;
    }

    private void Add(ReadOnlySpan<byte> piece)
    {
        _length += piece.Length;
        while (piece.Length > 0)
        {
            var part = piece[..Math.Min(piece.Length, Room())];
            part.CopyTo(_block.AsSpan(_used));
            _used += part.Length;
            piece = piece[part.Length..];
        }
    }

    private int Room()
    {
        if (_used == _block.Length)
        {
            if (_used > 0)
            {
                _full.Add(_block);
            }

            (_block, _used) = (new byte[Math.Clamp(_block.Length * 2, MinBlock, MaxBlock)], 0);
        }

        return _block.Length - _used;
    }
}
