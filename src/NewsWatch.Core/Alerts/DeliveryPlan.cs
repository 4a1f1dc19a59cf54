namespace NewsWatch.Core.Alerts;

/// <summary>What becomes of one alert for one subscriber: the second half of the decision. Each says why in one sentence.</summary>
public abstract record DeliveryPlan
{
    private DeliveryPlan(string why) => Why = why;

    /// <summary>One sentence.</summary>
    public string Why { get; }

    /// <summary>Not told.</summary>
    public sealed record None : DeliveryPlan
    {
        internal None(string why)
            : base(why)
        {
        }
    }

    /// <summary>Told, now or later.</summary>
    public abstract record Planned : DeliveryPlan
    {
        private protected Planned(DateTimeOffset at, string? bundle, string why)
            : base(why) => (At, Bundle) = (at, bundle);

        /// <summary>When the message leaves; not later than now means at once.</summary>
        public DateTimeOffset At { get; }

        /// <summary>The message that it goes with; null for one of its own.</summary>
        public string? Bundle { get; }
    }

    /// <summary>A message of its own, at once.</summary>
    public sealed record Immediate : Planned
    {
        internal Immediate(DateTimeOffset now)
            : base(now, null, "sent at once")
        {
        }
    }

    /// <summary>With the others of its group, when the group's message leaves.</summary>
    public sealed record Grouped : Planned
    {
        internal Grouped(DateTimeOffset at, string bundle, string why)
            : base(at, bundle, why)
        {
        }
    }

    /// <summary>After the quiet hours, in one digest.</summary>
    public sealed record Held : Planned
    {
        internal Held(DateTimeOffset at, string bundle, string why)
            : base(at, bundle, why)
        {
        }
    }

    /// <summary>In the digest of a local time.</summary>
    public sealed record Digest : Planned
    {
        internal Digest(DateTimeOffset at, string bundle, string why)
            : base(at, bundle, why)
        {
        }
    }

    /// <summary>Over the subscriber's cap: in one digest when there is room again.</summary>
    public sealed record Overflow : Planned
    {
        internal Overflow(DateTimeOffset at, string bundle, bool isFirst, string why)
            : base(at, bundle, why) => IsFirst = isFirst;

        /// <summary>True for the first alert of its digest: the subscriber hears at once that the cap is reached.</summary>
        public bool IsFirst { get; }
    }
}
