using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NewsWatch.Delivery;

/// <summary>When a delivery that failed is tried again: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, then daily to five days.</summary>
internal static class RetryTable
{
    /// <summary>After three attempts that started and never ended nothing more is tried: a message that kills its sender must not do so for ever.</summary>
    public const int MostUnfinished = 3;

    private const double Jitter = 0.1;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    /// <summary>How many attempts a delivery has in all.</summary>
    public static int MostAttempts => Waits.Length + 1;

    /// <summary>
    /// How long to wait after the attempt that just failed; null when it was the last. The jitter (up to 10 % longer) is a function of the
    /// bundle and the attempt, so that it can be told in advance.
    /// </summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    public static TimeSpan? After(int attempt, string bundle, TimeSpan? retryAfter)
    {
        if (attempt > Waits.Length)
        {
            return null;
        }

        var wait = Waits[attempt - 1] * (1 + Jitter * Share(bundle, attempt));
        return retryAfter > wait ? retryAfter : wait;
    }

    private static double Share(string bundle, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{bundle} {attempt}"));
        return BinaryPrimitives.ReadUInt16LittleEndian(hash) / 65536.0;
    }
}
