namespace NewsWatch.Storage.Deliveries;

/// <summary>What came of an attempt.</summary>
internal enum AttemptOutcome
{
    /// <summary>The server took the message.</summary>
    Sent,

    /// <summary>It failed, and is due again.</summary>
    Again,

    /// <summary>The message was handed over and no answer came.</summary>
    Unfinished,

    /// <summary>It failed, and the message is given up.</summary>
    Dead,

    /// <summary>The process died, or could not write down what came of it.</summary>
    Lost,
}

/// <summary>One attempt to send a delivery.</summary>
/// <param name="N">1 for the first.</param>
/// <param name="Ended">For <see cref="AttemptOutcome.Lost"/> when that was found.</param>
/// <param name="Reply">The server's words, or ours where it said none.</param>
internal sealed record Attempt(long N, DateTimeOffset Started, DateTimeOffset Ended, AttemptOutcome Outcome, string? Reply);

/// <summary>The attempts of every delivery.</summary>
internal static class AttemptStore
{
    /// <summary>Keeps an attempt of each delivery of a message that is being sent, before its state changes; none when the claim does not hold it any more.</summary>
    public static void Add(Session db, ClaimedBundle bundle, AttemptOutcome outcome, string? reply, DateTimeOffset now) =>
        Add(db, "bundle = @Bundle AND fence = @Fence AND state = 'leased'", new { bundle.Bundle, bundle.Fence, outcome = StoredName.Of(outcome), reply, now });

    /// <summary>Keeps the attempts that a dead process leaves, before they are taken back.</summary>
    /// <param name="lost">A condition on delivery that names only <c>@replica</c>.</param>
    public static void AddLost(Session db, string lost, long replica, DateTimeOffset now) =>
        Add(db, lost, new { replica, outcome = StoredName.Of(AttemptOutcome.Lost), reply = (string?)null, now });

    /// <summary>The attempts of a delivery, the first first.</summary>
    public static IReadOnlyList<Attempt> Of(Session db, string key) =>
    [
        .. db.Query<Attempt>(
            """
            SELECT n, started, ended, outcome, attempt.reply FROM attempt JOIN delivery ON delivery.id = attempt.delivery
            WHERE delivery.key = @key ORDER BY n
            """,
            new { key }),
    ];

    private static void Add(Session db, string which, object parameters) => db.Write(
        $"""
        INSERT INTO attempt (delivery, n, started, ended, outcome, reply)
        SELECT id, (SELECT count(*) FROM attempt WHERE attempt.delivery = delivery.id) + 1, coalesce(last_attempt, @now), @now, @outcome, @reply
        FROM delivery WHERE {which}
        """,
        parameters);
}
