using Microsoft.Extensions.Configuration;
using NewsWatch.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Startup;

/// <summary>A configuration file, its host settings and its database: most commands start from these.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private DatabaseLock? _lock;

    private Installation(string configurationFile, Func<string, Database> open)
    {
        ConfigurationFile = configurationFile;
        Settings = HostSettings.Read(configurationFile);
        Database = open(Settings["Storage:Path"]!);
    }

    /// <summary>The absolute path of the main configuration file.</summary>
    public string ConfigurationFile { get; }

    /// <summary>The host's settings.</summary>
    public IConfigurationRoot Settings { get; }

    /// <summary>The database; several processes may open it, so commands work beside the running service.</summary>
    public Database Database { get; }

    /// <summary>Opens the installation; creates the database or upgrades its schema if needed.</summary>
    public static Installation Open(string configurationFile) => new(configurationFile, path => new Database(path));

    /// <summary>Opens the installation for the one service that runs on its database.</summary>
    /// <param name="newDatabase">The operator accepts an empty database where there was one before.</param>
    /// <exception cref="DatabaseLockException">Another service runs on it, or the earlier database is missing.</exception>
    public static async Task<Installation> TakeAsync(string configurationFile, bool newDatabase)
    {
        DatabaseLock? taken = null;
        try
        {
            var installation = new Installation(configurationFile, path =>
            {
                taken = DatabaseLock.Take(path, newDatabase);
                return new Database(path);
            })
            {
                _lock = taken,
            };
            await taken!.MarkAsync(installation.Database, TimeProvider.System.GetUtcNow());
            return installation;
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    /// <summary>Opens the installation read-only.</summary>
    public static Installation OpenForReading(string configurationFile) => new(configurationFile, Database.ForReading);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock?.Dispose();
    }
}
