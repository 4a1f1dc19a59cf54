namespace NewsWatch.Core.Stories.Origins;

/// <summary>Who prints a text.</summary>
/// <param name="Id">The publisher's id; of a source without a publisher its site.</param>
/// <param name="Name">What a reader calls it.</param>
/// <param name="Owner">Who owns it: outlets of one owner have one source of news. Of an outlet without a known owner its own id.</param>
public sealed record Outlet(string Id, string Name, string Owner)
{
    /// <summary>True where it is a news agency.</summary>
    public bool IsWire { get; init; }

    /// <summary>True where a state speaks through it.</summary>
    public bool IsStateAffiliated { get; init; }
}

/// <summary>A text of a story, as far as it shows who found out.</summary>
/// <param name="Outlet">Who prints it.</param>
/// <param name="Title">The headline as plain text.</param>
/// <param name="Text">The text as far as it was read; empty where only the headline is known.</param>
/// <param name="Authors">The byline.</param>
public sealed record PrintedText(Outlet Outlet, string Title, string Text, IReadOnlyList<string> Authors);
