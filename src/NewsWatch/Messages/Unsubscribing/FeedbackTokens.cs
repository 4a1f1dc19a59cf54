using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Alerts;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Unsubscribing;

/// <summary>Who may say something of which alert.</summary>
/// <param name="Alert">The alert's number.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Content">What it said.</param>
internal sealed record FeedbackGrant(string Subscriber, long Alert, string Rule, AlertContent Content);

/// <summary>
/// Tokens of the links "Useful or not?": the numbers of an alert and a subscriber, a part of the alert's key and the last day, sealed for this purpose alone. They are good for 30 days. The part of
/// the key tells the alert from another one that has its number since an older backup was restored.
/// </summary>
internal sealed class FeedbackTokens(Database database, ConfigurationHolder configurations, TimeProvider clock)
{
    private const string Purpose = "feedback 1";
    private const int Days = 30;
    private readonly TokenNames _names = new(database, configurations);

    /// <summary>The address behind each alert of a message, by the alert's key.</summary>
    /// <param name="page">Where the addresses begin.</param>
    public async Task<IReadOnlyDictionary<string, string>> LinksAsync(ClaimedBundle bundle, Uri page, CancellationToken cancellationToken)
    {
        var numbers = database.Read(db => FeedbackStore.Numbers(db, bundle.Alerts.Select(alert => alert.Key)));
        var links = new Dictionary<string, string>();
        foreach (var (key, number) in numbers)
        {
            links[key] = $"{page.AbsoluteUri.TrimEnd('/')}/{await CreateAsync(key, number, bundle.Subscriber, bundle.Since, cancellationToken)}";
        }

        return links;
    }

    /// <summary>The token of an alert for a subscriber.</summary>
    /// <param name="since">It ends 30 days later.</param>
    public async Task<string> CreateAsync(string alertKey, long alert, string subscriber, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var reader = await _names.SubscriberNumberAsync(subscriber, cancellationToken);
        var body = new byte[SealedNumbers.Size];
        BinaryPrimitives.WriteUInt32BigEndian(body, (uint)alert);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), Part(alertKey));
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(8), reader);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(12), (uint)(DayOf(since) + Days));
        return SealedNumbers.Seal(await _names.KeyAsync(cancellationToken), Purpose, body);
    }

    /// <summary>What a token grants; null when this installation did not make it for feedback, when its time is over, or its alert or subscriber is gone.</summary>
    public async Task<FeedbackGrant?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (SealedNumbers.Open(await _names.KeyAsync(cancellationToken), Purpose, token) is not { } body || BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(12)) < DayOf(clock.GetUtcNow()))
        {
            return null;
        }

        var alert = BinaryPrimitives.ReadUInt32BigEndian(body);
        return database.Read(db => FeedbackStore.Asked(db, alert)) is (var key, var rule, var content)
            && Part(key) == BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4))
            && await _names.SubscriberAsync(BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(8)), cancellationToken) is { } subscriber
                ? new(subscriber, alert, rule, StoredJson.Read<AlertContent>(content))
                : null;
    }

    private static uint Part(string key) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (24 * 60 * 60);
}
