using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Templates;
using NewsWatch.Delivery.Sending;
using NewsWatch.Fetching;
using NewsWatch.Messages;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Delivery.Http;

/// <summary>Calls webhooks through the guarded handler: 2xx is success, a redirect is a failure, 410 retires the endpoint; the reply's body matters only where it explains a refusal.</summary>
internal sealed class WebhookSender(ConfigurationHolder configuration, RetiredEndpoints gone, GuardedHttp http, TimeProvider clock) : ISender, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);
    private readonly HttpClient _client = Client(http);

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        var id = MessageName.WebhookId(bundle.Bundle);
        if (configuration.Current.Channels.GetValueOrDefault(bundle.Channel) is not Channel.Webhook channel)
        {
            return new(new SendResult.TryAgain($"channel {bundle.Channel} is not in the configuration"), id);
        }

        if (gone.IsGone(bundle.Channel))
        {
            return new(new SendResult.Refused("the endpoint is gone (410)."), id);
        }

        var clean = bundle with { Alerts = [.. bundle.Alerts.Select(TextCleaner.Alert)] };
        try
        {
            return new(await CallAsync(channel, id, WebhookBody.Create(clean, channel, configuration.Current), cancellationToken), id);
        }
        catch (TemplateException wrong)
        {
            return new(new SendResult.TryAgain($"the template of channel {bundle.Channel} {wrong.Message}", Patience: Patience.ThreeAttempts), id);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <inheritdoc/>
    public async Task<SendResult.NoConnection?> ProbeAsync(string channel, CancellationToken cancellationToken) =>
        configuration.Current.Channels.GetValueOrDefault(channel) is Channel.Webhook webhook ? await ProbeAsync(webhook, cancellationToken) : null;

    private async Task<SendResult.NoConnection?> ProbeAsync(Channel.Webhook channel, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            await http.ConnectAsync(channel.Url, either.Token);
            return null;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return new($"{Name(channel)} cannot be reached within {Timeout.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException or BlockedException)
        {
            return new($"{Name(channel)} {WebhookWords.Of(failure)}");
        }
    }

    /// <summary>A connection that breaks before the answer says little: the receiver may have closed a kept one just then. The id makes a second call harmless, so it follows at once, over a new one.</summary>
    private async Task<SendResult> CallAsync(Channel.Webhook channel, string id, WebhookBody body, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            try
            {
                return await CallAsync(_client, channel, id, body, either.Token);
            }
            catch (HttpRequestException failure) when (WebhookWords.IsBroken(failure))
            {
                using var fresh = Client(http);
                return await CallAsync(fresh, channel, id, body, either.Token);
            }
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            return new SendResult.TryAgain($"{Name(channel)} did not answer within {Timeout.TotalSeconds:0} s", EndpointTrouble: true);
        }
        catch (HttpRequestException failure)
        {
            var words = $"{Name(channel)} {WebhookWords.Of(failure)}";
            return WebhookWords.IsBroken(failure) ? new SendResult.TryAgain(words, EndpointTrouble: true) : new SendResult.NoConnection(words);
        }
    }

    private async Task<SendResult> CallAsync(HttpClient client, Channel.Webhook channel, string id, WebhookBody body, CancellationToken cancellationToken)
    {
        using var request = WebhookRequest.Create(channel, id, body, clock.GetUtcNow());
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        CrashPoint.Reached("webhook.sent");
        return await MeaningAsync(channel, answer, cancellationToken);
    }

    private async Task<SendResult> MeaningAsync(Channel.Webhook channel, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var code = (int)answer.StatusCode;
        var reason = $"{Name(channel)} answered {code}";
        return code switch
        {
            >= 200 and < 300 => new SendResult.Accepted($"{code}"),
            410 => new SendResult.EndpointGone($"{reason}: the endpoint is gone."),
            429 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter) ?? MinRetryAfter),
            502 or 503 or 504 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter) ?? MinRetryAfter, EndpointTrouble: true),
            >= 300 and < 400 => new SendResult.TryAgain($"{reason}: redirects are not followed; give the channel the new address", EndpointTrouble: true),
            >= 500 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter), EndpointTrouble: true),
            401 or 402 or 403 or 404 or 405 or 407 or 408 or 421 or 425 or 426 => new SendResult.TryAgain(reason, RetryAfter(answer.Headers.RetryAfter), EndpointTrouble: true),
            _ => new SendResult.TryAgain(
                reason + await WebhookWords.BodyAsync(answer, channel, cancellationToken), RetryAfter(answer.Headers.RetryAfter), Patience: Patience.ThreeAttempts),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked)
    {
        if ((asked?.Delta ?? (asked?.Date - clock.GetUtcNow())) is not { } wait)
        {
            return null;
        }

        return wait < MinRetryAfter ? MinRetryAfter : wait > MaxRetryAfter ? MaxRetryAfter : wait;
    }

    private static HttpClient Client(GuardedHttp http) => new(http.CreateHandler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>A webhook's address is a secret: its host, and a hash to tell two apart.</summary>
    private static string Name(Channel.Webhook channel) => WebhookRequest.DisplayName(channel.Url);
}
