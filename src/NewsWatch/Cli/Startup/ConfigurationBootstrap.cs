using NewsWatch.Cli.Output;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting;
using NewsWatch.Hosting.Terminal;

namespace NewsWatch.Cli.Startup;

/// <summary>Loads the configuration for a start: the files, or with a warning the last good one; without either nothing runs.</summary>
internal static class ConfigurationBootstrap
{
    /// <summary>The service's configuration, or null after it printed every error.</summary>
    public static Task<ServiceContext?> LoadAsync(Installation installation, bool once, CancellationToken cancellationToken) => LoadAsync(installation, once, allWarnings: true, cancellationToken);

    /// <summary>The configuration for a single command: it prints only the number of warnings.</summary>
    public static Task<ServiceContext?> AskAsync(Installation installation, CancellationToken cancellationToken) => LoadAsync(installation, once: true, allWarnings: false, cancellationToken);

    private static async Task<ServiceContext?> LoadAsync(Installation installation, bool once, bool allWarnings, CancellationToken cancellationToken)
    {
        var (clock, loader) = (installation.Database.Clock, ConfigurationLoader.OfProcess);
        var hash = FilesHash.Of(installation.ConfigurationFile); // before the texts: an edit in between is loaded again
        if (ReadFiles(installation.ConfigurationFile) is not { } files)
        {
            return null;
        }

        var result = loader.Load(files);
        Tell(result.Problems, allWarnings);
        if (result is LoadResult.Loaded loaded)
        {
            var now = clock.GetUtcNow();
            if (installation.Database.CanWrite)
            {
                await LastGood.KeepAsync(installation.Database, loaded, files, now, cancellationToken);
            }

            return Start(loaded.Configuration, now);
        }

        var kept = LastGood.Load(installation.Database, loader);
        Console.Error.WriteLine(Report.Verdict(result.Problems, kept is { } good ? (good.Loaded.Configuration, good.Since) : null));
        return kept is { } last ? Start(last.Loaded.Configuration, last.Since) : null;

        ServiceContext Start(WatchConfiguration configuration, DateTimeOffset since) => new(
            installation.Settings, StartupConfiguration.Of(installation.ConfigurationFile, hash, result, since), configuration, loader, installation.Database, clock, once);
    }

    private static void Tell(IReadOnlyList<Problem> problems, bool allWarnings)
    {
        Console.Error.Write(ProblemText.Of([.. problems.Where(problem => allWarnings || !problem.IsWarning)], Ink.Error));
        var warnings = problems.Count(problem => problem.IsWarning);
        if (!allWarnings && warnings > 0)
        {
            Console.Error.WriteLine($"{warnings} {(warnings == 1 ? "warning" : "warnings")} in the configuration: see `newswatch check`.");
        }
    }

    private static ConfigurationFiles? ReadFiles(string mainFile)
    {
        try
        {
            return ConfigurationFiles.Read(mainFile);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{mainFile}: {unreadable.Message} Name another with --config FILE.");
            return null;
        }
    }
}
