using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using NewsWatch.Configuration;
using Polly;
using Polly.Retry;

namespace NewsWatch.Fetching;

/// <summary>
/// One conditional GET: guarded at every hop, limited in time and size, retried once.
/// Every failure of the network becomes a <see cref="FetchResult"/>; only cancellation throws.
/// </summary>
public sealed class Fetcher : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly ConfigurationHolder _configuration;
    private readonly FetchLimits _limits;
    private readonly MemoryBudget _memory;
    private readonly FetchMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<FetchResult> _pipeline;

    public Fetcher(GuardedHttp http, ConfigurationHolder configuration, FetchLimits limits, MemoryBudget memory, FetchMetrics metrics, TimeProvider clock)
    {
        _http = new HttpMessageInvoker(http.CreateHandler());
        (_configuration, _limits, _memory, _metrics, _clock) = (configuration, limits, memory, metrics, clock);
        Witness = new ClockWitness(clock);
        metrics.Watch(memory);
        _pipeline = new ResiliencePipelineBuilder<FetchResult> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<FetchResult>
            {
                MaxRetryAttempts = 1,
                Delay = limits.RetryDelay,
                ShouldHandle = new PredicateBuilder<FetchResult>().HandleResult(WorthARetry),
            })
            .Build();
    }

    /// <summary>The system's clock compared with the servers' time.</summary>
    public ClockWitness Witness { get; }

    /// <summary>Fetches within <see cref="FetchLimits.Deadline"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        using var patience = new FetchPatience(_limits.Deadline, request.AnswerWithin, _clock, cancellationToken);
        using var own = _memory.Open();
        var memory = request.Memory ?? own;
        FetchResult result;
        try
        {
            result = await _pipeline.ExecuteAsync(async token => await AttemptAsync(request with { Memory = memory }, patience, token), patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var waited = string.Create(CultureInfo.InvariantCulture, $"NewsWatch had no free memory for the reply within {_limits.Deadline.TotalSeconds} s");
            result = new FetchResult.Failed(FailureKind.Timeout, memory.Received.GaveUp ? waited : patience.Reason);
        }

        _metrics.Count(result, _clock.GetElapsedTime(started));
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool WorthARetry(FetchResult result) =>
        result is FetchResult.Failed { Why: FailureKind.Connection or FailureKind.Server, RetryAt: null };

    private async Task<FetchResult> AttemptAsync(FetchRequest request, FetchPatience patience, CancellationToken cancellationToken)
    {
        var (start, why) = HttpAddress.Read(request.Url);
        if (start is null)
        {
            return new FetchResult.Failed(FailureKind.Unusable, why);
        }

        var trail = new RedirectTrail(start, _limits.Hops);
        try
        {
            return await FollowAsync(request, trail, patience, cancellationToken);
        }
        catch (HttpRequestException refused) when (refused.InnerException is BlockedException blocked)
        {
            return new FetchResult.Blocked(blocked.Message + trail.Note);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            // If the time runs out or the caller gives up, the connection breaks with one of these exceptions.
            cancellationToken.ThrowIfCancellationRequested();
            return Broken(failure, trail);
        }
    }

    private async Task<FetchResult> FollowAsync(FetchRequest request, RedirectTrail trail, FetchPatience patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var message = RequestMessage.For(request, trail.Current, _configuration.Current.Operator.Contact);
            using var response = await _http.SendAsync(message, cancellationToken);
            var status = (int)response.StatusCode;
            if (!RedirectTrail.Is(status))
            {
                patience.Answered();
                return await AnswerAsync(request, response, trail, cancellationToken);
            }

            if (trail.Follow(status, HeaderFacts.Raw(response, "Location")) is { } problem)
            {
                return new FetchResult.BadRedirect(problem);
            }
        }
    }

    private async Task<FetchResult> AnswerAsync(FetchRequest request, HttpResponseMessage response, RedirectTrail trail, CancellationToken cancellationToken)
    {
        var facts = HeaderFacts.From(response, trail.Current, _clock.GetUtcNow());
        if ((int)response.StatusCode is 200 or 304 or (>= 400 and < 500) && facts.ServerTime is { } time)
        {
            Witness.Observe(trail.Current.IdnHost, time);
        }

        var sent = request.Validators?.Url == trail.Current.OriginalString ? request.Validators : null;
        return (int)response.StatusCode switch
        {
            304 when sent is not null => new FetchResult.NotModified(facts with { Validators = Newer(sent, facts.Validators) }, trail.MovedTo),
            200 when SameTag(sent, facts.Validators) => new FetchResult.NotModified(facts, trail.MovedTo),
            >= 200 and < 300 and not (204 or 205 or 206) => await BodyAsync(request, response, facts, trail, cancellationToken),
            410 => new FetchResult.Gone(),
            var status => Refusal(status, response),
        };
    }

    /// <summary>A 304 may omit unchanged headers (RFC 9110, 15.4.5).</summary>
    private static Validators Newer(Validators known, Validators? sent) =>
        sent is null ? known : known with { ETag = sent.ETag ?? known.ETag, LastModified = sent.LastModified ?? known.LastModified };

    /// <summary>An empty tag names nothing.</summary>
    private static bool SameTag(Validators? known, Validators? sent) =>
        sent?.ETag is { } tag && tag == known?.ETag && tag.Trim('W', '/', '"', ' ').Length > 0;

    private async Task<FetchResult> BodyAsync(FetchRequest request, HttpResponseMessage response, HeaderFacts facts, RedirectTrail trail, CancellationToken cancellationToken)
    {
        switch (await BodyReader.ReadAsync(response.Content, _limits.Body, request.Memory!.Received, cancellationToken))
        {
            case BodyResult.Read { Bytes: var body, Warning: var warning }:
                facts = facts with { BodyHash = Convert.ToHexStringLower(SHA256.HashData(body)) };
                return facts.BodyHash == request.KnownHash
                    ? new FetchResult.NotModified(facts, trail.MovedTo)
                    : new FetchResult.Fetched(body, HeaderFacts.Raw(response, "Content-Type"), trail.Current, facts, trail.MovedTo, warning);
            case BodyResult.Unusable { Reason: var reason }:
                return new FetchResult.Failed(FailureKind.Unusable, reason, (int)response.StatusCode);
            default:
                return new FetchResult.TooLarge(_limits.Body);
        }
    }

    private FetchResult.Failed Refusal(int status, HttpResponseMessage response)
    {
        var retryAt = status >= 400 ? RetryAt(response) : null;
        var kind = status switch
        {
            429 => FailureKind.Throttled,
            _ when retryAt is not null => FailureKind.Throttled,
            404 => FailureKind.NotFound,
            >= 400 and < 500 => FailureKind.Refused,
            >= 500 => FailureKind.Server,
            _ => FailureKind.Unusable,
        };
        return new FetchResult.Failed(kind, $"the server answered {Name(response.StatusCode)}", status, retryAt);
    }

    // As RFC 9110 names it, "500 Internal Server Error"; what the server calls it is a stranger's text.
    private static string Name(HttpStatusCode status)
    {
        using var known = new HttpResponseMessage(status);
        return $"{(int)status} {known.ReasonPhrase}".TrimEnd();
    }

    /// <summary>Retry-After (RFC 9110, 10.2.3): seconds or a date, at least a second and at most <see cref="FetchLimits.RetryAfter"/> ahead.</summary>
    private DateTimeOffset? RetryAt(HttpResponseMessage response)
    {
        var now = _clock.GetUtcNow();
        var value = HeaderFacts.Raw(response, "Retry-After");
        var wait = double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, _limits.RetryAfter.TotalSeconds))
            : HeaderFacts.Date(value) - now;
        return wait is { } span ? now + TimeSpan.FromTicks(Math.Clamp(span.Ticks, TimeSpan.TicksPerSecond, _limits.RetryAfter.Ticks)) : null;
    }

    private FetchResult.Failed Broken(Exception failure, RedirectTrail trail) => failure switch
    {
        OperationCanceledException => new(FailureKind.Connection, string.Create(CultureInfo.InvariantCulture, $"no connection within {_limits.Connect.TotalSeconds} s{trail.Note}")),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(FailureKind.Unusable, "the reply's headers are too large"),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new(FailureKind.Unusable, "the reply is not HTTP"),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } unresolved } => new(FailureKind.Connection, unresolved.Message + trail.Note),
        HttpRequestException { InnerException: UntrustedCertificateException untrusted } => new(FailureKind.Connection, $"no TLS connection to {trail.Current.IdnHost}: {untrusted.Message}{trail.Note}"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(FailureKind.Connection, $"the TLS handshake with {trail.Current.IdnHost} failed: the connection was lost or there is no common protocol{trail.Note}"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(FailureKind.Connection, $"no connection to {trail.Current.IdnHost}{trail.Note}"),
        _ => new(FailureKind.Connection, $"the connection to {trail.Current.IdnHost} broke{trail.Note}"),
    };
}
