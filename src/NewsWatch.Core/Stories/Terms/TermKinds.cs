namespace NewsWatch.Core.Stories.Terms;

/// <summary>What a term is besides a word.</summary>
[Flags]
internal enum TermKinds : byte
{
    /// <summary>A plain word.</summary>
    None = 0,

    /// <summary>A person, organisation or place.</summary>
    Name = 1,

    /// <summary>A number.</summary>
    Number = 2,

    /// <summary>An entity or list of the watch.</summary>
    Watched = 4,

    /// <summary>A word that another event shares: one that a rule asks for, or of the short text below the headline alone.</summary>
    Shared = 8,

    /// <summary>A word that the headline tells as still to come: "to meet", "will meet".</summary>
    Ahead = 16,
}
