using System.CommandLine;

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

    /// <summary>The file that <see cref="Config"/> comes to.</summary>
    public static string ConfigurationFile(ParseResult arguments) =>
        arguments.GetValue(Config) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : Environment.GetEnvironmentVariable("NEWSWATCH_CONFIG") is { Length: > 0 } named ? Path.GetFullPath(named)
        : Path.GetFullPath("appsettings.json");
}

/// <summary>Exit codes, the same for all commands.</summary>
internal static class ExitCode
{
    /// <summary>All well.</summary>
    public const int Ok = 0;

    /// <summary>It ran and the answer is no: errors found, unhealthy, nothing matched what was asked for.</summary>
    public const int No = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int Usage = 2;

    /// <summary>The configuration is refused (EX_CONFIG of sysexits.h).</summary>
    public const int Configuration = 78;
}
