using NewsWatch.Hosting;
using NewsWatch.Storage;

namespace NewsWatch.Cli.Startup;

/// <summary>
/// Opens what a service needs as soon as the server of its database answers: a server that is away when the service starts is nothing that starting again would repair. The service says that it lives and is not
/// ready meanwhile. What waiting does not help, as a refused login, ends the start at once.
/// </summary>
internal static class PatientStart
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <summary>Opens the installation and loads the configuration; null for a configuration that is refused, with every error printed.</summary>
    /// <exception cref="DatabaseLockException">Another service runs on the database and may not, or the earlier database is missing.</exception>
    /// <exception cref="OperationCanceledException">It was stopped while it waited.</exception>
    public static async Task<(Installation Installation, ServiceContext? Start)> OpenAsync(string configurationFile, bool newDatabase, CancellationToken stop)
    {
        WaitingRoom? room = null;
        try
        {
            while (true)
            {
                try
                {
                    return await TryAsync(configurationFile, newDatabase, stop);
                }
                catch (Exception away) when (StorageTrouble.Passes(away))
                {
                    room ??= await WaitingRoom.OpenAsync(HostSettings.Read(configurationFile), TimeProvider.System, stop);
                    room.Tell(StorageTrouble.Describe(away));
                }

                await Task.Delay(BetweenTries, TimeProvider.System, stop);
            }
        }
        finally
        {
            if (room is not null)
            {
                await room.DisposeAsync();
            }
        }
    }

    private static async Task<(Installation Installation, ServiceContext? Start)> TryAsync(string configurationFile, bool newDatabase, CancellationToken stop)
    {
        var installation = await Installation.TakeAsync(configurationFile, newDatabase, alone: false);
        try
        {
            return (installation, await ConfigurationBootstrap.LoadAsync(installation, once: false, stop));
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }
}
