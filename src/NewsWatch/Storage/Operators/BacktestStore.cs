namespace NewsWatch.Storage.Operators;

/// <summary>How a backtest ended.</summary>
internal enum BacktestState
{
    /// <summary>It waits, or runs, or the service ended before it did.</summary>
    Waiting,
    Done,
    Cancelled,
    Failed,
}

/// <summary>A backtest that was started on the desk.</summary>
/// <param name="Asked">JSON: what was asked for.</param>
/// <param name="Program">The version that ran it.</param>
/// <param name="Result">JSON: what it found; of a failed one why; null until it ends.</param>
internal sealed record KeptBacktest(long Id, DateTimeOffset At, string By, string Asked, string Program, BacktestState State, string? Result);

/// <summary>Backtests of the desk and their results.</summary>
internal static class BacktestStore
{
    /// <summary>How long they are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Writes down that a backtest is asked for.</summary>
    /// <param name="request">The form's own key; null for none.</param>
    /// <returns>Its number, and whether it is new: a form that was sent before has the number of its first time.</returns>
    public static (long Id, bool IsNew) Add(Session db, DateTimeOffset at, string by, string asked, string program, string? request)
    {
        if (request is not null && db.ExecuteScalar<long?>("SELECT id FROM backtest WHERE request = @request", new { request }) is { } earlier)
        {
            return (earlier, false);
        }

        return (db.ExecuteScalar<long>(
            "INSERT INTO backtest (at, made_by, asked, program, state, request) VALUES (@at, @by, @asked, @program, 'waiting', @request) RETURNING id", new { at, by, asked, program, request }), true);
    }

    /// <summary>Writes down how it ended.</summary>
    public static void End(Session db, long id, BacktestState state, string? result) =>
        db.Execute("UPDATE backtest SET state = @state, result = @result WHERE id = @id", new { id, state = StoredName.Of(state), result });

    /// <summary>The backtest with this number, or null.</summary>
    public static KeptBacktest? Find(Session db, long id) => db.QueryFirstOrDefault<Row>("SELECT id, at, made_by, asked, program, state, result FROM backtest WHERE id = @id", new { id })?.ToKept();

    /// <summary>All that are kept, the newest first, without their results.</summary>
    public static IReadOnlyList<KeptBacktest> List(Session db, int most) =>
        [.. db.Query<Row>("SELECT id, at, made_by, asked, program, state FROM backtest ORDER BY id DESC LIMIT @most", new { most }).Select(row => row.ToKept())];

    /// <summary>Deletes those that are older than <see cref="Kept"/>, at most <paramref name="most"/>; returns how many.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset now, int most) =>
        db.Execute("DELETE FROM backtest WHERE id IN (SELECT id FROM backtest WHERE at < @cutoff ORDER BY at LIMIT @most)", new { cutoff = UnixTime.Of(now - Kept), most });

    private sealed class Row
    {
        public long Id { get; init; }

        public long At { get; init; }

        public string MadeBy { get; init; } = "";

        public string Asked { get; init; } = "";

        public string Program { get; init; } = "";

        public string State { get; init; } = "";

        public string? Result { get; init; }

        public KeptBacktest ToKept() => new(Id, UnixTime.At(At), MadeBy, Asked, Program, StoredName.To<BacktestState>(State), Result);
    }
}
