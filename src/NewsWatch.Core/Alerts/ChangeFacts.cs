using NewsWatch.Core.Changes;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Alerts;

/// <summary>What a correction or withdrawal says of the alert that it corrects.</summary>
/// <param name="Corrects">The key of that alert.</param>
/// <param name="ToldTitle">The headline that was told.</param>
/// <param name="Told">When the version that was told was seen.</param>
/// <param name="Seen">When the change was seen.</param>
/// <param name="Class">The gravest class of all changes.</param>
/// <param name="Changes">The changes that are told, the gravest first; at most <see cref="MaxChanges"/>.</param>
public sealed record ChangeFacts(string Corrects, string ToldTitle, DateTimeOffset Told, DateTimeOffset Seen, ChangeClass Class, IReadOnlyList<AlertedChange> Changes)
{
    /// <summary>More changes of one version are left out.</summary>
    public const int MaxChanges = 8;
}

/// <summary>One change, as it is shown.</summary>
/// <param name="Old">The sentence as it was, the changed words marked; null where it was added.</param>
/// <param name="New">The sentence as it is, the changed words marked; null where it was taken away.</param>
public sealed record AlertedChange(ChangeClass Class, Excerpt? Old, Excerpt? New)
{
    /// <summary>A change between two versions, as it is shown.</summary>
    public static AlertedChange Of(TextChange change) => new(
        change.Class, Shown(change.Old, change.Before?.Field ?? Field.Body), Shown(change.New, change.After?.Field ?? Field.Body));

    private static Excerpt? Shown(MarkedSentence? sentence, Field field) =>
        sentence is null ? null : new(field, sentence.Text, [.. sentence.Marks.Select(mark => new Mark(mark.Start, mark.Length, Negated: false))]);
}
