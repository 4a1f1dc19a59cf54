using NewsWatch.Core.Voices.Dates;

namespace NewsWatch.Core.Voices.Deadlines;

/// <summary>What a text says about a deadline.</summary>
public enum DeadlineModality
{
    /// <summary>Something must happen, or may last, until then.</summary>
    Set,

    /// <summary>It is later than it was.</summary>
    Extended,

    /// <summary>It is earlier than it was.</summary>
    Moved,

    /// <summary>What had to happen has happened.</summary>
    Met,

    /// <summary>It passed, and what had to happen has not.</summary>
    Missed,

    /// <summary>There is none.</summary>
    Denied,

    /// <summary>It holds no longer.</summary>
    Lifted,
}

/// <summary>A moment by which something must happen.</summary>
/// <param name="Start">UTF-16 offset of the phrase that names it.</param>
/// <param name="End">Behind the phrase.</param>
/// <param name="Due">When; null when the text keeps it open.</param>
/// <param name="Modality">What the text says of it.</param>
/// <param name="Holder">Who has to act, in the words of the text; null when it does not say.</param>
public sealed record Deadline(int Start, int End, DateMention? Due, DeadlineModality Modality, string? Holder)
{
    /// <summary>The sentence that names it, shortened.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Whether it is in force: set, extended or moved.</summary>
    public bool IsStated => Modality is DeadlineModality.Set or DeadlineModality.Extended or DeadlineModality.Moved;
}
