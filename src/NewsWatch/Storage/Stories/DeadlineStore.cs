using NewsWatch.Core.Alerts.Deadlines;
using NewsWatch.Core.Rules;

namespace NewsWatch.Storage.Stories;

/// <summary>A deadline of a story, with its number in the database.</summary>
internal sealed record StoredDeadline(long Id, StoryDeadline Deadline);

/// <summary>What a rule has told of a deadline.</summary>
/// <param name="Sequence">The deadline's sequence when it was told.</param>
/// <param name="Alert">The last alert that told it.</param>
internal sealed record ToldDeadline(long Deadline, string Rule, int Sequence, long Alert);

/// <summary>A deadline that passes soon, and the alert of a rule that told it last.</summary>
/// <param name="Told">When the rule told it as it is now.</param>
internal sealed record NearDeadline(long Id, long Story, string Rule, StoryDeadline Deadline, DateTimeOffset Ends, long Alert, DateTimeOffset Told);

/// <summary>The deadlines of stories, and who was told what of them.</summary>
internal static class DeadlineStore
{
    /// <summary>The deadlines of a story, by number.</summary>
    public static IReadOnlyList<StoredDeadline> OfStory(Session db, long story) =>
    [
        .. db.Query<(long Id, long Number, string Facts, long Sequence, string Publisher)>(
                "SELECT id, number, facts, sequence, publisher FROM deadline WHERE story = @story ORDER BY number", new { story })
            .Select(row => new StoredDeadline(row.Id, new((int)row.Number, StoredJson.Read<DeadlineFacts>(row.Facts), (int)row.Sequence, row.Publisher))),
    ];

    /// <summary>Keeps a deadline of a story as it is now; returns its number in the database.</summary>
    public static long Keep(Session db, long story, StoryDeadline deadline) => db.ExecuteScalar<long>(
        """
        INSERT INTO deadline (story, number, facts, ends, sequence, publisher) VALUES (@story, @Number, @facts, @ends, @Sequence, @Publisher)
        ON CONFLICT (story, number) DO UPDATE SET facts = excluded.facts, ends = excluded.ends, sequence = excluded.sequence
        RETURNING id
        """,
        new { story, deadline.Number, facts = StoredJson.Write(deadline.Facts), ends = deadline.Facts.IsStated ? UnixTime.Of(deadline.Facts.Ends) : null, deadline.Sequence, deadline.Publisher });

    /// <summary>What rules have told of a story's deadlines.</summary>
    public static IReadOnlyList<ToldDeadline> Told(Session db, long story) =>
    [
        .. db.Query<(long Deadline, string Rule, long Sequence, long Alert)>(
                """
                SELECT told_deadline.deadline, told_deadline.rule, told_deadline.sequence, told_deadline.alert
                FROM told_deadline JOIN deadline ON deadline.id = told_deadline.deadline WHERE deadline.story = @story ORDER BY told_deadline.deadline, told_deadline.rule
                """,
                new { story })
            .Select(row => new ToldDeadline(row.Deadline, row.Rule, (int)row.Sequence, row.Alert)),
    ];

    /// <summary>A rule has told a deadline as it is now.</summary>
    public static void Tell(Session db, ToldDeadline told, DateTimeOffset now) => db.Write(
        """
        INSERT INTO told_deadline (deadline, rule, sequence, alert, at) VALUES (@Deadline, @Rule, @Sequence, @Alert, @now)
        ON CONFLICT (deadline, rule) DO UPDATE SET sequence = excluded.sequence, alert = excluded.alert, at = excluded.at
        """,
        new { told.Deadline, told.Rule, told.Sequence, told.Alert, now = UnixTime.Of(now) });

    /// <summary>The deadlines that pass within a time from now and are in force, once for each rule that has told them as they stand.</summary>
    public static IReadOnlyList<NearDeadline> Near(Session db, DateTimeOffset now, TimeSpan within) =>
    [
        .. db.Query<(long Id, long Story, string Rule, long Number, string Facts, long Ends, long Sequence, string Publisher, long Alert, long At)>(
                """
                SELECT deadline.id, deadline.story, told_deadline.rule, deadline.number, deadline.facts, deadline.ends, deadline.sequence, deadline.publisher, told_deadline.alert, told_deadline.at
                FROM deadline JOIN told_deadline ON told_deadline.deadline = deadline.id AND told_deadline.sequence = deadline.sequence
                WHERE deadline.ends > @now AND deadline.ends <= @until ORDER BY deadline.ends, deadline.id, told_deadline.rule
                """,
                new { now = UnixTime.Of(now), until = UnixTime.Of(now + within) })
            .Select(row => new NearDeadline(
                row.Id, row.Story, row.Rule, new((int)row.Number, StoredJson.Read<DeadlineFacts>(row.Facts), (int)row.Sequence, row.Publisher), UnixTime.At(row.Ends), row.Alert, UnixTime.At(row.At))),
    ];

    /// <summary>The lead times of which a rule's reminders of a deadline were decided on.</summary>
    public static IReadOnlyList<TimeSpan> Reminded(Session db, NearDeadline near) =>
    [
        .. db.Query<long>(
                "SELECT lead FROM deadline_reminder WHERE deadline = @Id AND rule = @Rule AND sequence = @Sequence",
                new { near.Id, near.Rule, near.Deadline.Sequence })
            .Select(lead => TimeSpan.FromMilliseconds(lead)),
    ];

    /// <summary>A reminder is decided on.</summary>
    public static void Remind(Session db, NearDeadline near, TimeSpan lead) => db.Write(
        "INSERT INTO deadline_reminder (deadline, rule, sequence, lead) VALUES (@Id, @Rule, @Sequence, @lead)",
        new { near.Id, near.Rule, near.Deadline.Sequence, lead = (long)lead.TotalMilliseconds });
}
