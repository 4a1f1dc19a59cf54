using NewsWatch.Delivery.Sending;
using NewsWatch.Storage.Shares;

namespace NewsWatch.Delivery.Smtp;

/// <summary>How long one attempt at one mail may take: two minutes until its text begins, one for the text, ten for the server's answer to it (RFC 5321 4.5.3.2.6). Who gives up sooner makes copies.
/// No text begins of a process that was cut off from the database: others may have taken the mail over, and sent it.</summary>
internal sealed class SmtpDeadline : IDisposable
{
    /// <summary>For everything up to the text.</summary>
    internal static readonly TimeSpan BeginWithin = TimeSpan.FromMinutes(2);

    /// <summary>For the text.</summary>
    internal static readonly TimeSpan TextWithin = TimeSpan.FromMinutes(1);

    /// <summary>From the final dot to its answer.</summary>
    internal static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);

    private readonly WorkShare _share;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;
    private bool _isCutOff;

    public SmtpDeadline(WorkShare share, TimeProvider clock, CancellationToken stopping)
    {
        (_share, _stopping) = (share, stopping);
        _late = new(BeginWithin, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, stopping);
    }

    /// <summary>Ends with the deadline, or with the service.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>What it means that the time was up before the text.</summary>
    public SendResult Meaning => _isCutOff ? SendResult.NoConnection.StoodStill
        : _stopping.IsCancellationRequested ? new SendResult.NoConnection("stopped while sending")
        : new SendResult.TryAgain($"no reply within {BeginWithin.TotalSeconds:0} s", EndpointTrouble: true);

    /// <summary>The text begins to leave: from now on the server may take it.</summary>
    /// <exception cref="OperationCanceledException">This process was cut off before: the text must not be sent.</exception>
    public void TextBegins()
    {
        if (!HasTextBegun)
        {
            if (!_share.IsCurrent)
            {
                _isCutOff = true;
                _late.Cancel();
                _either.Token.ThrowIfCancellationRequested();
            }

            HasTextBegun = true;
            _late.CancelAfter(TextWithin + AnswerWithin);
        }
    }

    /// <summary>True once the text has begun to leave.</summary>
    public bool HasTextBegun { get; private set; }

    /// <summary>True when the failure is that the time was up.</summary>
    public bool Ended(Exception failure) => failure is OperationCanceledException && Token.IsCancellationRequested;

    /// <summary>Why the answer to the final dot is missing.</summary>
    public string Words(Exception failure) => !Ended(failure) ? "the connection was lost before its answer"
        : _stopping.IsCancellationRequested ? "the service stopped before its answer"
        : $"no answer came within {AnswerWithin.TotalMinutes:0} min";

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
