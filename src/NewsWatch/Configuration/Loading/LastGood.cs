using System.Text.Json;
using NewsWatch.Configuration.Json;
using NewsWatch.Storage;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Configuration.Loading;

/// <summary>The last good configuration, kept in the database, so that a restart in the middle of a broken edit still runs.</summary>
internal static class LastGood
{
    /// <summary>Replaces an erased address.</summary>
    public const string Erased = "erased@example.com";

    /// <summary>Stores the files of a valid configuration, and the catalogues that it includes.</summary>
    public static Task KeepAsync(Database database, LoadResult.Loaded loaded, ConfigurationFiles files, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => ConfigurationStore.Keep(db, loaded.Configuration.Version, JsonSerializer.Serialize(new Kept(files, loaded.Included)), now), cancellationToken);

    /// <summary>Loads it again, with its secrets; returns null if there is none that still loads.</summary>
    public static (LoadResult.Loaded Loaded, DateTimeOffset Since)? Load(Database database, ConfigurationLoader loader) =>
        database.Read(ConfigurationStore.Newest) is { } newest && Load(newest.Files, loader) is LoadResult.Loaded loaded ? (loaded, newest.At) : null;

    /// <summary>Loads an earlier configuration, with today's secrets; returns null if there is none of that version.</summary>
    /// <param name="version">The version or its beginning.</param>
    public static LoadResult? Load(Database database, ConfigurationLoader loader, string version) =>
        database.Read(ConfigurationStore.All).FirstOrDefault(kept => kept.Version.StartsWith(version, StringComparison.Ordinal)).Files is { } files ? Load(files, loader) : null;

    /// <summary>Loads the last good configuration with an edit laid over it, whose entries replace those of the same name; returns null if there is none.</summary>
    public static LoadResult? LoadWith(Database database, ConfigurationLoader loader, ConfigurationFile edit) =>
        database.Read(ConfigurationStore.Newest) is { } newest && JsonSerializer.Deserialize<Kept>(newest.Files) is { Files: not null } kept ? loader.With(kept.Included).Load(kept.Files, edit) : null;

    private static LoadResult? Load(string stored, ConfigurationLoader loader) =>
        JsonSerializer.Deserialize<Kept>(stored) is { Files: not null } kept ? loader.With(kept.Included).Load(kept.Files) : null;

    /// <summary>The files of a stored configuration, as they were read.</summary>
    public static IReadOnlyList<ConfigurationFile> FilesOf(string stored) => JsonSerializer.Deserialize<Kept>(stored)?.Files?.Files ?? [];

    /// <summary>The addresses of a subscriber in a stored configuration.</summary>
    public static IEnumerable<string> AddressesOf(string stored, string subscriber) => Emails(stored, subscriber).Select(email => email.Text);

    /// <summary>Returns a stored configuration with a subscriber's addresses replaced by <see cref="Erased"/>.</summary>
    public static string WithoutAddresses(string stored, string subscriber)
    {
        var kept = JsonSerializer.Deserialize<Kept>(stored)!;
        var raw = Emails(stored, subscriber).Select(email => $"\"{email.Raw}\"").ToList();
        var files = kept.Files.Files.Select(file => file with { Text = raw.Aggregate(file.Text, (text, email) => text.Replace(email, $"\"{Erased}\"", StringComparison.Ordinal)) });
        return JsonSerializer.Serialize(kept with { Files = kept.Files with { Files = [.. files] } });
    }

    private static IEnumerable<TextNode> Emails(string stored, string subscriber) =>
        from file in JsonSerializer.Deserialize<Kept>(stored)?.Files?.Files ?? []
        let root = NodeReader.Read(file, new Problems()) as ObjectNode
        let watch = root?["NewsWatch"] as ObjectNode ?? root
        let email = ((watch?["Subscribers"] as ObjectNode)?[subscriber] as ObjectNode)?["Email"] as TextNode
        where email is not null
        select email;

    private sealed record Kept(ConfigurationFiles Files, IReadOnlyList<ConfigurationFile> Included);
}
