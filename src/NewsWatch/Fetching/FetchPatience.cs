using System.Globalization;

namespace NewsWatch.Fetching;

/// <summary>The time limits of one fetch: in total, and optionally until the reply begins.</summary>
internal sealed class FetchPatience : IDisposable
{
    private readonly TimeSpan _inAll;
    private readonly TimeSpan? _forAnswer;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _answer;
    private readonly CancellationTokenSource _either;

    public FetchPatience(TimeSpan inAll, TimeSpan? forAnswer, TimeProvider clock, CancellationToken cancellationToken)
    {
        (_inAll, _forAnswer) = (inAll, forAnswer);
        _deadline = new CancellationTokenSource(inAll, clock);
        _answer = new CancellationTokenSource(forAnswer ?? Timeout.InfiniteTimeSpan, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token, _answer.Token);
    }

    /// <summary>Cancelled when the time runs out or the caller gives up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>The reason, once the time has run out.</summary>
    public string Reason => _answer.IsCancellationRequested && _forAnswer is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"no reply within {wait.TotalSeconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"no complete reply within {_inAll.TotalSeconds} s");

    /// <summary>Notes that the reply has begun.</summary>
    public void Answered() => _answer.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _answer.Dispose();
        _deadline.Dispose();
    }
}
