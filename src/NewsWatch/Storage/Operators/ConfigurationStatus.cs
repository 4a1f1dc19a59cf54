using System.Text.Json;

namespace NewsWatch.Storage.Operators;

/// <summary>Which configuration the service runs, for commands that do not load it.</summary>
/// <param name="Version">Of the configuration in force.</param>
/// <param name="Since">When it was put in force.</param>
/// <param name="Holds">How many sources, rules and so on it has.</param>
/// <param name="TimeZone">The operator's zone.</param>
internal sealed record ConfigurationStatus(string Version, DateTimeOffset Since, string Holds, string TimeZone)
{
    private const string Fact = "configuration-in-force";

    /// <summary>What is muted, and until when.</summary>
    public IReadOnlyList<MutedEntry> Muted { get; init; } = [];

    /// <summary>Hosts that are asked for more than they can give, a sentence each.</summary>
    public IReadOnlyList<string> BusyHosts { get; init; } = [];

    /// <summary>When the files were found to be refused, and why, in a few words; null while they are in force.</summary>
    public RefusedEdit? Refused { get; init; }

    /// <summary>What the service wrote down; null before the first start.</summary>
    public static ConfigurationStatus? Get(Session db) =>
        InstallationSettings.Get(db, Fact) is { } value ? JsonSerializer.Deserialize<ConfigurationStatus>(value) : null;

    /// <summary>Writes it down.</summary>
    public static void Set(Session db, ConfigurationStatus status) => InstallationSettings.Set(db, Fact, JsonSerializer.Serialize(status));
}

/// <summary>An edit that was refused.</summary>
/// <param name="Errors">How many.</param>
internal sealed record RefusedEdit(DateTimeOffset At, int Errors);

/// <summary>An entry that is muted.</summary>
/// <param name="Sentence">What, until when and why.</param>
internal sealed record MutedEntry(DateTimeOffset Until, string Sentence);
