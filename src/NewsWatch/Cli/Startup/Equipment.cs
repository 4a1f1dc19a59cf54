using System.Globalization;
using System.Text;

namespace NewsWatch.Cli.Startup;

/// <summary>What NewsWatch needs from its machine or image; without the check, a lack would show later as odd behaviour.</summary>
/// <param name="FoldsAccents">ICU is installed: a rule with "e" finds "é".</param>
/// <param name="KnowsTimeZones">The time-zone data are installed.</param>
/// <param name="OpenFiles">The number of files this process may open; null where that is unknown.</param>
internal sealed record Equipment(bool FoldsAccents, bool KnowsTimeZones, long? OpenFiles)
{
    /// <summary>Enough for connections to sources, mail servers and the database, and for the program's own files.</summary>
    private const long MinOpenFiles = 512;

    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    /// <summary>This machine.</summary>
    public static Equipment Found() => new(
        "é".Normalize(NormalizationForm.FormD).Length == 2 && CultureInfo.InvariantCulture.CompareInfo.Compare("é", "e", CompareOptions.IgnoreNonSpace) == 0,
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _),
        OpenFilesAllowed());

    /// <summary>The first lack; null for none.</summary>
    public StartUpTrouble? Lack() => this switch
    {
        { OpenFiles: < MinOpenFiles } => new(
            ExitCode.System,
            string.Create(CultureInfo.InvariantCulture, $"This process may open {OpenFiles} files and needs at least {MinOpenFiles}. Raise the limit: `ulimit -n 1024`, LimitNOFILE= of systemd, ulimits of compose.")),
        { FoldsAccents: false } => new(
            ExitCode.Configuration,
            "This machine or image lacks ICU, so rules would not find accented words. Install icu-libs (Alpine) or libicu (others), and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."),
        { KnowsTimeZones: false } => new(ExitCode.Configuration, "This machine or image has no time-zone data. Install tzdata, or correct TZDIR."),
        _ => null,
    };

    /// <summary>The note about a proxy in the environment; null if there is none.</summary>
    public static string? IgnoredProxy(Func<string, string?> environment) =>
        Proxies.FirstOrDefault(name => environment(name) is { Length: > 0 } || environment(name.ToLowerInvariant()) is { Length: > 0 }) is { } set
            ? $"{set} is set, but NewsWatch does not use it: it connects directly, so that it can check each address."
            : null;

    // .NET raises the soft limit to the hard one at its start, so the soft one is what counts.
    private static long? OpenFilesAllowed() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
        && long.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], NumberStyles.None, CultureInfo.InvariantCulture, out var allowed)
            ? allowed
            : null;
}
