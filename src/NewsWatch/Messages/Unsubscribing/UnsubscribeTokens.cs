using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Subscribers;

namespace NewsWatch.Messages.Unsubscribing;

/// <summary>Who may be unsubscribed, from what.</summary>
/// <param name="Subscriber">The subscriber's id.</param>
/// <param name="Rule">The rule that the mail was about; null for several.</param>
/// <param name="Story">The key of the story that the mail was about; null for several.</param>
internal sealed record UnsubscribeGrant(string Subscriber, string? Rule, string? Story);

/// <summary>
/// Unsubscribe tokens: the numbers of a subscriber and a rule, and a story's key, sealed with a key of this installation, so that they show nothing and only
/// who got the mail can use them. Nothing is stored for a mail, so that a token outlives a restore of an older backup. They do not expire: a reader who
/// finds an old mail must still find the way out.
/// </summary>
internal sealed class UnsubscribeTokens(Database database, ConfigurationHolder configurations)
{
    private const int KeyBytes = 32;
    private const string SubscriberPrefix = "subscriber/";
    private const string RulePrefix = "rule/";
    private readonly ConcurrentDictionary<string, uint> _numbers = new();
    private byte[]? _key;

    /// <summary>The token that a message carries.</summary>
    public async Task<string> ForAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        var rules = bundle.Alerts.Select(alert => alert.Rule.Id).Distinct().ToList();
        var stories = bundle.Alerts.Select(StoryKey).Distinct().ToList();
        return await CreateAsync(new(bundle.Subscriber, rules.Count == 1 ? rules[0] : null, stories.Count == 1 ? stories[0] : null), cancellationToken);
    }

    /// <summary>The token of a grant.</summary>
    public async Task<string> CreateAsync(UnsubscribeGrant grant, CancellationToken cancellationToken)
    {
        var subscriber = await NumberAsync(SubscriberPrefix + grant.Subscriber, cancellationToken);
        var rule = grant.Rule is { } id ? await NumberAsync(RulePrefix + id, cancellationToken) : 0;
        var body = new byte[SealedNumbers.Size];
        BinaryPrimitives.WriteUInt32BigEndian(body, subscriber);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), rule);
        BinaryPrimitives.WriteUInt64BigEndian(body.AsSpan(8), grant.Story is { } story ? Number(story) ?? 0 : 0);
        return SealedNumbers.Seal(await KeyAsync(cancellationToken), body);
    }

    /// <summary>What a token grants; null when this installation did not make it, or knows its subscriber or rule no more.</summary>
    public async Task<UnsubscribeGrant?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(cancellationToken);
        if (SealedNumbers.Open(key, token) is not { } body)
        {
            return SignedGrant.Read(key, token);
        }

        var (subscriber, rule) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4)));
        var story = BinaryPrimitives.ReadUInt64BigEndian(body.AsSpan(8));
        var names = (Subscriber: await NameAsync(subscriber, cancellationToken), Rule: rule == 0 ? null : await NameAsync(rule, cancellationToken));
        return names.Subscriber is null || (rule != 0 && names.Rule is null)
            ? null
            : new(names.Subscriber[SubscriberPrefix.Length..], names.Rule?[RulePrefix.Length..], story == 0 ? null : story.ToString("x16", CultureInfo.InvariantCulture));
    }

    /// <summary>An alert's key is rule/STORY/reason/step.</summary>
    private static string? StoryKey(AlertContent alert) => alert.Key.Split('/') is [_, var story, ..] && Number(story) is not null ? story : null;

    /// <summary>A story's key is 64 bits in hexadecimal.</summary>
    private static ulong? Number(string story) =>
        story.Length == 16 && ulong.TryParse(story, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

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

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is null)
        {
            var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
            _key = Convert.FromBase64String(await database.WriteAsync(db => InstallationSettings.GetOrAdd(db, "unsubscribe-key", fresh), cancellationToken));
        }

        return _key;
    }
}
