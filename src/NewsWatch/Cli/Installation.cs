using Microsoft.Extensions.Configuration;
using NewsWatch.Storage;

namespace NewsWatch.Cli;

/// <summary>A configuration file, its host settings and its database: what most commands start from.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(string configurationFile, IConfigurationRoot settings)
    {
        ConfigurationFile = configurationFile;
        Settings = settings;
        Database = new Database(settings["Storage:Path"]!);
    }

    /// <summary>The absolute path of the main configuration file.</summary>
    public string ConfigurationFile { get; }

    /// <summary>The host's settings.</summary>
    public IConfigurationRoot Settings { get; }

    /// <summary>The database; several processes may have it open, so commands work beside the running service.</summary>
    public Database Database { get; }

    /// <summary>Opens what the file names.</summary>
    public static Installation Open(string configurationFile) => new(configurationFile, HostSettings.Read(configurationFile));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
