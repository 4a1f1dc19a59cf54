using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Work;

namespace NewsWatch.Storage.Deliveries;

/// <summary>A message that may leave: all deliveries of one bundle, leased, with "an attempt started" written down.</summary>
/// <param name="Bundle">Message-ID and webhook-id are functions of it.</param>
/// <param name="Kind">alert, group, digest, notice or test.</param>
/// <param name="Subscriber">The subscriber's id; for notices an address.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Since">When the oldest of its deliveries was decided.</param>
/// <param name="Alerts">What it says, in the order it was decided; empty for notices and tests.</param>
/// <param name="Notice">What a notice or test says.</param>
internal sealed record ClaimedBundle(
    string Bundle,
    string Kind,
    string Subscriber,
    string Channel,
    int Attempt,
    DateTimeOffset Since,
    IReadOnlyList<AlertContent> Alerts,
    Notice? Notice)
{
    /// <summary>1, and for a message that continues another one (<c>BUNDLE#2</c>, <c>BUNDLE#3</c>, ...) its number.</summary>
    public int Part => Outbox.Numbered(Bundle).Part;

    /// <summary>The kind of a drill's messages.</summary>
    public const string Drill = "drill";

    /// <summary>True for a notice, and for a drill, which says itself how it ended: nobody is told that it could not be delivered, or such messages would never end.</summary>
    public bool IsToOperator => Kind is "notice" or Drill;

    /// <summary>The number of this claim.</summary>
    public long Fence { get; init; }

    /// <summary>What ends with the attempt.</summary>
    public Lease Lease => new(Stage.Delivery, Bundle, Fence);

    /// <summary>Why what the database holds of it cannot be read; null when it can.</summary>
    public string? Unreadable { get; init; }
}
