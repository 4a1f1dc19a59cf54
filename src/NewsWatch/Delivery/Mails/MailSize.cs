using System.Text;

namespace NewsWatch.Delivery.Mails;

/// <summary>
/// Keeps mails below 60 KB as they are sent: mail programs cut longer ones off (Gmail at about 102 KB), and what is cut is the way to
/// unsubscribe. What does not fit in full gets one line, and what does not fit in one line is counted.
/// </summary>
internal static class MailSize
{
    /// <summary>Bytes for the alerts, both parts encoded; the rest of the 60 KB is for headers, styles and the footer.</summary>
    private const long Most = 52_000;

    /// <summary>So many are told in full whatever they cost.</summary>
    private const int LeastInFull = 5;

    /// <summary>How many of the alerts are told in full, and how many after them in one line.</summary>
    public static (int Full, int Brief) Split(IReadOnlyList<AlertView> alerts)
    {
        var (full, brief) = (0, alerts.Count);
        var briefs = alerts.Select(alert => Cost.Of(MailHtml.Brief(alert), MailText.Brief(alert))).ToList();
        var rest = briefs.Aggregate(new Cost(0, 0), (sum, cost) => sum + cost);
        var spent = new Cost(0, 0);
        while (full < alerts.Count)
        {
            var next = spent + Cost.Of(MailHtml.Item(alerts[full], 100), MailText.Item(alerts[full], 100));
            var left = rest - briefs[full];
            if (full >= LeastInFull && (next + left).Encoded > Most)
            {
                break;
            }

            (spent, rest, full) = (next, left, full + 1);
        }

        brief -= full;
        while (brief > 0 && (spent + rest).Encoded > Most)
        {
            rest -= briefs[full + --brief];
        }

        return (full, brief);
    }

    /// <summary>Bytes in either transfer encoding; the mail takes the shorter one.</summary>
    private readonly record struct Cost(long QuotedPrintable, long Base64)
    {
        private const double Base64Growth = 1.37;
        private const double SoftBreaks = 1.03;

        public long Encoded => Math.Min(QuotedPrintable, Base64);

        public static Cost operator +(Cost one, Cost other) => new(one.QuotedPrintable + other.QuotedPrintable, one.Base64 + other.Base64);

        public static Cost operator -(Cost one, Cost other) => new(one.QuotedPrintable - other.QuotedPrintable, one.Base64 - other.Base64);

        public static Cost Of(params ReadOnlySpan<string> texts)
        {
            var (bytes, escaped) = (0, 0);
            foreach (var text in texts)
            {
                var encoded = Encoding.UTF8.GetBytes(text);
                bytes += encoded.Length;
                escaped += encoded.Count(one => one is > 126 or (byte)'=');
            }

            return new((long)((bytes + (2 * escaped)) * SoftBreaks), (long)(bytes * Base64Growth));
        }
    }
}
