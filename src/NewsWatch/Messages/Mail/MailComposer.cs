using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Text;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Messages.Mail;

/// <summary>Makes mails of messages: headers, threads, text and HTML.</summary>
internal sealed class MailComposer(Database database, ConfigurationHolder configuration, UnsubscribeTokens tokens, FeedbackTokens feedback, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, string> NoLinks = new Dictionary<string, string>();

    /// <summary>The mail, and the one address it goes to; null where the subscriber has none.</summary>
    public async Task<(MimeMessage Mail, MailboxAddress? To)> ComposeAsync(ClaimedBundle bundle, MailIdentity identity, CancellationToken cancellationToken)
    {
        var clean = Clean(bundle);
        var subscriber = configuration.Current.Subscribers.GetValueOrDefault(bundle.Subscriber);
        var to = MailboxAddress.TryParse(subscriber?.Email ?? (bundle.IsToOperator ? bundle.Subscriber : ""), out var address) ? address : null;
        var unsubscribe = bundle.Alerts.Count > 0 ? await tokens.ForAsync(bundle, cancellationToken) : null;
        var links = identity.FeedbackBase is { } answers ? await feedback.LinksAsync(bundle, answers, cancellationToken) : NoLinks;
        var (content, thread) = ContentOf(clean, links, unsubscribe is not null && identity.UnsubscribeBase is { } page ? page.AbsoluteUri.TrimEnd('/') + "/" + unsubscribe : "");
        var mail = Message(clean, identity, content, thread, to ?? new MailboxAddress("", $"{bundle.Subscriber}@localhost"));
        MailHeaders.Add(mail, clean, identity, content);
        Sign(mail, identity);
        return (mail, to);
    }

    /// <summary>The mail as its reader would see it now, without the links to unsubscribe and to answer, whose tokens are made when it is sent. Writes nothing.</summary>
    public (string Subject, string Text, string Html) Preview(ClaimedBundle bundle)
    {
        var (content, _) = ContentOf(Clean(bundle), NoLinks, unsubscribeUrl: "");
        return (content.Subject, MailText.Render(content), MailHtml.Render(content));
    }

    private static ClaimedBundle Clean(ClaimedBundle bundle) => bundle with { Alerts = [.. bundle.Alerts.Select(TextCleaner.Alert)] };

    private (MailContent Content, MailThread Thread) ContentOf(ClaimedBundle clean, IReadOnlyDictionary<string, string> feedbackLinks, string unsubscribeUrl)
    {
        var zone = configuration.Current.Subscribers.GetValueOrDefault(clean.Subscriber)?.TimeZone ?? configuration.Current.Defaults.TimeZone;
        var (known, earlier) = database.Read(db => (ThreadStore.Known(db, clean.Subscriber, clean.Channel, clean.Alerts.Select(alert => alert.Story), clean.Bundle), EarlierMails(db, clean)));
        var content = MailContent.Create(clean, zone, known, feedbackLinks) with { UnsubscribeUrl = unsubscribeUrl };
        var thread = MailThread.From(content.Subject, content.Tag, earlier);
        return (content.In(thread), thread);
    }

    /// <summary>The earlier mails of its thread, about its story. A message about several stories has none.</summary>
    private static IReadOnlyList<EarlierMail> EarlierMails(Session db, ClaimedBundle bundle) => bundle.Kind is "alert" or "group" && bundle.Alerts.Select(alert => alert.Story).Distinct().Count() == 1
        ? ThreadStore.Of(db, bundle.Subscriber, bundle.Channel, bundle.Alerts[0].Story, bundle.Bundle)
        : [];

    private MimeMessage Message(ClaimedBundle bundle, MailIdentity identity, MailContent content, MailThread thread, MailboxAddress to)
    {
        var mail = new MimeMessage { Subject = content.Subject, MessageId = MessageName.MailId(bundle.Bundle, identity.Domain), Date = clock.GetUtcNow() };
        mail.From.Add(identity.From);
        mail.To.Add(to);
        if (thread.References.Count > 0)
        {
            mail.InReplyTo = thread.References[^1];
            mail.References.AddRange(thread.References);
        }

        var boundary = MessageName.MailId(bundle.Bundle, "b").Split('@')[0];
        var body = new MultipartAlternative { Part(TextFormat.Plain, MailText.Render(content)), Part(TextFormat.Html, MailHtml.Render(content)) };
        body.Boundary = $"=-{boundary}";
        mail.Body = identity.Calendar && MailCalendar.Create(bundle.Alerts, identity.Domain, bundle.Since) is { } calendar
            ? new Multipart("mixed") { body, calendar }
            : body;
        if (mail.Body is Multipart { ContentType.MediaSubtype: "mixed" } mixed)
        {
            mixed.Boundary = $"=-m{boundary}";
        }

        return mail;
    }

    /// <summary>Seven-bit for every server on the way, in the shorter of the two encodings.</summary>
    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentId = null };
        part.SetText(Encoding.UTF8, text);
        part.ContentTransferEncoding = part.GetBestEncoding(EncodingConstraint.SevenBit);
        return part;
    }

    private static void Sign(MimeMessage mail, MailIdentity identity)
    {
        if (identity.Dkim is not { } dkim)
        {
            return;
        }

        using var key = new MemoryStream(Encoding.ASCII.GetBytes(dkim.PrivateKeyPem));
        var signer = new DkimSigner(key, dkim.Domain, dkim.Selector)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        mail.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(
            mail,
            [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost, HeaderId.ContentType]);
    }
}
