using System.Text;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Mail;

/// <summary>
/// Keeps mails below 60 KB as they are sent: mail programs cut longer ones off (Gmail at about 102 KB), and what is cut is the way to
/// unsubscribe. What does not fit in full gets one line with its link; what does not fit in a line goes into the next mail.
/// </summary>
internal static class MailSize
{
    /// <summary>Bytes for both parts, encoded; the rest of the 60 KB is for headers and for what the reader's earlier mails change.</summary>
    private const long MaxBytes = 57_000;

    private const double Base64Growth = 1.37;
    private const double SoftBreaks = 1.03;

    /// <summary>A mail of several articles tells at least so many in full.</summary>
    private const int MinInFull = 2;

    /// <summary>True where the clean alerts fit into one mail, each with a line at least.</summary>
    public static bool Fits(ClaimedBundle bundle) => AlertView.All(bundle.Alerts, TimeZoneInfo.Utc) switch
    {
        [var only] => Fits(MailContent.Single(only, 1)),
        var several => Fits(MailList.Create(bundle, several, TimeZoneInfo.Utc, Math.Min(several.Count, MinInFull))),
    };

    /// <summary>The content that says most of what there is, and fits.</summary>
    /// <param name="all">How much there is to say in full.</param>
    /// <param name="content">The content that says so much in full.</param>
    public static MailContent Largest(int all, Func<int, MailContent> content) => content(Fitting.Most(all, full => Fits(content(full))));

    private static bool Fits(MailContent mail)
    {
        long escaped = 0, plain = 0;
        foreach (var text in new[] { MailText.Render(mail), MailHtml.Render(mail) })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            plain += (long)(bytes.Length * Base64Growth);
            escaped += (long)((bytes.Length + (2 * bytes.Count(one => one is > 126 or (byte)'='))) * SoftBreaks);
        }

        return Math.Min(plain, escaped) <= MaxBytes;
    }
}
