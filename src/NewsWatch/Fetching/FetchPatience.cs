using System.Globalization;

namespace NewsWatch.Fetching;

/// <summary>How long one fetch may take: in all, and where the caller says so, until its answer begins.</summary>
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

    /// <summary>Cancelled when the time is up, or the caller gives up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>What to tell once the time is up.</summary>
    public string Told => _answer.IsCancellationRequested && _forAnswer is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"no answer within {wait.TotalSeconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"no complete answer within {_inAll.TotalSeconds} s");

    /// <summary>The answer has begun.</summary>
    public void Answered() => _answer.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _answer.Dispose();
        _deadline.Dispose();
    }
}
