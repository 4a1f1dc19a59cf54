using MimeKit;
using NewsWatch.Configuration;

namespace NewsWatch.Messages.Mail;

/// <summary>Who a channel's mails come from.</summary>
/// <param name="From">The From address, of whose domain Message-IDs and List-Ids are.</param>
/// <param name="UnsubscribeBase">Base of the unsubscribe links; null leaves them out.</param>
/// <param name="UnsubscribeMail">The address that takes unsubscriptions by mail; null leaves it out.</param>
/// <param name="Dkim">What they are signed with; null for nothing.</param>
internal sealed record MailIdentity(MailboxAddress From, Uri? UnsubscribeBase, string? UnsubscribeMail, Dkim? Dkim)
{
    /// <summary>Base of the links "Useful or not?"; null leaves them out.</summary>
    public Uri? FeedbackBase { get; init; }

    /// <summary>Whether deadlines come as calendar entries, too.</summary>
    public bool Calendar { get; init; } = true;

    /// <summary>The part of From after the @.</summary>
    public string Domain => From.Domain;

    public static MailIdentity Create(Channel.Email channel) => new(MailboxAddress.Parse(channel.From), channel.UnsubscribeBase, channel.UnsubscribeMail, channel.Dkim) { Calendar = channel.Calendar, FeedbackBase = channel.FeedbackBase };

    public static MailIdentity Create(Channel.Pickup channel) => new(MailboxAddress.Parse(channel.From), null, null, null) { Calendar = channel.Calendar };
}
