using System.Buffers.Binary;
using System.Globalization;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

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
    private const string Purpose = "unsubscribe 2";
    private readonly TokenNames _names = new(database, configurations);

    /// <summary>The token that a message carries.</summary>
    public async Task<string> ForAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        var rules = bundle.Alerts.Select(alert => alert.Rule.Id).Distinct().ToList();
        var stories = bundle.Alerts.Select(StoryKey).Distinct().ToList();
        return await CreateAsync(new(bundle.Subscriber, rules.Count == 1 ? rules[0] : null, stories.Count == 1 ? stories[0] : null), cancellationToken);
    }

    /// <summary>What a subscriber may be unsubscribed from by an alert.</summary>
    public static UnsubscribeGrant GrantOf(string subscriber, AlertContent alert) => new(subscriber, alert.Rule.Id, StoryKey(alert));

    /// <summary>The token of a grant.</summary>
    public async Task<string> CreateAsync(UnsubscribeGrant grant, CancellationToken cancellationToken)
    {
        var subscriber = await _names.SubscriberNumberAsync(grant.Subscriber, cancellationToken);
        var rule = grant.Rule is { } id ? await _names.RuleNumberAsync(id, cancellationToken) : 0;
        var body = new byte[SealedNumbers.Size];
        BinaryPrimitives.WriteUInt32BigEndian(body, subscriber);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), rule);
        BinaryPrimitives.WriteUInt64BigEndian(body.AsSpan(8), grant.Story is { } story ? Number(story) ?? 0 : 0);
        return SealedNumbers.Seal(await _names.KeyAsync(cancellationToken), Purpose, body);
    }

    /// <summary>What a token grants; null when this installation did not make it, or knows its subscriber or rule no more.</summary>
    public async Task<UnsubscribeGrant?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var key = await _names.KeyAsync(cancellationToken);
        if (SealedNumbers.Open(key, Purpose, token) is not { } body)
        {
            return SignedGrant.Read(key, token);
        }

        var (subscriber, rule) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4)));
        var story = BinaryPrimitives.ReadUInt64BigEndian(body.AsSpan(8));
        var names = (Subscriber: await _names.SubscriberAsync(subscriber, cancellationToken), Rule: rule == 0 ? null : await _names.RuleAsync(rule, cancellationToken));
        return names.Subscriber is null || (rule != 0 && names.Rule is null)
            ? null
            : new(names.Subscriber, names.Rule, story == 0 ? null : story.ToString("x16", CultureInfo.InvariantCulture));
    }

    /// <summary>An alert's key is rule/STORY/reason/step.</summary>
    private static string? StoryKey(AlertContent alert) => alert.Key.Split('/') is [_, var story, ..] && Number(story) is not null ? story : null;

    /// <summary>A story's key is 64 bits in hexadecimal.</summary>
    private static ulong? Number(string story) =>
        story.Length == 16 && ulong.TryParse(story, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
}
