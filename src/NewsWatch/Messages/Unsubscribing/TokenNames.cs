using System.Collections.Concurrent;
using System.Security.Cryptography;
using NewsWatch.Configuration;
using NewsWatch.Storage;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Messages.Unsubscribing;

/// <summary>The key of this installation that tokens in mails are sealed with, and the numbers of subscribers and rules in them.</summary>
internal sealed class TokenNames(Database database, ConfigurationHolder configurations)
{
    private const int KeyBytes = 32;
    private const string SubscriberPrefix = "subscriber/";
    private const string RulePrefix = "rule/";
    private readonly ConcurrentDictionary<string, uint> _numbers = new();
    private byte[]? _key;

    /// <summary>The key; made at its first use.</summary>
    public async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is null)
        {
            var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
            _key = Convert.FromBase64String(await database.WriteAsync(db => InstallationSettings.GetOrAdd(db, "unsubscribe-key", fresh), cancellationToken));
        }

        return _key;
    }

    /// <summary>A subscriber's number.</summary>
    public Task<uint> SubscriberNumberAsync(string id, CancellationToken cancellationToken) => NumberAsync(SubscriberPrefix + id, cancellationToken);

    /// <summary>A rule's number.</summary>
    public Task<uint> RuleNumberAsync(string id, CancellationToken cancellationToken) => NumberAsync(RulePrefix + id, cancellationToken);

    /// <summary>The subscriber with this number; null for none.</summary>
    public async Task<string?> SubscriberAsync(uint number, CancellationToken cancellationToken) => (await NameAsync(number, cancellationToken))?[SubscriberPrefix.Length..];

    /// <summary>The rule with this number; null for none.</summary>
    public async Task<string?> RuleAsync(uint number, CancellationToken cancellationToken) => (await NameAsync(number, cancellationToken))?[RulePrefix.Length..];

    private async Task<uint> NumberAsync(string name, CancellationToken cancellationToken)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            var key = await KeyAsync(cancellationToken);
            number = await database.WriteAsync(db => UnsubscribeNames.NumberOf(db, key, name), cancellationToken);
            _numbers[name] = number;
        }

        return number;
    }

    /// <summary>A number that only a newer database had, before an older one was restored, is found by giving all names of the configuration theirs again.</summary>
    private async Task<string?> NameAsync(uint number, CancellationToken cancellationToken)
    {
        if (database.Read(db => UnsubscribeNames.NameOf(db, number)) is { } name)
        {
            return name;
        }

        var current = configurations.Current;
        foreach (var known in current.Subscribers.Keys.Select(id => SubscriberPrefix + id).Concat(current.Rules.Keys.Select(id => RulePrefix + id)))
        {
            await NumberAsync(known, cancellationToken);
        }

        return database.Read(db => UnsubscribeNames.NameOf(db, number));
    }
}
