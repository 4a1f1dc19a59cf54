namespace NewsWatch.Core.Stories.Origins;

/// <summary>How many tell a story, and how many of them found out for themselves.</summary>
/// <param name="Publishers">How many outlets print it.</param>
/// <param name="Origins">Who found out, in the order in which they were first seen.</param>
public sealed record Corroboration(int Publishers, IReadOnlyList<Origin> Origins)
{
    /// <summary>Nobody tells it.</summary>
    public static Corroboration None { get; } = new(0, []);

    /// <summary>How many found out for themselves.</summary>
    public int Independent => Origins.Count;
}

/// <summary>Who found out.</summary>
/// <param name="Kind">What kind of source.</param>
/// <param name="Name">What a reader calls it.</param>
/// <param name="Via">The outlets that print its texts beside itself.</param>
public sealed record Origin(OriginKind Kind, string Name, IReadOnlyList<string> Via)
{
    /// <summary>True where a state speaks through it.</summary>
    public bool IsStateAffiliated { get; init; }
}

/// <summary>Kinds of sources of news.</summary>
public enum OriginKind
{
    /// <summary>A news agency.</summary>
    Wire,

    /// <summary>An outlet, or the owner of several.</summary>
    Outlet,

    /// <summary>What the subject of the news published.</summary>
    PressRelease,
}
