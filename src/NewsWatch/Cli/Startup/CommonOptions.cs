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

    /// <summary>The earliest time: a date, or a span back from now.</summary>
    public static Option<string?> Since() => new("--since") { Description = "The earliest time: 2h, 3d, 2025-08-06 or 2025-08-06T12:00Z.", HelpName = "TIME" };

    /// <summary>The longest list.</summary>
    public static Option<int> Most() => new("--most") { Description = "Show up to N.", HelpName = "N", DefaultValueFactory = _ => 50 };

    /// <summary>Parses <see cref="Since"/>; null for no bound.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="error">The error for a text that is not a time; else null.</param>
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

        error = $"\"{text}\" is not a time. Write 2h, 3d, 2025-08-06 or 2025-08-06T12:00Z.";
        return null;
    }

    /// <summary>The configuration file that <see cref="Config"/> names.</summary>
    /// <exception cref="SettingException">The file does not exist.</exception>
    public static string ConfigurationFile(ParseResult arguments) => ConfigurationPath(arguments) is var path && File.Exists(path)
        ? path
        : throw new SettingException($"The configuration {path} does not exist. Name another with --config FILE, or write a new one with newswatch init.");

    /// <summary>The same path, whether or not the file exists.</summary>
    public static string ConfigurationPath(ParseResult arguments) =>
        arguments.GetValue(Config) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : Environment.GetEnvironmentVariable("NEWSWATCH_CONFIG") is { Length: > 0 } named ? Path.GetFullPath(named)
        : Path.GetFullPath("appsettings.json");
}
