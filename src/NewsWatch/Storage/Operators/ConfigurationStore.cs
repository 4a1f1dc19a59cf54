namespace NewsWatch.Storage.Operators;

/// <summary>The configurations that were in force. Their files hold no secrets, only where secrets are.</summary>
internal static class ConfigurationStore
{
    private const int Kept = 50;

    /// <summary>A decision that was under way may name a configuration that has just been replaced.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromDays(1);

    /// <summary>
    /// Keeps a configuration as the newest good one. Of the earlier ones the newest 50 stay, and all that were in force since the oldest reading or alert that is
    /// kept: each names one of them.
    /// </summary>
    /// <param name="files">JSON: the files and the catalogues they include, as they were read.</param>
    public static void Keep(Session db, string version, string files, DateTimeOffset now)
    {
        db.Execute(
            "INSERT INTO configuration (version, at, files) VALUES (@version, @at, @files) ON CONFLICT (version) DO UPDATE SET at = excluded.at",
            new { version, at = UnixTime.Of(now), files });
        db.Execute(
            """
            DELETE FROM configuration
            WHERE version NOT IN (SELECT version FROM configuration ORDER BY at DESC LIMIT @Kept)
              AND at < (SELECT max(at) FROM configuration WHERE at <= @oldest)
            """,
            new { Kept, oldest = (OldestNamed(db) ?? now) - UnderWay });
    }

    private static DateTimeOffset? OldestNamed(Session db) => UnixTime.At(db.ExecuteScalar<long?>(
        "SELECT min(at) FROM (SELECT min(at) AS at FROM reading WHERE configuration IS NOT NULL UNION ALL SELECT min(created) FROM alert) AS oldest"));

    /// <summary>All that are kept, the newest first.</summary>
    public static IReadOnlyList<(string Version, string Files, DateTimeOffset At)> All(Session db) =>
    [
        .. db.Query<(string Version, string Files, long At)>("SELECT version, files, at FROM configuration ORDER BY at DESC").Select(row => (row.Version, row.Files, UnixTime.At(row.At))),
    ];

    /// <summary>Replaces the files of one that is kept.</summary>
    public static void Replace(Session db, string version, string files) =>
        db.Execute("UPDATE configuration SET files = @files WHERE version = @version", new { version, files });

    /// <summary>The newest good one and since when it was in force, or null when there was none.</summary>
    public static (string Files, DateTimeOffset At)? Newest(Session db) =>
        db.Query<(string Files, long At)>("SELECT files, at FROM configuration ORDER BY at DESC LIMIT 1")
            .Select(row => ((string, DateTimeOffset)?)(row.Files, UnixTime.At(row.At)))
            .FirstOrDefault();
}
