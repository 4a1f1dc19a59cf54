namespace NewsWatch.Storage.Operators;

/// <summary>What somebody did that changed the state of the service.</summary>
/// <param name="Actor">Who, as far as is known.</param>
/// <param name="IsCommand">True by a command, false on the desk.</param>
/// <param name="What">One word: silence, extend, end, ...</param>
/// <param name="Target">What it was done to: <c>rule sanctions</c>.</param>
/// <param name="Detail">One sentence.</param>
internal sealed record Act(DateTimeOffset At, string Actor, bool IsCommand, string What, string Target, string Detail);

/// <summary>The record of acts. Rows are never changed.</summary>
internal static class ActStore
{
    /// <summary>How long acts are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>Writes an act down.</summary>
    /// <param name="request">The key of the form that it came with; null for a command.</param>
    /// <param name="result">The address that shows what came of it.</param>
    public static void Add(Session db, Act act, string? request = null, string? result = null) => db.Execute(
        "INSERT INTO act (at, actor, way, what, target, detail, request, result) VALUES (@At, @Actor, @way, @What, @Target, @Detail, @request, @result)",
        new { act.At, act.Actor, way = act.IsCommand ? "command" : "desk", act.What, act.Target, act.Detail, request, result });

    /// <summary>What came of a form that was sent before; null for a new one.</summary>
    public static string? ResultOf(Session db, string request) => db.ExecuteScalar<string?>("SELECT result FROM act WHERE request = @request", new { request });

    /// <summary>Acts, the newest first.</summary>
    /// <param name="before">The number of the last act of the page before; null for the first page.</param>
    public static IReadOnlyList<(long Id, Act Act)> List(Session db, long? before, int most) =>
    [
        .. db.Query<(long Id, long At, string Actor, string Way, string What, string Target, string Detail)>(
                "SELECT id, at, actor, way, what, target, detail FROM act WHERE id < @before ORDER BY id DESC LIMIT @most", new { before = before ?? long.MaxValue, most })
            .Select(row => (row.Id, new Act(UnixTime.At(row.At), row.Actor, row.Way == "command", row.What, row.Target, row.Detail))),
    ];

    /// <summary>Deletes acts older than <see cref="Kept"/>, at most <paramref name="most"/>; returns how many.</summary>
    public static int DeleteOlder(Session db, DateTimeOffset now, int most) =>
        db.Execute("DELETE FROM act WHERE id IN (SELECT id FROM act WHERE at < @cutoff ORDER BY at LIMIT @most)", new { cutoff = UnixTime.Of(now - Kept), most });
}
