using NewsWatch.Core.Alerts;
using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Rules;
using NewsWatch.Storage;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Processing;

/// <summary>The deadlines of a story in commit 2: <see cref="StoryDeadlines"/> says what an article does to them, and this keeps it.</summary>
internal sealed class DeadlineWriter
{
    private readonly Session _db;
    private readonly StoryDeadlines _deadlines;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<int, long> _ids = [];
    private readonly Dictionary<(int Number, string Rule), long> _alerts;

    private DeadlineWriter(Session db, StoryDeadlines deadlines, Dictionary<(int Number, string Rule), long> alerts, DateTimeOffset now) => (_db, _deadlines, _alerts, _now) = (db, deadlines, alerts, now);

    /// <summary>Reads an article's deadlines into its story; null where nothing asks for deadlines.</summary>
    public static DeadlineWriter? Read(Session db, MatchedArticle reading, Story story, string publisher, DateTimeOffset now)
    {
        var known = reading.Deadlines.Count == 0 ? [] : DeadlineStore.OfStory(db, story.Id);
        var asked = reading.Matches.SelectMany(match => match.Deadlines).ToHashSet();
        if (known.Count == 0 && asked.Count == 0)
        {
            return null;
        }

        var numbers = known.ToDictionary(one => one.Id, one => one.Deadline.Number);
        var told = DeadlineStore.Told(db, story.Id).Where(one => numbers.ContainsKey(one.Deadline)).ToDictionary(one => (Number: numbers[one.Deadline], one.Rule));
        var deadlines = new StoryDeadlines(
            story.Key,
            DeadlineBook.Read([.. known.Select(one => one.Deadline)], reading.Deadlines, asked, publisher),
            [.. told.Select(one => new DeadlineTold(one.Key.Number, one.Key.Rule, one.Value.Sequence))]);
        var writer = new DeadlineWriter(db, deadlines, told.ToDictionary(one => one.Key, one => one.Value.Alert), now);
        foreach (var deadline in deadlines.Deadlines)
        {
            var before = known.FirstOrDefault(one => one.Deadline.Number == deadline.Number);
            writer._ids[deadline.Number] = before is not null && before.Deadline == deadline ? before.Id : DeadlineStore.Keep(db, story.Id, deadline);
        }

        return writer;
    }

    /// <summary>A rule with what the article brings of deadlines to it.</summary>
    /// <param name="match">Its match.</param>
    public MatchedRule Read(MatchedRule rule, ExcerptedMatch match) => rule.With(_deadlines, match.Deadlines, _now);

    /// <summary>Matches in place of those of the rules that told a deadline which has changed and that do not match the article.</summary>
    public IReadOnlyList<ExcerptedMatch> Others(IReadOnlyList<ExcerptedMatch> matches) =>
    [
        .. _deadlines.Others([.. matches.Select(match => match.RuleId)])
            .Select(one => new ExcerptedMatch(one.Rule, [], [.. one.Changed.Select(changed => changed.Facts.ToExcerpt()).Where(excerpt => excerpt.Text.Length > 0).DistinctBy(excerpt => excerpt.Text)])),
    ];

    /// <inheritdoc cref="StoryDeadlines.Shown"/>
    public IReadOnlyList<DeadlineFacts> Shown(string rule, IReadOnlyList<DeadlineFacts> asked) => _deadlines.Shown(rule, asked);

    /// <summary>A rule was decided on: of what it tells or was kept from telling it is not told again.</summary>
    /// <param name="alert">The alert; null where there is none.</param>
    public void Decided(string rule, IReadOnlyList<DeadlineFacts> asked, long? alert)
    {
        foreach (var one in _deadlines.Decided(rule, asked, alerts: alert is not null))
        {
            var teller = alert ?? _alerts[(one.Number, rule)];
            _alerts[(one.Number, rule)] = teller;
            DeadlineStore.Tell(_db, new(_ids[one.Number], rule, one.Sequence, teller), _now);
        }
    }
}
