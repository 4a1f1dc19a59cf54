using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>What a rule asks of deadlines or of speakers.</summary>
/// <param name="Deadline">What is asked of deadlines; null when it is a speaker.</param>
/// <param name="Names">The folded words of each name of the speaker.</param>
internal sealed record VoiceClause(DeadlineQuery? Deadline, IReadOnlyList<string[]> Names)
{
    /// <summary>The clause of a speaker with these names.</summary>
    public static VoiceClause From(IEnumerable<string> names) => new(null, [.. names.Select(WordsOf).Where(words => words.Length > 0)]);

    /// <summary>Where it holds: the phrases of deadlines, or the quotes.</summary>
    public IEnumerable<(Field Field, int From, int To)> PlacesIn(DocumentVoices voices) =>
        Deadline is null
            ? voices.Quotes.Where(found => found.Quote.Name is { } name && IsNamed(WordsOf(name))).Select(found => (found.Field, found.Quote.Start, found.Quote.End))
            : voices.Deadlines.Where(found => found.Deadline.IsStated && IsDue(found.Deadline, voices.Anchor.Today)).Select(found => (found.Field, found.Deadline.Start, found.Deadline.End));

    private bool IsDue(Deadline deadline, DateOnly today) =>
        Deadline!.Value == "date"
        || (deadline.Due is { } due && due.Day >= today && due.Day <= (Deadline.Day ?? today.AddDays(Deadline.Days!.Value)));

    // "Putin" is "Vladimir Putin", and the other way round.
    private bool IsNamed(string[] speaker)
    {
        foreach (var name in Names)
        {
            var common = Math.Min(name.Length, speaker.Length);
            if (common > 0 && name.AsSpan(name.Length - common).SequenceEqual(speaker.AsSpan(speaker.Length - common)))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] WordsOf(string name)
    {
        var tokens = new TokenStream();
        tokens.Read(name);
        return [.. Enumerable.Range(0, tokens.Count).Select(i => tokens.FoldedOf(i).ToString()).Where(word => word is not "the")];
    }
}
