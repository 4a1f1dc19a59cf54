using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Storage;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Work;

namespace NewsWatch.WebSub;

/// <summary>
/// Asks the hubs that feeds name to push what is new (W3C WebSub), and asks again before a lease ends. Only with a public address of this installation
/// (<see cref="Operator.PublicUrl"/>), which the hubs call. Polling goes on: a hub that forgets us loses nothing.
/// </summary>
public sealed partial class PushSubscriber(
    Database database, ConfigurationHolder configurations, GuardedHttp http, FetchLimits limits, ServiceLoop loop, TimeProvider clock, ILogger<PushSubscriber> logger) : BackgroundService
{
    private const double Renew = 0.8;
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewEarliest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AskAgainAfterDenial = TimeSpan.FromDays(1);
    private readonly HttpMessageInvoker _http = new(http.CreateHandler());

    /// <summary>Asks every hub that should be asked now.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (configurations.Current is not { Operator.PublicUrl: { } publicUrl } configuration)
        {
            return;
        }

        foreach (var row in database.Read(SourceStore.All).Where(row => configuration.Sources.ContainsKey(row.Id) && row.State is not SourceState.Gone))
        {
            if (StoredJson.Read<FeedHints>(row.Hints) is { Hubs.Count: > 0 } hints && hints.Hubs.FirstOrDefault(IsSafe) is { } hub && Next(row, hub, hints.Self ?? row.Address) is { } push)
            {
                await database.WriteAsync(db => PushStore.Save(db, push), cancellationToken);
                await AskAsync(push, new Uri(publicUrl, $"push/{push.Token}"), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunByLeadAsync("asking hubs", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await KeepAsync(stopping);
        await Task.Delay(Sweep, clock, stopping);
    }

    /// <summary>The subscription as it should be asked for now; null when there is nothing to ask.</summary>
    private Push? Next(SourceRow source, string hub, string topic)
    {
        var now = clock.GetUtcNow();
        var known = database.Read(db => PushStore.Find(db, source.Id));
        if (known is null || known.Hub != hub || known.Topic != topic)
        {
            return new(source.Id, hub, topic, Random(), Random(), PushState.Pending, now, null) { Awaited = true };
        }

        var again = known switch
        {
            { State: PushState.Denied } => known.Asked + AskAgainAfterDenial,
            { Awaited: false, Expires: { } expires } when known.IsActive(now) => known.Asked + Longer((expires - known.Asked) * Renew, RenewEarliest),
            _ => known.Asked + PushConfirmation.AskedWithin,
        };
        return again > now ? null : known with { Asked = now, State = known.Expires > now ? PushState.Active : PushState.Pending, Awaited = true };
    }

    /// <summary>The token and the secret go over TLS alone; a hub on this machine may do without, where the guard lets it be called.</summary>
    private static bool IsSafe(string hub) =>
        HttpAddress.Read(hub).Url is { } url && (url.Scheme == Uri.UriSchemeHttps || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address)));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task AskAsync(Push push, Uri callback, CancellationToken cancellationToken)
    {
        if (HttpAddress.Read(push.Hub).Url is not { } hub)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(limits.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, hub) { Content = new FormUrlEncodedContent(Form(push, callback)) };
        request.Headers.TryAddWithoutValidation("User-Agent", RequestMessage.UserAgent(configurations.Current.Operator.Contact));
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            Asked(logger, push.Source, hub.IdnHost, (int)response.StatusCode);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            NotAsked(logger, push.Source, hub.IdnHost, failure.InnerException?.Message ?? failure.GetType().Name);
        }
    }

    private static Dictionary<string, string> Form(Push push, Uri callback) => new()
    {
        ["hub.mode"] = "subscribe",
        ["hub.topic"] = push.Topic,
        ["hub.callback"] = callback.AbsoluteUri,
        ["hub.secret"] = push.Secret,
        ["hub.lease_seconds"] = ((long)PushConfirmation.Lease.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: hub {Hub} was asked to push, it answered {Status}")]
    private static partial void Asked(ILogger logger, string source, string hub, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Source}: hub {Hub} could not be asked: {Why}")]
    private static partial void NotAsked(ILogger logger, string source, string hub, string why);
}
