using System.CommandLine;
using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;

namespace NewsWatch.Cli.Startup;

/// <summary>What several commands understand.</summary>
internal static class CommonOptions
{
    /// <summary>The configuration file: the option, else NEWSWATCH_CONFIG, else appsettings.json here, else the one beside the program.</summary>
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "The configuration file (default: $NEWSWATCH_CONFIG, else ./appsettings.json).",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Machine-readable output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    /// <summary>A lower bound in time: a date, or a span back from now.</summary>
    public static Option<string?> Since() => new("--since") { Description = "Only since then: 2h, 3d, or 2025-08-06 or 2025-08-06T12:00Z.", HelpName = "TIME" };

    /// <summary>An upper bound for lists.</summary>
    public static Option<int> Most() => new("--most") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 50 };

    /// <summary>What <see cref="Since"/> comes to; null for no bound.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="error">What is wrong with a text that is no time; else null.</param>
    public static DateTimeOffset? Time(string? text, out string? error)
    {
        error = null;
        if (text is null)
        {
            return null;
        }

        if (Values.Duration(text) is { Error: null, Value: var span })
        {
            return TimeProvider.System.GetUtcNow() - span;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        error = $"\"{text}\" is no time. Write 2h, 3d, 2025-08-06 or 2025-08-06T12:00Z.";
        return null;
    }

    /// <summary>The file that <see cref="Config"/> comes to.</summary>
    /// <exception cref="SettingException">There is none.</exception>
    public static string ConfigurationFile(ParseResult arguments) => ConfigurationPath(arguments) is var path && File.Exists(path)
        ? path
        : throw new SettingException($"There is no configuration {path}. Name another with --config FILE. newswatch init writes a new one.");

    /// <summary>As the other, whether it is there or not.</summary>
    public static string ConfigurationPath(ParseResult arguments) =>
        arguments.GetValue(Config) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : Environment.GetEnvironmentVariable("NEWSWATCH_CONFIG") is { Length: > 0 } named ? Path.GetFullPath(named)
        : Path.GetFullPath("appsettings.json");
}
