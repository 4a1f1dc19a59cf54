using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>One state of an article's words.</summary>
/// <param name="Title">The headline as plain text.</param>
/// <param name="Text">The text; paragraphs are separated by line breaks.</param>
public sealed record TextVersion(string Title, string Text);

/// <summary>A place in a version: UTF-16 code units of its headline or text.</summary>
public sealed record TextSpan(Field Field, int Start, int Length)
{
    /// <summary>The code unit behind its last one.</summary>
    public int End => Start + Length;
}

/// <summary>What an alert said of an article.</summary>
/// <param name="Quoted">The places of the alerted version that it quoted. The headline counts as quoted always.</param>
/// <param name="Terms">The words that it was alerted for.</param>
public sealed record AlertedWords(IReadOnlyList<TextSpan> Quoted, IReadOnlyList<string> Terms);

/// <summary>A sentence with the words marked that changed.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Marks">Spans of <paramref name="Text"/>, ordered, not overlapping.</param>
public sealed record MarkedSentence(string Text, IReadOnlyList<MarkedSpan> Marks);

/// <summary>A marked span, in UTF-16 code units of its sentence.</summary>
public sealed record MarkedSpan(int Start, int Length);

/// <summary>One change between two versions of an article.</summary>
/// <param name="Class">What kind of change.</param>
/// <param name="IsTold">True where those who were alerted must hear of it.</param>
/// <param name="Before">Where the earlier version changed; null where something was only added.</param>
/// <param name="After">Where the later version changed; null where something was only taken away.</param>
/// <param name="Old">The sentence as it was; null where it was added.</param>
/// <param name="New">The sentence as it is; null where it was taken away.</param>
public sealed record TextChange(ChangeClass Class, bool IsTold, TextSpan? Before, TextSpan? After, MarkedSentence? Old, MarkedSentence? New);

/// <summary>What changed between two versions of an article.</summary>
/// <param name="Class">The gravest class of all changes.</param>
/// <param name="Changes">The changes, the gravest first, those that must be told before the others.</param>
public sealed record ArticleChanges(ChangeClass Class, IReadOnlyList<TextChange> Changes)
{
    /// <summary>Nothing changed.</summary>
    public static ArticleChanges None { get; } = new(ChangeClass.None, []);

    /// <summary>True where those who were alerted must hear of it.</summary>
    public bool IsTold => Changes.Any(change => change.IsTold);

    /// <summary>False for a page that shows a wall, an error or another text: the last good version stays.</summary>
    public bool IsVersion => Class != ChangeClass.Paywall;
}
