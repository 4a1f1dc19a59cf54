namespace NewsWatch.Core.Alerts;

/// <summary>A recipient of alerts.</summary>
public sealed record Subscriber
{
    /// <summary>The id from the configuration.</summary>
    public required string Id { get; init; }

    /// <summary>One address; null for a subscriber behind a webhook.</summary>
    public string? Email { get; init; }

    /// <summary>The channel's id.</summary>
    public required string Channel { get; init; }

    /// <summary>Rule ids; null means all.</summary>
    public IReadOnlySet<string>? Rules { get; init; }

    /// <summary>The zone of quiet hours, digests and times in mails.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>When not to disturb; null for never.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>The least severity that goes out at once at any hour and after any number of messages: see <see cref="QuietHours.BreakThrough"/>.</summary>
    public Severity BreakThrough => QuietHours?.BreakThrough ?? Severity.Flash;

    /// <summary>A time without alerts; those of that time are not sent later. Null for none.</summary>
    public Muting? Muted { get; init; }

    /// <summary>The most messages in a window; alerts over it, below <see cref="BreakThrough"/>, go into one digest.</summary>
    public Cap Cap { get; init; } = new(20, TimeSpan.FromHours(1));
}

/// <summary>A daily span in the subscriber's zone; may cross midnight.</summary>
/// <param name="From">First minute of quiet.</param>
/// <param name="To">First minute after it.</param>
/// <param name="BreakThrough">The least severity that goes out at once nevertheless.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, Severity BreakThrough);

/// <summary>At most <paramref name="Count"/> messages in each <paramref name="Window"/>.</summary>
public sealed record Cap(int Count, TimeSpan Window)
{
    /// <summary>No limit: for programs, which read at any speed.</summary>
    public static Cap None { get; } = new(int.MaxValue, TimeSpan.FromHours(1));

    /// <summary>True when there is no limit.</summary>
    public bool IsNone => Count == int.MaxValue;
}
