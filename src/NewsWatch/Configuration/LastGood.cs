using System.Text.Json;
using NewsWatch.Storage;

namespace NewsWatch.Configuration;

/// <summary>The last good configuration, kept in the database, so that a restart in the middle of a broken edit still runs.</summary>
internal static class LastGood
{
    /// <summary>Keeps the files of a configuration that is good, and the catalogues that it includes.</summary>
    public static Task KeepAsync(Database database, LoadResult.Loaded loaded, ConfigurationFiles files, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(
            db => ConfigurationStore.Keep(db, loaded.Configuration.Version, JsonSerializer.Serialize(new Kept(files, loaded.Included)), now), cancellation);

    /// <summary>Loads it anew (secrets are read anew, too), or null when there is none that still loads.</summary>
    public static (LoadResult.Loaded Loaded, DateTimeOffset Since)? Load(Database database, ConfigurationLoader loader) =>
        database.Read(ConfigurationStore.Newest) is { } newest
        && JsonSerializer.Deserialize<Kept>(newest.Files) is { Files: not null } kept
        && loader.With(kept.Included).Load(kept.Files) is LoadResult.Loaded loaded
            ? (loaded, newest.At)
            : null;

    private sealed record Kept(ConfigurationFiles Files, IReadOnlyList<ConfigurationFile> Included);
}
