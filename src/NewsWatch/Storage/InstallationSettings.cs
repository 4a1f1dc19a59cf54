namespace NewsWatch.Storage;

/// <summary>Facts about this installation: signing key, endpoints that are gone.</summary>
internal static class InstallationSettings
{
    public static string? Get(Session db, string name) => db.QueryFirstOrDefault<string>("SELECT value FROM fact WHERE name = @name", new { name });

    public static void Set(Session db, string name, string value) =>
        db.Execute("INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value", new { name, value });

    public static void Remove(Session db, string name) => db.Execute("DELETE FROM fact WHERE name = @name", new { name });

    /// <summary>The fact, or <paramref name="value"/> from now on.</summary>
    public static string GetOrAdd(Session db, string name, string value)
    {
        db.Execute("INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING", new { name, value });
        return Get(db, name)!;
    }
}
