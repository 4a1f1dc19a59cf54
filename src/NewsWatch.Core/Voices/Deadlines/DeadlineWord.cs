namespace NewsWatch.Core.Voices.Deadlines;

/// <summary>Kinds of the lines of <c>deadlines.txt</c>.</summary>
internal enum DeadlineWord : byte
{
    None,

    /// <summary>A deadline by its name.</summary>
    Noun,

    /// <summary>What may run out: a licence, a truce.</summary>
    Valid,

    /// <summary>Comes before the last moment: "until".</summary>
    Bound,

    /// <summary>What follows is no longer the date.</summary>
    Old,

    Must,

    /// <summary>A validity ends, whatever it is of.</summary>
    Expire,

    /// <summary>Ends or lasts: a deadline only of what may run out.</summary>
    End,

    Due,

    /// <summary>Gives somebody so much time.</summary>
    Give,

    Extend,
    Move,
    Meet,
    Miss,

    /// <summary>"Let the deadline pass".</summary>
    Pass,

    Deny,

    /// <summary>Directly before the deadline: there is none.</summary>
    No,

    Lift,
    Set,

    /// <summary>What is open, played or forecast until then is no deadline.</summary>
    Habit,
}
