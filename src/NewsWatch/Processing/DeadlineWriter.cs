using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>
/// The deadlines of a story in commit 2: what an article does to them, and what that is to each rule that has told them. A rule that does not match the article is
/// told of a change all the same: who heard of a deadline hears that it moved.
/// </summary>
internal sealed class DeadlineWriter
{
    private readonly Session _db;
    private readonly Story _story;
    private readonly DateTimeOffset _now;
    private readonly List<StoredDeadline> _deadlines = [];
    private IReadOnlyList<ToldDeadline> _told;

    private DeadlineWriter(Session db, Story story, DateTimeOffset now)
    {
        (_db, _story, _now) = (db, story, now);
        _told = DeadlineStore.Told(db, story.Id);
    }

    /// <summary>Reads an article's deadlines into its story; null where nothing asks for deadlines.</summary>
    public static DeadlineWriter? Read(Session db, MatchedArticle reading, Story story, string publisher, DateTimeOffset now)
    {
        var known = reading.Deadlines.Count == 0 ? [] : DeadlineStore.OfStory(db, story.Id);
        var asked = reading.Matches.SelectMany(match => match.Deadlines).ToHashSet();
        if (known.Count == 0 && asked.Count == 0)
        {
            return null;
        }

        var writer = new DeadlineWriter(db, story, now);
        foreach (var deadline in DeadlineBook.Read([.. known.Select(one => one.Deadline)], reading.Deadlines, asked, publisher))
        {
            var before = known.FirstOrDefault(one => one.Deadline.Number == deadline.Number);
            writer._deadlines.Add(before is not null && before.Deadline == deadline ? before : new(DeadlineStore.Keep(db, story.Id, deadline), deadline));
        }

        return writer;
    }

    /// <summary>A rule with what the article brings of deadlines to it.</summary>
    /// <param name="match">Its match.</param>
    public MatchedRule Read(MatchedRule rule, ExcerptedMatch match) => rule with
    {
        Deadline = NewsFor(rule.Rule, match),
        Due = Shown(rule.Rule, match.Deadlines).Where(facts => facts.IsStated && facts.Ends > _now).Min(facts => facts.Ends),
    };

    private DeadlineNews NewsFor(string rule, ExcerptedMatch match) =>
        ChangedFor(rule).Count > 0 ? DeadlineNews.Moved
        : match.Deadlines.Select(Find).OfType<StoredDeadline>().Any(one => !_told.Any(told => told.Deadline == one.Id && told.Rule == rule)) ? DeadlineNews.Set
        : DeadlineNews.None;

    /// <summary>Matches in place of those of the rules that told a deadline which has changed and that do not match the article.</summary>
    public IReadOnlyList<ExcerptedMatch> Others(IReadOnlyList<ExcerptedMatch> matches) =>
    [
        .. _told.Select(told => told.Rule).Distinct().Where(rule => matches.All(match => match.RuleId != rule))
            .Select(rule => (Rule: rule, Changed: ChangedFor(rule))).Where(one => one.Changed.Count > 0)
            .Select(one => new ExcerptedMatch(one.Rule, [], [.. one.Changed.Select(changed => changed.Deadline.Facts.ToExcerpt()).Where(excerpt => excerpt.Text.Length > 0).DistinctBy(excerpt => excerpt.Text)])),
    ];

    /// <summary>The deadlines that a rule's alert tells: those that have changed first, then those that the rule asks for.</summary>
    public IReadOnlyList<DeadlineFacts> Shown(string rule, IReadOnlyList<DeadlineFacts> asked) =>
    [
        .. ChangedFor(rule).Select(one => one.Deadline.Told(_story.Key))
            .Concat(asked.Select(facts => Find(facts)?.Deadline.Told(_story.Key) ?? facts))
            .DistinctBy(facts => facts.Key.Length > 0 ? facts.Key : facts.Quote),
    ];

    /// <summary>A rule was decided on: of what it tells or was kept from telling it is not told again.</summary>
    /// <param name="alert">The alert; null where there is none.</param>
    public void Decided(string rule, IReadOnlyList<DeadlineFacts> asked, long? alert)
    {
        foreach (var one in ChangedFor(rule).Concat(alert is null ? [] : asked.Select(Find).OfType<StoredDeadline>()).DistinctBy(one => one.Id))
        {
            var told = alert ?? _told.First(told => told.Deadline == one.Id && told.Rule == rule).Alert;
            DeadlineStore.Tell(_db, new(one.Id, rule, one.Deadline.Sequence, told), _now);
        }

        _told = DeadlineStore.Told(_db, _story.Id);
    }

    private List<StoredDeadline> ChangedFor(string rule) =>
        [.. _deadlines.Where(one => _told.Any(told => told.Deadline == one.Id && told.Rule == rule && told.Sequence < one.Deadline.Sequence))];

    private StoredDeadline? Find(DeadlineFacts facts) => _deadlines.Find(one => one.Deadline.Is(facts));
}
