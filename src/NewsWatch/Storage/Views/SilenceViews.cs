using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Storage.Views;

/// <summary>A silence as the desk and the commands list it.</summary>
/// <param name="Ended">When a person ended it before its time; null when nobody did.</param>
/// <param name="Title">The headline of its story; null for other scopes, and for a story that is no longer kept.</param>
/// <param name="KeptBack">How many deliveries it kept back.</param>
/// <param name="LastKeptBack">When it kept back the newest of them; null for none.</param>
public sealed record SilenceLine(Silence Silence, DateTimeOffset? Ended, string? EndedBy, string? Title, int KeptBack, DateTimeOffset? LastKeptBack)
{
    /// <summary>When it ends, or ended.</summary>
    public DateTimeOffset End => Ended ?? Silence.Until;

    /// <summary>What is silenced: <c>rule sanctions</c>, <c>story "Truce holds"</c>.</summary>
    public string What => $"{Silence.Scope.ToString().ToLowerInvariant()} {(Title is null ? Silence.Target : $"\"{Title}\"")}";

    /// <summary>True while it holds.</summary>
    public bool IsOn(DateTimeOffset now) => End > now;

    /// <summary>True for one that kept nothing back in half of its time: it may be forgotten.</summary>
    public bool IsIdle(DateTimeOffset now) => IsOn(now) && now - (LastKeptBack ?? Silence.From) > (Silence.Until - Silence.From) / 2;
}

/// <summary>An alert that a silence kept back from a subscriber.</summary>
public sealed record SilencedLine(DateTimeOffset At, long Alert, string Subscriber, string Channel, string Rule, string Title);

/// <summary>Silences as the desk and the commands list them.</summary>
internal static class SilenceViews
{
    private const string Columns =
        """
        silence.id, silence.scope, silence.target, silence.made, silence.until, silence.with_flash, silence.held, silence.reason, silence.made_by, silence.ended, silence.or_flash, silence.or_publishers, silence.ended_by, story.title,
        (SELECT count(*) FROM silenced WHERE silenced.silence = silence.id) AS kept_back, (SELECT max(at) FROM silenced WHERE silenced.silence = silence.id) AS last_kept_back
        FROM silence LEFT JOIN story ON silence.scope = 'story' AND story.key = silence.target
        """;

    /// <summary>Those that are on, or ended after a time: the one that ends last first.</summary>
    public static IReadOnlyList<SilenceLine> List(Session db, DateTimeOffset endedAfter, int most) =>
    [
        .. db.Query<Row>($"SELECT {Columns} WHERE coalesce(silence.ended, silence.until) > @time ORDER BY coalesce(silence.ended, silence.until) DESC, silence.id DESC LIMIT @most", new { time = UnixTime.Of(endedAfter), most })
            .Select(row => row.ToLine()),
    ];

    /// <summary>The silence with this number, or null.</summary>
    public static SilenceLine? Find(Session db, long id) => db.QueryFirstOrDefault<Row>($"SELECT {Columns} WHERE silence.id = @id", new { id })?.ToLine();

    /// <summary>What a silence kept back, the newest first.</summary>
    public static IReadOnlyList<SilencedLine> KeptBack(Session db, long silence, int most) =>
    [
        .. db.Query<(long At, long Alert, string Subscriber, string Channel, string Rule, string Content)>(
                """
                SELECT silenced.at, silenced.alert, silenced.subscriber, silenced.channel, alert.rule, alert.content FROM silenced JOIN alert ON alert.id = silenced.alert
                WHERE silenced.silence = @silence ORDER BY silenced.at DESC, silenced.alert DESC, silenced.subscriber LIMIT @most
                """,
                new { silence, most })
            .Select(row => new SilencedLine(UnixTime.At(row.At), row.Alert, row.Subscriber, row.Channel, row.Rule, StoredHeadline.TitleOf(row.Content, null) ?? "")),
    ];

    private sealed class Row : SilenceRow
    {
        public string? EndedBy { get; init; }

        public string? Title { get; init; }

        public long KeptBack { get; init; }

        public long? LastKeptBack { get; init; }

        public SilenceLine ToLine() => new(ToSilence(), UnixTime.At(Ended), EndedBy, Title, (int)KeptBack, UnixTime.At(LastKeptBack));
    }
}
