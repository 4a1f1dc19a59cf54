using System.Globalization;
using Microsoft.Extensions.Configuration;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Binding;
using NewsWatch.Storage;

namespace NewsWatch.Hosting;

/// <summary>Something about a key of the section Storage.</summary>
/// <param name="Key">Its name there.</param>
/// <param name="Message">What is wrong and what to write; no value of a secret is in it.</param>
internal sealed record StorageProblem(string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"Storage__{Key}: {Message}";
}

/// <summary>The section Storage where it names a PostgreSQL server, with environment variables over the file's.</summary>
internal static class StorageSettings
{
    /// <summary>The keys that refer to a connection string.</summary>
    private static readonly string[] References = ["Connection", "Direct"];

    /// <summary>Everything that is wrong with it; empty where a file is the database.</summary>
    public static IReadOnlyList<StorageProblem> Errors(IConfiguration settings) => IsServer(settings)
        ?
        [
            .. References.Select(key => Checked(settings, key, Connection)).OfType<StorageProblem>(),
            .. new[]
            {
                Checked(settings, "Connections", text => HostReader.Connections(text).Error),
                Checked(settings, "Migrate", text => HostReader.Flag(text).Error),
                Checked(settings, "BackupFolder", _ => HostReader.NoBackup),
            }.OfType<StorageProblem>(),
        ]
        : [];

    /// <summary>What is not safe about it, where nothing is wrong with it.</summary>
    public static IReadOnlyList<StorageProblem> Warnings(IConfiguration settings) => IsServer(settings)
        ? [.. References.Select(key => Checked(settings, key, text => PostgresSetup.Exposure(HostSettings.Connection(text, key)))).OfType<StorageProblem>()]
        : [];

    /// <summary>The target with what the other keys say of its connections.</summary>
    public static StorageTarget Complete(StorageTarget target, IConfiguration settings)
    {
        var reference = settings["Storage:Direct"] is { Length: > 0 } written ? written : null;
        var direct = reference is null ? null : HostSettings.Connection(reference, "Storage__Direct");
        var connections = settings["Storage:Connections"] is { Length: > 0 } most ? int.Parse(most, CultureInfo.InvariantCulture) : PostgresSetup.DefaultConnections;
        var replica = target.Replica ?? Environment.MachineName;
        return target with
        {
            Connection = PostgresSetup.Complete(target.Connection!, replica, connections, isPooled: direct is not null),
            Direct = direct is null ? null : PostgresSetup.Complete(direct, replica, connections, isPooled: false),
            DirectAgain = reference is null ? null : () => Secrets.OfProcess.Read(reference).Value,
            Migrates = settings["Storage:Migrate"] is not { Length: > 0 } migrates || bool.Parse(migrates),
        };
    }

    private static bool IsServer(IConfiguration settings) => settings["Storage:Connection"] is { Length: > 0 };

    private static StorageProblem? Checked(IConfiguration settings, string key, Func<string, string?> check) =>
        settings[$"Storage:{key}"] is { Length: > 0 } written && check(written) is { } wrong ? new(key, wrong) : null;

    private static string? Connection(string reference) => Secrets.OfProcess.Read(reference) is var read && read.Error is { } missing ? missing : PostgresSetup.Problem(read.Value!);
}
