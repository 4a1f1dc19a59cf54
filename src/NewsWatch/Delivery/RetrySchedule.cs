using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Delivery.Sending;

namespace NewsWatch.Delivery;

/// <summary>
/// When a delivery that failed is tried again, counted from its first failure: after 5 s, 30 s, 65 s, 2, 5, 10, 15 and 30 min, 1, 2, 4, 8 and 16 h,
/// 1, 2, 3, 4 and 4.5 days. A greylisting of one minute is over with the third.
/// </summary>
internal static class RetrySchedule
{
    /// <summary>After three attempts that started and never ended nothing more is tried: a message that kills its sender must not do so for ever.</summary>
    public const int MaxUnfinished = 3;

    private const int MaxBody = 3;
    private const double Jitter = 0.1;

    private static readonly TimeSpan[] Times =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(65),
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(16),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(3), TimeSpan.FromDays(4), TimeSpan.FromDays(4.5),
    ];

    /// <summary>How many attempts a delivery has in all.</summary>
    public static int MaxAttempts => Times.Length;

    /// <summary>
    /// How long to wait after the attempt that just failed; null when it was the last. The jitter (up to 10 % longer) is a function of the
    /// bundle and the attempt, so that it can be predicted.
    /// </summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    public static TimeSpan? After(int attempt, string bundle, TimeSpan? retryAfter, Patience patience = Patience.Days)
    {
        if (attempt >= Times.Length || IsOver(attempt, patience))
        {
            return null;
        }

        var wait = (Times[attempt] - Times[attempt - 1]) * (1 + Jitter * Share(bundle, attempt));
        return retryAfter > wait ? retryAfter : wait;
    }

    private static bool IsOver(int attempt, Patience patience) => patience switch
    {
        Patience.ThreeAttempts => attempt >= MaxBody,
        Patience.OneDay => Times[attempt - 1] >= TimeSpan.FromDays(1),
        _ => false,
    };

    private static double Share(string bundle, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{bundle} {attempt}"));
        return BinaryPrimitives.ReadUInt16LittleEndian(hash) / 65536.0;
    }
}
