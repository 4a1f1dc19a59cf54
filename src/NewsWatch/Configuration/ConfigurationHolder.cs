namespace NewsWatch.Configuration;

/// <summary>The configuration in force. Read it once for each piece of work, because a reload replaces all of it.</summary>
public sealed class ConfigurationHolder(WatchConfiguration first)
{
    private WatchConfiguration _current = first;

    /// <summary>Raised after a swap; handlers only set signals.</summary>
    public event Action<WatchConfiguration>? Changed;

    /// <summary>The configuration in force.</summary>
    public WatchConfiguration Current => Volatile.Read(ref _current);

    /// <summary>Replaces the configuration in force.</summary>
    public void Swap(WatchConfiguration next)
    {
        Volatile.Write(ref _current, next);
        Changed?.Invoke(next);
    }
}
