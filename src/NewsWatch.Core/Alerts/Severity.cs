namespace NewsWatch.Core.Alerts;

/// <summary>The severity of an alert.</summary>
public enum Severity
{
    /// <summary>No tag in the subject; may wait for a digest.</summary>
    Routine,

    /// <summary>Sent at once.</summary>
    Urgent,

    /// <summary>Sent at once, by default also in quiet hours.</summary>
    Flash,
}

/// <summary>Why an alert exists: a closed list, never a flag.</summary>
public enum AlertReason
{
    /// <summary>The rule matched this story for the first time.</summary>
    FirstReport,

    /// <summary>A later version or article of an alerted story brings something new.</summary>
    Update,

    /// <summary>The alerted news was corrected.</summary>
    Correction,

    /// <summary>The alerted news was withdrawn.</summary>
    Withdrawal,

    /// <summary>The rule's severity rose.</summary>
    Escalation,

    /// <summary>A later article of an alerted story names a deadline that the rule asks for and has not told.</summary>
    DeadlineSet,

    /// <summary>A deadline that was told is another day, or was met, missed, denied or lifted.</summary>
    DeadlineMoved,

    /// <summary>A deadline that was told is near.</summary>
    DeadlineNear,

    /// <summary>The story has as many publishers or independent sources as the rule asks for.</summary>
    Corroboration,
}
