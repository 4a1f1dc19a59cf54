using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Polling;
using NewsWatch.Polling.Items;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Operators;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.WebSub;

/// <summary>What a hub sends to the callback address.</summary>
internal sealed record PushedBody(string? Signature, string? ContentType, long? Length, Stream Content);

/// <summary>What became of it.</summary>
internal enum PushOutcome
{
    /// <summary>It was signed with our secret, and its items are stored.</summary>
    Taken,

    /// <summary>It is not signed with our secret, or is no feed, or its source is paused: it changed nothing.</summary>
    Ignored,

    /// <summary>Another body of the source is coming in.</summary>
    Busy,

    /// <summary>The source's hour is used up.</summary>
    UsedUp,
}

/// <summary>Takes what hubs push, for subscriptions whose lease lasts.</summary>
public sealed partial class PushReceiver(
    Database database, ConfigurationHolder configurations, WorkSignals signals, PushMetrics metrics, DocumentReaders readers, ClockWitness witness, TimeProvider clock, ILogger<PushReceiver> logger)
{
    /// <summary>Bytes of the largest body: hubs send what is new, and what is larger is left to the polls.</summary>
    internal const int MaxBody = 4 * 1024 * 1024;

    private const int Piece = 16 * 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private readonly PushTurns _turns = new(clock);

    /// <summary>The subscription of a callback address; null when nothing may be pushed there now. Costs one look at an index.</summary>
    internal Push? Find(string token) =>
        configurations.Current is { Operator.PublicUrl: not null } configuration
        && database.Read(db => PushStore.FindByToken(db, token)) is { } push
        && push.IsActive(clock.GetUtcNow())
        && configuration.Sources.ContainsKey(push.Source)
            ? push
            : null;

    /// <summary>Reads a body while its signature is computed, and stores its items; what is not signed with our secret, or is no feed, changes nothing.</summary>
    /// <exception cref="IOException">The body broke off, came too slowly or is larger than <see cref="MaxBody"/>.</exception>
    /// <exception cref="OperationCanceledException">It took more than a minute, or the hub went away.</exception>
    internal async Task<PushOutcome> TakeAsync(Push push, PushedBody body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var outcome = await TakeOneAsync(push, body, either.Token);
        metrics.Count(outcome);
        return outcome;
    }

    private async Task<PushOutcome> TakeOneAsync(Push push, PushedBody body, CancellationToken cancellationToken)
    {
        if (database.Read(db => PauseStore.Of(db, push.Source, clock.GetUtcNow())) is not null)
        {
            return PushOutcome.Ignored;
        }

        switch (_turns.Begin(push.Source, body.Length))
        {
            case PushTurn.Given turn:
                using (turn)
                using (var held = readers.Open())
                {
                    return await SignedAsync(push, body, turn.Account, held, cancellationToken) is { } bytes && await StoreAsync(push, body.ContentType, bytes, held, cancellationToken)
                        ? PushOutcome.Taken
                        : PushOutcome.Ignored;
                }

            case PushTurn.UsedUp used:
                await TellAsync(push.Source, used, cancellationToken);
                return PushOutcome.UsedUp;
            default:
                return PushOutcome.Busy;
        }
    }

    /// <summary>The whole body; null without our signature.</summary>
    private async Task<byte[]?> SignedAsync(Push push, PushedBody body, PushAccount account, Holding held, CancellationToken cancellationToken)
    {
        using var signature = PushSignature.Begin(body.Signature, push.Secret);
        if (signature is null)
        {
            Forged(logger, push.Source);
            return null;
        }

        var bytes = new GrowingBytes(MaxBody, held.Received);
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (int count; (count = await body.Content.ReadAsync(piece, cancellationToken)) > 0;)
            {
                account.Count(count);
                signature.Add(piece.AsSpan(0, count));
                if (!await bytes.TryAddAsync(piece.AsMemory(0, count), cancellationToken))
                {
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        if (signature.Holds())
        {
            return bytes.ToArray();
        }

        Forged(logger, push.Source);
        return null;
    }

    private async Task<bool> StoreAsync(Push push, string? contentType, byte[] body, Holding held, CancellationToken cancellationToken)
    {
        if (!configurations.Current.Sources.TryGetValue(push.Source, out var source)
            || await readers.FeedAsync(body.Length, held, stop => FeedParser.Parse(body, contentType, new Uri(push.Topic), stop), cancellationToken) is not FeedResult.Parsed parsed)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var prepared = PreparedItems.From(database, source, parsed.Feed, now);
        if (await database.WriteAsync(db => Store(db, source, prepared, now, witness.Now), cancellationToken) is { New: > 0 } items)
        {
            Pushed(logger, source.Id, items.New);
            signals.Items.Set();
        }

        return true;
    }

    /// <summary>Commit 1 of a push: its items; validators and due time belong to polls.</summary>
    private static ItemCounts? Store(Session db, Source source, PreparedItems items, DateTimeOffset now, DateTimeOffset seen)
    {
        if (SourceStore.Find(db, source.Id) is not { Baselined: not null } row)
        {
            return null;
        }

        var tally = new ItemWriter(source, firstSight: false, row.UnstableIds, now) { Seen = seen }.Save(db, items);
        if (tally.New > 0)
        {
            PushStore.CameFirst(db, source.Id);
        }

        if (tally.Arrivals.Count > 0)
        {
            SourceStore.SetNews(db, source.Id, now, StoredJson.Write(new PublishingCadence(StoredJson.Read<List<long>>(row.Rhythm)).With(tally.Arrivals).Arrivals));
        }

        return tally;
    }

    /// <summary>Once an hour in the log, and once a day to the operator.</summary>
    private async Task TellAsync(string source, PushTurn.UsedUp used, CancellationToken cancellationToken)
    {
        if (!used.First)
        {
            return;
        }

        Flooded(logger, source, used.Again);
        var (configuration, now) = (configurations.Current, clock.GetUtcNow());
        var notice = new Notice(
            $"push/{source}/{now.UtcDateTime:yyyy-MM-dd}",
            $"The hub of source {source} pushes too much",
            string.Create(CultureInfo.InvariantCulture, $"More than {PushTurns.MaxBodies} documents or {PushTurns.MaxBytes / 1024 / 1024} MiB came within an hour; the rest of that hour is refused. The source is polled as before, so nothing is lost."));
        await database.WriteAsync(db => OperatorNotices.Add(db, configuration, notice, now), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: pushed, new or edited: {New}")]
    private static partial void Pushed(ILogger logger, string source, int @new);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: a push without our signature was ignored")]
    private static partial void Forged(ILogger logger, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: its hub pushes too much; pushes are refused for {Again}")]
    private static partial void Flooded(ILogger logger, string source, TimeSpan again);
}
