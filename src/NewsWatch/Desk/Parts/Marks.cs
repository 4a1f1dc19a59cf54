using NewsWatch.Core.Rules;
using NewsWatch.Messages;

namespace NewsWatch.Desk.Parts;

/// <summary>Cuts text at its marks.</summary>
public static class Marks
{
    private const int MaxShown = 20_000;

    /// <summary>An excerpt, clean, in pieces: plain text and marked text by turns.</summary>
    public static IEnumerable<(string Text, Mark? Mark)> Cut(Excerpt excerpt)
    {
        var clean = TextCleaner.Marked(excerpt, MaxShown);
        var at = 0;
        foreach (var mark in clean.Marks)
        {
            if (mark.Start > at)
            {
                yield return (clean.Text[at..mark.Start], null);
            }

            yield return (clean.Text.Substring(mark.Start, mark.Length), mark);
            at = mark.Start + mark.Length;
        }

        if (at < clean.Text.Length)
        {
            yield return (clean.Text[at..], null);
        }
    }
}
