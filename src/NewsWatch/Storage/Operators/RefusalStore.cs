namespace NewsWatch.Storage.Operators;

/// <summary>A configuration that was refused.</summary>
/// <param name="Files">Hash of the refused texts.</param>
/// <param name="Problems">JSON: all that was wrong or odd.</param>
internal sealed record Refusal(DateTimeOffset At, string Files, string Problems);

/// <summary>The last configurations that were refused, each with all that was said of it.</summary>
internal static class RefusalStore
{
    /// <summary>So many are kept.</summary>
    public const int Kept = 20;

    /// <summary>Keeps a refusal; the same files in a row (a restart) are refused once.</summary>
    public static void Add(Session db, Refusal refusal)
    {
        if (db.QueryFirstOrDefault<string>("SELECT files FROM refusal ORDER BY id DESC LIMIT 1") == refusal.Files)
        {
            return;
        }

        db.Execute("INSERT INTO refusal (at, files, problems) VALUES (@At, @Files, @Problems)", refusal);
        db.Execute("DELETE FROM refusal WHERE id NOT IN (SELECT id FROM refusal ORDER BY id DESC LIMIT @Kept)", new { Kept });
    }

    /// <summary>Those that are kept, the newest first.</summary>
    public static IReadOnlyList<Refusal> All(Session db) => [.. db.Query<Refusal>("SELECT at, files, problems FROM refusal ORDER BY id DESC")];
}
