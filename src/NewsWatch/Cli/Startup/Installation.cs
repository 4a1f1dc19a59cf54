using Microsoft.Extensions.Configuration;
using NewsWatch.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Startup;

/// <summary>A configuration file, its host settings and its database: most commands start from these.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly DatabaseLock? _lock;

    private Installation(string configurationFile, IConfigurationRoot settings, Database database, DatabaseLock? held = null) =>
        (ConfigurationFile, Settings, Database, _lock) = (configurationFile, settings, database, held);

    /// <summary>The absolute path of the main configuration file.</summary>
    public string ConfigurationFile { get; }

    /// <summary>The host's settings.</summary>
    public IConfigurationRoot Settings { get; }

    /// <summary>The database; several processes may open it, so commands work beside the running service.</summary>
    public Database Database { get; }

    /// <summary>Opens the installation; creates the database or upgrades its schema if needed.</summary>
    public static Installation Open(string configurationFile)
    {
        var settings = HostSettings.Read(configurationFile);
        return new(configurationFile, settings, HostSettings.Target(settings).Open());
    }

    /// <summary>Opens the installation for a service.</summary>
    /// <param name="newDatabase">The operator accepts an empty database where there was one before.</param>
    /// <param name="alone">True for one round that runs beside no service.</param>
    /// <exception cref="DatabaseLockException">Another service runs on it and may not, or the earlier database is missing.</exception>
    public static async Task<Installation> TakeAsync(string configurationFile, bool newDatabase, bool alone)
    {
        var settings = HostSettings.Read(configurationFile);
        var (database, held) = await HostSettings.Target(settings).TakeAsync(newDatabase, alone, TimeProvider.System.GetUtcNow(), Console.Error.WriteLine);
        return new(configurationFile, settings, database, held);
    }

    /// <summary>Opens the installation read-only.</summary>
    public static Installation OpenForReading(string configurationFile)
    {
        var settings = HostSettings.Read(configurationFile);
        return new(configurationFile, settings, HostSettings.Target(settings).ForReading());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock?.Dispose();
    }
}
