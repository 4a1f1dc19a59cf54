using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Storage.Stories;

namespace NewsWatch.Messages.Mail;

/// <summary>The place of a mail among its subscriber's mails about the same story, whatever the rule.</summary>
/// <param name="Subject">The thread's subject; follow-ups put "Re: " and their own severity before it and change nothing else.</param>
/// <param name="References">The Message-IDs of earlier mails, oldest first; only accepted ones.</param>
/// <param name="Note">What the first line says of the thread itself, or nothing.</param>
internal sealed partial record MailThread(string Subject, IReadOnlyList<string> References, string Note)
{
    /// <summary>Mail programs get slow with longer threads: after so many mails another part begins.</summary>
    private const int MaxMails = 100;

    private const int MaxReferences = 10;

    /// <summary>True where the subject is an earlier mail's, so that it does not tell this one's news.</summary>
    public bool IsFollowUp => References.Count > 0;

    /// <summary>The place after <paramref name="earlier"/> mails.</summary>
    /// <param name="subject">The subject that a new thread would have.</param>
    /// <param name="tag">FLASH, URGENT, or nothing.</param>
    /// <param name="earlier">Oldest first.</param>
    public static MailThread From(string subject, string tag, IReadOnlyList<EarlierMail> earlier)
    {
        var part = earlier.Count / MaxMails + 1;
        var inPart = earlier.Skip((part - 1) * MaxMails).ToList();
        if (inPart.Count > 0)
        {
            var references = inPart.Take(1).Concat(inPart.Skip(1).TakeLast(MaxReferences - 1)).Select(mail => mail.MessageId).ToList();
            var tagged = SubjectLine.Tagged(tag, "");
            return new("Re: " + tagged + SubjectLine.Shorten(Untagged(inPart[0].Subject), SubjectLine.MaxLength - tagged.Length), references, "");
        }

        return part == 1 ? new(subject, [], "") : new(SubjectOf(part, earlier[0].Subject), [], $"Part {part} of this story's mails. ");
    }

    private static string SubjectOf(int part, string subject)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $" (part {part})");
        return SubjectLine.Shorten(subject, SubjectLine.MaxLength - words.Length) + words;
    }

    private static string Untagged(string subject) => Tag().Replace(subject, "");

    [GeneratedRegex(@"^\[(FLASH|URGENT)\] ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
