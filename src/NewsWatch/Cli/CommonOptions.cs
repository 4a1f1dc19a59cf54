using System.CommandLine;
using System.Globalization;
using NewsWatch.Configuration.Reading;

namespace NewsWatch.Cli;

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

    /// <summary>What <see cref="Since"/> comes to; null for no bound or a text that is no time.</summary>
    public static DateTimeOffset? Time(string? text) =>
        text is null ? null
        : Values.Duration(text) is { Error: null, Value: var span } ? TimeProvider.System.GetUtcNow() - span
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : null;

    /// <summary>The file that <see cref="Config"/> comes to.</summary>
    public static string ConfigurationFile(ParseResult arguments) =>
        arguments.GetValue(Config) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : Environment.GetEnvironmentVariable("NEWSWATCH_CONFIG") is { Length: > 0 } named ? Path.GetFullPath(named)
        : Path.GetFullPath("appsettings.json");
}
