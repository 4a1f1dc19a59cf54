namespace NewsWatch.Core.Alerts;

/// <summary>What becomes of one alert for one subscriber: the second half of the decision. Each says why in one sentence.</summary>
public abstract record DeliveryPlan
{
    private DeliveryPlan(VerdictOutcome outcome, VerdictReason reason, string why) => (Outcome, Reason, Why) = (outcome, reason, why);

    /// <summary>What it comes to, in one word.</summary>
    public VerdictOutcome Outcome { get; }

    /// <summary>Why, for programs.</summary>
    public VerdictReason Reason { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Why { get; }

    /// <summary>The number of the silence that keeps the alert back; null for none.</summary>
    public long? Silence { get; init; }

    /// <summary>No message.</summary>
    public sealed record None : DeliveryPlan
    {
        internal None(VerdictReason reason, string why)
            : base(VerdictOutcome.Nothing, reason, why)
        {
        }
    }

    /// <summary>A message, now or later.</summary>
    public abstract record Planned : DeliveryPlan
    {
        private protected Planned(VerdictOutcome outcome, VerdictReason reason, DeliveryKind kind, DateTimeOffset at, string? bundle, string why)
            : base(outcome, reason, why) => (Kind, At, Bundle) = (kind, at, bundle);

        /// <summary>The kind of message that it goes with.</summary>
        public DeliveryKind Kind { get; }

        /// <summary>When the message leaves; not later than now means at once.</summary>
        public DateTimeOffset At { get; }

        /// <summary>The message that it goes with; null for one of its own.</summary>
        public string? Bundle { get; }
    }

    /// <summary>A message of its own, at once.</summary>
    public sealed record Immediate : Planned
    {
        internal Immediate(DateTimeOffset now)
            : base(VerdictOutcome.Send, VerdictReason.AtOnce, DeliveryKind.Alert, now, null, "sent at once")
        {
        }
    }

    /// <summary>With the alert that it corrects, which is held for a message.</summary>
    public sealed record Follows : Planned
    {
        internal Follows(HeldMessage held, string why)
            : base(VerdictOutcome.Group, VerdictReason.Grouped, held.Kind, held.At, held.Bundle, why)
        {
        }
    }

    /// <summary>With the others of its group, when the group's message leaves.</summary>
    public sealed record Grouped : Planned
    {
        internal Grouped(DateTimeOffset at, string bundle, bool joins, string why)
            : base(VerdictOutcome.Group, VerdictReason.Grouped, DeliveryKind.Group, at, bundle, why) => Joins = joins;

        /// <summary>True when the message was planned before: it costs no message more.</summary>
        public bool Joins { get; }
    }

    /// <summary>After the quiet hours, in one digest.</summary>
    public sealed record Held : Planned
    {
        internal Held(DateTimeOffset at, string bundle, string why)
            : base(VerdictOutcome.Hold, VerdictReason.QuietHours, DeliveryKind.Digest, at, bundle, why)
        {
        }
    }

    /// <summary>With all that a silence keeps back, when it ends.</summary>
    public sealed record Silenced : Planned
    {
        internal Silenced(DateTimeOffset at, string bundle, string why)
            : base(VerdictOutcome.Hold, VerdictReason.Muted, DeliveryKind.Digest, at, bundle, why)
        {
        }
    }

    /// <summary>In the digest of a local time.</summary>
    public sealed record Digest : Planned
    {
        internal Digest(DateTimeOffset at, string bundle, string why)
            : base(VerdictOutcome.Digest, VerdictReason.Digest, DeliveryKind.Digest, at, bundle, why)
        {
        }
    }

    /// <summary>Over the subscriber's cap: in one digest when there is room again.</summary>
    public sealed record Overflow : Planned
    {
        internal Overflow(DateTimeOffset at, string bundle, bool isFirst, string why)
            : base(VerdictOutcome.Cap, VerdictReason.Cap, DeliveryKind.Digest, at, bundle, why) => IsFirst = isFirst;

        /// <summary>True for the first alert of its digest: the subscriber hears at once that the cap is reached.</summary>
        public bool IsFirst { get; }
    }
}

/// <summary>What became of a match for a subscriber, in one word.</summary>
public enum VerdictOutcome
{
    /// <summary>A message of its own, at once.</summary>
    Send,

    /// <summary>With the others of its story or rule.</summary>
    Group,

    /// <summary>After the quiet hours, or after a silence.</summary>
    Hold,

    /// <summary>In the digest of a time of day.</summary>
    Digest,

    /// <summary>Over the cap: in the overflow digest.</summary>
    Cap,

    /// <summary>Not at all.</summary>
    Nothing,
}

/// <summary>What a message is to its reader.</summary>
public enum DeliveryKind
{
    /// <summary>One alert.</summary>
    Alert,

    /// <summary>The alerts of a story or a rule.</summary>
    Group,

    /// <summary>The alerts of a time: of a digest, of quiet hours, of a silence, over a cap.</summary>
    Digest,

    /// <summary>A notice to the operator.</summary>
    Notice,

    /// <summary>A subscriber's notice that the cap is reached.</summary>
    Cap,
}

/// <summary>A message that an alert is held for.</summary>
/// <param name="Bundle">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="At">When it leaves.</param>
public sealed record HeldMessage(string Bundle, DeliveryKind Kind, DateTimeOffset At);
