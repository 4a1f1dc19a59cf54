using Microsoft.Extensions.Configuration;
using NewsWatch.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Startup;

/// <summary>A configuration file, its host settings and its database: what most commands start from.</summary>
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

    /// <summary>The database; several processes may have it open, so commands work beside the running service.</summary>
    public Database Database { get; }

    /// <summary>Opens what the file names; the database is created, and brought to this version's schema, where need be.</summary>
    public static Installation Open(string configurationFile) => new(configurationFile, path => new Database(path));

    /// <summary>Opens what the file names for the one service that runs on its database.</summary>
    /// <param name="newDatabase">The operator means to begin anew where a database was before.</param>
    /// <exception cref="DatabaseLockException">Another service runs on it, or the database that was here is missing.</exception>
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

    /// <summary>Opens what the file names for reading alone.</summary>
    public static Installation OpenForReading(string configurationFile) => new(configurationFile, Database.ForReading);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock?.Dispose();
    }
}
