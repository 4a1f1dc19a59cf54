using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Deadlines;

namespace NewsWatch.Core.Alerts.Deadlines;

/// <summary>A deadline of a story, as its articles put it last.</summary>
/// <param name="Number">1 for the story's first, then counting.</param>
/// <param name="Facts">What was said of it last.</param>
/// <param name="Sequence">How often that has changed.</param>
/// <param name="Publisher">Who named it first: by naming another day he moves it.</param>
public sealed record StoryDeadline(int Number, DeadlineFacts Facts, int Sequence, string Publisher)
{
    private static readonly string[] SmallWords = ["the", "both", "two", "all", "of", "and"];

    /// <summary>The facts as alerts tell them, with the deadline's name.</summary>
    /// <param name="storyKey">The key of its story.</param>
    public DeadlineFacts Told(string storyKey) => Facts with { Key = $"{storyKey}-{Number}", Sequence = Sequence };

    /// <summary>Whether a text speaks of this deadline by the same day or moment.</summary>
    public bool Is(DeadlineFacts other) => IsSameDue(other) && IsSameHolder(other);

    /// <summary>Whether who has to act is the same, as far as both texts say it.</summary>
    internal bool IsSameHolder(DeadlineFacts other) =>
        (Facts.Holder, other.Holder) is not ({ } mine, { } theirs) || WordsOf(mine) is var ours && WordsOf(theirs) is var others && (ours.IsSubsetOf(others) || others.IsSubsetOf(ours));

    /// <summary>The deadline after a text has spoken of it.</summary>
    internal StoryDeadline After(DeadlineFacts said)
    {
        if (IsSameDue(said))
        {
            return said.IsStated || said.Modality == Facts.Modality
                ? this
                : this with { Facts = Facts with { Modality = said.Modality, Quote = said.Quote, Sentence = said.Sentence, Before = Facts with { Before = null } }, Sequence = Sequence + 1 };
        }

        var direction = said.Modality != DeadlineModality.Set ? said.Modality : said.Day < Facts.Day ? DeadlineModality.Moved : DeadlineModality.Extended;
        return this with { Facts = said with { Modality = direction, Holder = said.Holder ?? Facts.Holder, Before = Facts with { Before = null } }, Sequence = Sequence + 1 };
    }

    /// <summary>The deadline where another one turned out to be the same: nothing follows from it any more, and nothing is told of that.</summary>
    internal StoryDeadline Ended() => this with { Facts = Facts with { Modality = DeadlineModality.Lifted } };

    private bool IsSameDue(DeadlineFacts other) => Facts.At is { } mine && other.At is { } theirs ? mine == theirs : Facts.Day == other.Day;

    private static HashSet<string> WordsOf(string holder) => [.. SearchWords(holder).Except(SmallWords)];

    private static string[] SearchWords(string text) => Folding.Fold(text).Split([' ', ',', '.', '\''], StringSplitOptions.RemoveEmptyEntries);
}
