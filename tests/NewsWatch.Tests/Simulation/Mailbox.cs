namespace NewsWatch.Tests.Simulation;

/// <summary>A message that a simulated server took.</summary>
/// <param name="Bundle">Its Message-ID is a function of this.</param>
internal sealed record Arrival(string Bundle, string Kind, string Subscriber, string Channel, DateTimeOffset At, IReadOnlyList<string> AlertKeys, IReadOnlyList<int> About);

/// <summary>Simulated servers: what they took, and how they are doing.</summary>
internal sealed class Mailbox(Random chance)
{
    private int _outage;

    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Times the process died after the server's acceptance.</summary>
    public int DeathsAfterAcceptance { get; set; }

    /// <summary>Once the world has come to rest every server takes everything.</summary>
    public bool AtRest { get; set; }

    public void Live() => _outage = _outage > 0 ? _outage - 1 : !AtRest && chance.Next(60) == 0 ? chance.Next(1, 20) : 0;

    public Answer Ask(string channel) => channel switch
    {
        _ when AtRest => Answer.Takes,
        "hook" => Answer.Takes,
        _ when _outage > 0 => Answer.NotNow,
        _ => chance.Next(100) switch
        {
            < 8 => Answer.NotNow,
            8 => Answer.Never,
            _ => Answer.Takes,
        },
    };
}

/// <summary>What a server says to a message.</summary>
internal enum Answer
{
    Takes,
    NotNow,
    Never,
}
