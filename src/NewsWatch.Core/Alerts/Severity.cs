namespace NewsWatch.Core.Alerts;

/// <summary>How loudly an alert is told.</summary>
public enum Severity
{
    /// <summary>No tag in the subject; may wait for a digest.</summary>
    Routine,

    /// <summary>Told at once.</summary>
    Urgent,

    /// <summary>Told at once, and breaks through quiet hours by default.</summary>
    Flash,
}

/// <summary>Why an alert exists: a closed list, never a flag.</summary>
public enum AlertReason
{
    /// <summary>The rule matched this story for the first time.</summary>
    FirstReport,

    /// <summary>A later version or article of a story that was told brings something new.</summary>
    Update,

    /// <summary>What was told was corrected.</summary>
    Correction,

    /// <summary>What was told was withdrawn.</summary>
    Withdrawal,

    /// <summary>The rule's severity rose.</summary>
    Escalation,
}
