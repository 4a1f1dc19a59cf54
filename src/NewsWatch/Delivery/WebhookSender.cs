using System.Net.Http.Headers;
using NewsWatch.Configuration;
using NewsWatch.Delivery.Webhooks;
using NewsWatch.Fetching;
using NewsWatch.Storage;

namespace NewsWatch.Delivery;

/// <summary>Calls webhooks through the guarded handler: 2xx is success, a redirect is a failure, 410 ends the endpoint, the answer's body does not matter.</summary>
internal sealed class WebhookSender(ConfigurationHolder configuration, GoneEndpoints gone, GuardedHttp http, TimeProvider clock) : ISender, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan ShortestRetryAfter = TimeSpan.FromSeconds(1);
    private readonly HttpClient _client = new(http.CreateHandler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public async Task<Sending> SendAsync(ClaimedBundle bundle, CancellationToken cancellation)
    {
        var id = MessageName.WebhookId(bundle.Bundle);
        if (configuration.Current.Channels.GetValueOrDefault(bundle.Channel) is not Channel.Webhook channel)
        {
            return new(new SendResult.TryAgain($"channel {bundle.Channel} is not in the configuration"), id);
        }

        if (gone.IsGone(bundle.Channel))
        {
            return new(new SendResult.Refused("the endpoint said that it wants nothing any more (410)."), id);
        }

        var clean = bundle with { Alerts = [.. bundle.Alerts.Select(TextCleaner.Alert)] };
        var body = WebhookBody.Of(clean, channel, configuration.Current);
        return new(await CallAsync(channel, id, body, cancellation), id);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<SendResult> CallAsync(Channel.Webhook channel, string id, WebhookBody body, CancellationToken cancellation)
    {
        using var tooLong = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellation);
        try
        {
            using var request = WebhookRequest.Of(channel, id, body, clock.GetUtcNow());
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            CrashPoint.Reached("webhook.sent");
            return Meaning(channel, answer);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            return new SendResult.TryAgain($"{Name(channel)} did not answer within {Timeout.TotalSeconds:0} s", EndpointTrouble: true);
        }
        catch (HttpRequestException failure)
        {
            return new SendResult.TryAgain($"{Name(channel)} {Words(failure)}", EndpointTrouble: true);
        }
    }

    private SendResult Meaning(Channel.Webhook channel, HttpResponseMessage answer)
    {
        var code = (int)answer.StatusCode;
        var reason = $"{Name(channel)} answered {code}";
        return code switch
        {
            >= 200 and < 300 => new SendResult.Accepted($"{code}"),
            410 => new SendResult.EndpointGone($"{reason}: it wants nothing any more."),
            429 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter) ?? ShortestRetryAfter),
            502 or 503 or 504 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter) ?? ShortestRetryAfter, EndpointTrouble: true),
            >= 300 and < 400 => new SendResult.TryAgain($"{reason}: redirects are not followed; give the channel the new address", EndpointTrouble: true),
            >= 500 or 401 or 403 or 404 or 408 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter), EndpointTrouble: true),
            _ => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter)),
        };
    }

    private static string Words(HttpRequestException failure) => failure switch
    {
        { InnerException: BlockedException blocked } => blocked.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } => "cannot be reached: its name has no address",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "cannot be reached: no TLS, or a certificate that was not accepted",
        { HttpRequestError: HttpRequestError.ResponseEnded } or { InnerException: IOException } => "broke the connection before it answered",
        _ => $"cannot be reached: {failure.HttpRequestError}",
    };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked)
    {
        if ((asked?.Delta ?? (asked?.Date - clock.GetUtcNow())) is not { } wait)
        {
            return null;
        }

        return wait < ShortestRetryAfter ? ShortestRetryAfter : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }

    /// <summary>A webhook's address is a secret: its host, and a hash to tell two apart.</summary>
    private static string Name(Channel.Webhook channel) => WebhookRequest.Shown(channel.Url);
}
