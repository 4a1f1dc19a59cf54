using NewsWatch.Configuration.Templates;

namespace NewsWatch.Messages;

/// <summary>
/// Subjects: <c>[URGENT] headline [NOT: cease-fire] (Source)</c>. The news comes first, because a telephone shows some forty characters; the rule is in the
/// first line, the list and the headers. The source goes before a headline gets shorter than fifty; then the headline is cut at a word's end. With the "Re: " of a
/// follow-up and the isolates of right-to-left words a subject has at most 78 characters.
/// </summary>
internal static class SubjectLine
{
    /// <summary>Characters; "Re: " takes the other four of 78.</summary>
    public const int MaxLength = 74;

    /// <summary>What is left of it for a subject without its tag: the follow-ups of a thread may have any tag, and all else of their subjects must be alike.</summary>
    private const int MaxUntagged = MaxLength - 9;

    private const int MaxSource = 24;
    private const int MaxNegated = 20;
    private const int MinHeadline = 50;
    private const int Isolates = 2;

    /// <summary>A subject; what is empty leaves no trace.</summary>
    /// <param name="tag">FLASH, URGENT, or nothing.</param>
    /// <param name="headline">The news.</param>
    /// <param name="negated">What the news denies: "cease-fire".</param>
    /// <param name="source">Who says so.</param>
    public static string Of(string tag, string headline, string negated, string source)
    {
        var before = Tagged(tag, "");
        var not = negated.Length > 0 ? $" [NOT: {Bidi.Isolate(Shorten(negated, MaxNegated))}]" : "";
        var after = source.Length > 0 ? $" ({Bidi.Isolate(Shorten(source, MaxSource))})" : "";
        var room = MaxUntagged - not.Length;
        if (Math.Min(headline.Length + Isolates, MinHeadline) > room - after.Length)
        {
            after = "";
        }

        room -= after.Length;
        var isolated = Bidi.Isolate(Shorten(headline, room));
        return before + (isolated.Length <= room ? isolated : Bidi.Isolate(Shorten(headline, room - Isolates))) + not + after;
    }

    /// <summary>A subject under a tag; mail programs leave the tag out when they compare the subjects of a thread (RFC 5256, section 2.1).</summary>
    public static string Tagged(string tag, string subject) => tag.Length > 0 ? $"[{tag}] {subject}" : subject;

    /// <summary>At most so many characters of whole graphemes, cut at a word's end where one is near.</summary>
    public static string Shorten(string text, int most) => Shortening.Of(text, most);
}
