using System.Text.Json;
using NewsWatch.Storage;

namespace NewsWatch.Configuration;

/// <summary>The last good configuration, kept in the database, so that a restart in the middle of a broken edit still runs.</summary>
internal static class LastGood
{
    /// <summary>Keeps the files of a configuration that is good.</summary>
    public static Task KeepAsync(Database database, WatchConfiguration configuration, ConfigurationFiles files, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync(db => ConfigurationStore.Keep(db, configuration.Version, JsonSerializer.Serialize(files), now), cancellation);

    /// <summary>Loads it anew (secrets are read anew, too), or null when there is none that still loads.</summary>
    public static (LoadResult.Loaded Loaded, DateTimeOffset Since)? Load(Database database, ConfigurationLoader loader) =>
        database.Read(ConfigurationStore.Newest) is { } kept
        && JsonSerializer.Deserialize<ConfigurationFiles>(kept.Files) is { } files
        && loader.Load(files) is LoadResult.Loaded loaded
            ? (loaded, kept.At)
            : null;
}
