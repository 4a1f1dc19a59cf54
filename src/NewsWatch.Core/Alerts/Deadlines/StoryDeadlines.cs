using NewsWatch.Core.Rules;

namespace NewsWatch.Core.Alerts.Deadlines;

/// <summary>What a rule has told of a deadline.</summary>
/// <param name="Number">The deadline's number in its story.</param>
/// <param name="Sequence">The deadline's sequence when it was told.</param>
public sealed record DeadlineTold(int Number, string Rule, int Sequence);

/// <summary>
/// The deadlines of a story once an article was read, and what that is to each rule that has told them. A rule that does not match the article is told of a change
/// all the same: who heard of a deadline hears that it moved.
/// </summary>
/// <param name="storyKey">The story's key.</param>
/// <param name="deadlines">The deadlines as the article leaves them, by number.</param>
/// <param name="told">What rules have told of them so far.</param>
public sealed class StoryDeadlines(string storyKey, IReadOnlyList<StoryDeadline> deadlines, IReadOnlyList<DeadlineTold> told)
{
    private readonly List<DeadlineTold> _told = [.. told];

    /// <summary>The deadlines as the article leaves them, by number.</summary>
    public IReadOnlyList<StoryDeadline> Deadlines => deadlines;

    /// <summary>What rules have told of them.</summary>
    public IReadOnlyList<DeadlineTold> Told => _told;

    /// <summary>What the article brings of deadlines to a rule.</summary>
    /// <param name="asked">Those that the rule asks for in the article.</param>
    public DeadlineNews NewsFor(string rule, IReadOnlyList<DeadlineFacts> asked) =>
        ChangedFor(rule).Count > 0 ? DeadlineNews.Moved
        : asked.Select(Find).OfType<StoryDeadline>().Any(one => !_told.Exists(told => told.Number == one.Number && told.Rule == rule)) ? DeadlineNews.Set
        : DeadlineNews.None;

    /// <summary>The rules that told a deadline which has changed and that do not match the article, each with what has changed.</summary>
    /// <param name="matched">The rules that match it.</param>
    public IReadOnlyList<(string Rule, IReadOnlyList<StoryDeadline> Changed)> Others(IReadOnlyCollection<string> matched) =>
    [
        .. _told.Select(told => told.Rule).Distinct().Where(rule => !matched.Contains(rule)).Select(rule => (Rule: rule, Changed: ChangedFor(rule))).Where(one => one.Changed.Count > 0),
    ];

    /// <summary>The deadlines that a rule's alert tells: those that have changed first, then those that the rule asks for.</summary>
    public IReadOnlyList<DeadlineFacts> Shown(string rule, IReadOnlyList<DeadlineFacts> asked) =>
    [
        .. ChangedFor(rule).Select(one => one.Told(storyKey))
            .Concat(asked.Select(facts => Find(facts)?.Told(storyKey) ?? facts))
            .DistinctBy(facts => facts.Key.Length > 0 ? facts.Key : facts.Quote),
    ];

    /// <summary>A rule was decided on: of what it tells or was kept from telling it is not told again.</summary>
    /// <param name="alerts">True where it alerts.</param>
    /// <returns>The deadlines that it has told now.</returns>
    public IReadOnlyList<StoryDeadline> Decided(string rule, IReadOnlyList<DeadlineFacts> asked, bool alerts)
    {
        List<StoryDeadline> now = [.. ChangedFor(rule).Concat(alerts ? asked.Select(Find).OfType<StoryDeadline>() : []).DistinctBy(one => one.Number)];
        foreach (var one in now)
        {
            _told.RemoveAll(told => told.Number == one.Number && told.Rule == rule);
            _told.Add(new(one.Number, rule, one.Sequence));
        }

        return now;
    }

    private IReadOnlyList<StoryDeadline> ChangedFor(string rule) =>
        [.. deadlines.Where(one => _told.Exists(told => told.Number == one.Number && told.Rule == rule && told.Sequence < one.Sequence))];

    private StoryDeadline? Find(DeadlineFacts facts) => deadlines.FirstOrDefault(one => one.Is(facts));
}
