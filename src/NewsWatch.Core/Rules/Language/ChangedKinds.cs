namespace NewsWatch.Core.Rules.Language;

/// <summary>How an alerted article has changed, as rules ask for it: <c>changed:number</c>.</summary>
[Flags]
public enum ChangedKinds
{
    /// <summary>Not asked for.</summary>
    None = 0,

    /// <summary>In whatever way.</summary>
    Any = 1,

    /// <summary>A number is another one.</summary>
    Number = 2,

    /// <summary>What was denied is affirmed, or the reverse.</summary>
    Negation = 4,

    /// <summary>A name is another one.</summary>
    Name = 8,

    /// <summary>A day, month or date is another one.</summary>
    Date = 16,

    /// <summary>A note of the publisher says what was corrected.</summary>
    Correction = 32,

    /// <summary>The article was withdrawn, or its page is gone.</summary>
    Withdrawn = 64,
}
