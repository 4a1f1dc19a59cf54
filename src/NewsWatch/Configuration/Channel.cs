using NewsWatch.Configuration.Templates;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration;

/// <summary>A way to subscribers.</summary>
public abstract record Channel(string Id)
{
    /// <summary>A time in which the channel is muted; null for none.</summary>
    public Muting? Muted { get; init; }

    /// <summary>Whether drills go over it; null for not set.</summary>
    public bool? Drill { get; init; }

    /// <summary>True where drills go over it: a webhook's receiver must know of them.</summary>
    public bool TakesDrills => Drill ?? this is not Webhook;

    /// <summary>Email over SMTP.</summary>
    public sealed record Email(string Id) : Channel(Id)
    {
        public required string Host { get; init; }

        public int Port { get; init; } = 587;

        public TlsMode Tls { get; init; } = TlsMode.Required;

        /// <summary>PEM: the server's certificate, or its authorities', used instead of the system's list; null for the system's list.</summary>
        public string? TrustedCertificate { get; init; }

        public string? User { get; init; }

        public string? Password { get; init; }

        /// <summary>The From address with its display name.</summary>
        public required string From { get; init; }

        /// <summary>Base of the unsubscribe links; null leaves them out.</summary>
        public Uri? UnsubscribeBase { get; init; }

        /// <summary>Base of the links "Useful or not?"; null leaves them out.</summary>
        public Uri? FeedbackBase { get; init; }

        /// <summary>An address whose mail a person reads, for subscribers who unsubscribe by mail; null leaves it out.</summary>
        public string? UnsubscribeMail { get; init; }

        /// <summary>Connections in parallel, 1-16.</summary>
        public int Connections { get; init; } = 4;

        /// <summary>Whether mails about deadlines have a calendar entry attached.</summary>
        public bool Calendar { get; init; } = true;

        /// <summary>DKIM: selector and PEM private key; null for none.</summary>
        public Dkim? Dkim { get; init; }
    }

    /// <summary>Writes .eml files into a folder.</summary>
    public sealed record Pickup(string Id) : Channel(Id)
    {
        public required string Folder { get; init; }

        public string From { get; init; } = "NewsWatch <newswatch@localhost>";

        /// <summary>Whether mails about deadlines have a calendar entry attached.</summary>
        public bool Calendar { get; init; } = true;

        /// <summary>How long a mail stays in the folder, 1 to 366 days.</summary>
        public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);
    }

    /// <summary>Calls an HTTP endpoint.</summary>
    public sealed record Webhook(string Id) : Channel(Id)
    {
        /// <summary>The endpoint; a secret: shown only as host and hash.</summary>
        public required Uri Url { get; init; }

        /// <summary>Signing secrets, newest first (two during rotation); empty for formats that are not signed.</summary>
        public IReadOnlyList<string> Secrets { get; init; } = [];

        public WebhookFormat Format { get; init; } = WebhookFormat.Standard;

        /// <summary>How a call is written, where the operator or a preset says so; null for the formats that are written in code.</summary>
        public WebhookTemplate? Template { get; init; }

        /// <summary>True where each alert is a call of its own: programs, and receivers that make an incident of it.</summary>
        public bool OneAlert => Format is WebhookFormat.Standard or WebhookFormat.CloudEvents || Template?.OneAlert == true;
    }
}

public sealed record Dkim(string Domain, string Selector, string PrivateKeyPem);

public enum TlsMode
{
    /// <summary>STARTTLS; without it nothing is sent.</summary>
    Required,

    /// <summary>TLS from the first byte (port 465).</summary>
    Implicit,

    /// <summary>No TLS: for loopback and test servers.</summary>
    None,
}

public enum WebhookFormat
{
    Standard,
    CloudEvents,
    Slack,
    Discord,
    Teams,
    Ntfy,

    /// <summary>As the channel's Template says.</summary>
    Template,
    Telegram,
    Mattermost,
    Matrix,
    PagerDuty,
    Opsgenie,
    Pushover,
}
