using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Mail;

/// <summary>The headers that machines read: RFC 2919, 2369, 3834, 8058, and our own.</summary>
internal static partial class MailHeaders
{
    private const int MaxColumns = 78;

    /// <summary>Adds them all.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="bundle">What it says, clean.</param>
    /// <param name="identity">Who it comes from.</param>
    /// <param name="content">What a reader sees of it.</param>
    public static void Add(MimeMessage mail, ClaimedBundle bundle, MailIdentity identity, MailContent content)
    {
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        var rules = bundle.Alerts.Select(alert => alert.Rule.Id).Distinct().ToList();
        var list = content.IsSingle ? content.Alerts[0].Rules[0].Id : rules.Count == 1 ? rules[0] : bundle.Kind;
        mail.Headers.Add(HeaderId.ListId, $"<{Label(list)}.newswatch.{identity.Domain}>");
        AddUnsubscribe(mail, bundle, identity, content.UnsubscribeUrl);
        if (bundle.Kind == ClaimedBundle.Drill)
        {
            mail.Headers.Add("X-NewsWatch-Drill", bundle.Bundle.Split('/')[1]);
        }

        AddOurs(mail, bundle.Alerts, rules);
    }

    /// <summary>By mail only where a person reads it: a promise that nobody keeps is worse than none.</summary>
    private static void AddUnsubscribe(MimeMessage mail, ClaimedBundle bundle, MailIdentity identity, string url)
    {
        var byMail = bundle.Alerts.Count > 0 && identity.UnsubscribeMail is { } address ? $"<mailto:{address}?subject=unsubscribe%20{Uri.EscapeDataString(bundle.Subscriber)}>" : "";
        var ways = new[] { url.Length > 0 ? $"<{url}>" : "", byMail }.Where(way => way.Length > 0).ToList();
        if (ways.Count > 0)
        {
            mail.Headers.Add(Folded(HeaderId.ListUnsubscribe, "List-Unsubscribe", ways));
        }

        if (url.Length > 0)
        {
            mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
    }

    /// <summary>One address a line, the first on a line of its own where the header's name makes it longer than 78: an address itself cannot be folded.</summary>
    private static Header Folded(HeaderId id, string name, List<string> addresses)
    {
        var first = name.Length + 2 + addresses[0].Length <= MaxColumns ? " " : "\r\n ";
        var header = new Header(id, "");
        header.SetRawValue(Encoding.ASCII.GetBytes(first + string.Join(",\r\n ", addresses) + "\r\n"));
        return header;
    }

    private static void AddOurs(MimeMessage mail, IReadOnlyList<AlertContent> alerts, List<string> rules)
    {
        if (alerts.Count == 0)
        {
            return;
        }

        mail.Headers.Add("X-NewsWatch-Rule", string.Join(", ", rules.Select(Label)));
        mail.Headers.Add("X-NewsWatch-Story", string.Join(", ", alerts.Select(alert => alert.Story).Distinct().Take(50)));
        mail.Headers.Add("X-NewsWatch-Severity", StoredName.Of(alerts.Max(alert => alert.Severity)));
    }

    private static string Label(string id) => NotInLabels().Replace(id.ToLowerInvariant(), "-");

    [GeneratedRegex("[^a-z0-9-]", RegexOptions.None, 1000)]
    private static partial Regex NotInLabels();
}
