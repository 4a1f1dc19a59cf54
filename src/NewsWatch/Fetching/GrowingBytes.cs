namespace NewsWatch.Fetching;

/// <summary>Bytes that come piece by piece, up to a limit: kept in blocks, so that growing copies nothing and what is refused at the limit has cost no more than the limit.</summary>
internal sealed class GrowingBytes(int limit)
{
    private const int Smallest = 16 * 1024;
    private const int Largest = 1024 * 1024;
    private readonly List<byte[]> _full = [];
    private byte[] _block = [];
    private int _used;
    private int _length;

    /// <summary>Takes a piece; false when it goes beyond the limit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > limit - _length)
        {
            return false;
        }

        _length += piece.Length;
        while (piece.Length > 0)
        {
            var part = piece[..Math.Min(piece.Length, Room())];
            part.CopyTo(_block.AsSpan(_used));
            _used += part.Length;
            piece = piece[part.Length..];
        }

        return true;
    }

    /// <summary>All of it.</summary>
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

    private int Room()
    {
        if (_used == _block.Length)
        {
            if (_used > 0)
            {
                _full.Add(_block);
            }

            (_block, _used) = (new byte[Math.Clamp(_block.Length * 2, Smallest, Largest)], 0);
        }

        return _block.Length - _used;
    }
}
