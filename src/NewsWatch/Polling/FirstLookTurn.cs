namespace NewsWatch.Polling;

/// <summary>Whether the first polls of all sources go on. Until their one line is logged, a failed poll has no line of its own: twelve of them would bury it.</summary>
public sealed class FirstLookTurn
{
    private volatile bool _isOn;

    /// <summary>True from the service's start until the first polls are reported.</summary>
    public bool IsOn => _isOn;

    internal void Begin() => _isOn = true;

    internal void End() => _isOn = false;
}
