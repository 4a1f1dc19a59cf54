using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsWatch.Configuration;
using NewsWatch.Fetching;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage.Work;

namespace NewsWatch.Health;

/// <summary>
/// A dead man's switch: calls <c>Operator.HeartbeatUrl</c> once a minute, but only when a poll cycle ended since the last call and nothing
/// has waited too long to be matched or delivered. The called service alerts the operator when the calls stop, whatever died here.
/// </summary>
internal sealed partial class Heartbeat : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly HealthCheck _health;
    private readonly ConfigurationHolder _configuration;
    private readonly ServiceLoop _loop;
    private readonly TimeProvider _clock;
    private readonly ILogger<Heartbeat> _log;
    private readonly HttpClient _client;
    private readonly Counter<long> _beats;
    private DateTimeOffset? _toldCycle;

    public Heartbeat(HealthCheck health, ConfigurationHolder configuration, ServiceLoop loop, GuardedHttp http, IMeterFactory meters, TimeProvider clock, ILogger<Heartbeat> logger)
    {
        (_health, _configuration, _loop, _clock, _log) = (health, configuration, loop, clock, logger);
        _client = new(http.CreateHandler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _beats = meters.Create("newswatch").CreateCounter<long>("heartbeats_total", description: "Calls of the heartbeat address, by outcome.");
    }

    /// <summary>Calls the address if all is well; returns true if the address accepted the call.</summary>
    public async Task<bool> BeatAsync(CancellationToken cancellationToken)
    {
        if (_configuration.Current.Operator.HeartbeatUrl is not { } url)
        {
            return false;
        }

        var (cycle, trouble) = Look();
        if (trouble is not null)
        {
            Count("withheld");
            Withheld(_log, trouble);
            return false;
        }

        var failure = await CallAsync(url, cancellationToken);
        Count(failure is null ? "called" : "failed");
        if (failure is not null)
        {
            Failed(_log, WebhookRequest.DisplayName(url), failure);
            return false;
        }

        _toldCycle = cycle;
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunByLeadAsync("calling the heartbeat", TurnAsync, stoppingToken);

    private async Task TurnAsync(CancellationToken stopping)
    {
        await Task.Delay(Every, _clock, stopping);
        await BeatAsync(stopping);
    }

    private (DateTimeOffset? Cycle, string? Trouble) Look()
    {
        var report = _health.Look(ofAll: true);
        return (report.LastCycle, report.Ready ? report.LastCycle != _toldCycle ? null : "no poll cycle ended since the last call" : string.Join("; ", report.Problems));
    }

    private async Task<string?> CallAsync(Uri url, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource(Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.UserAgent.ParseAdd(Product.UserAgent);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            return $"no reply within {Timeout.TotalSeconds:0} s";
        }
        catch (HttpRequestException failure)
        {
            return failure.InnerException is BlockedException blocked ? blocked.Message : $"it cannot be reached: {failure.HttpRequestError}";
        }
    }

    private void Count(string outcome) => _beats.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat is withheld: {Trouble}")]
    private static partial void Withheld(ILogger logger, string trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat to {Address} failed: {Trouble}; the next minute tries again")]
    private static partial void Failed(ILogger logger, string address, string trouble);
}
