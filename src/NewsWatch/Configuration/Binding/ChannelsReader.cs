using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NewsWatch.Configuration.Json;

namespace NewsWatch.Configuration.Binding;

/// <summary>Channels: the ways to subscribers.</summary>
internal sealed class ChannelsReader(Secrets secrets, Operator op, TimeZoneInfo zone)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AnyUse = "2.5.29.37.0";
    private const int HighestPort = 65535;
    private static readonly string[] Types = ["email", "pickup", "webhook"];

    public Dictionary<string, Channel> Read(Section section) =>
        section.Entries("Channels").Select(entry => Read(entry.Id, entry.Entry)).OfType<Channel>().ToDictionary(channel => channel.Id);

    private Channel? Read(string id, Section section)
    {
        var type = section.RequiredText("Type");
        Channel? channel = type?.Text switch
        {
            "email" => Email(id, section),
            "pickup" => Pickup(id, section),
            "webhook" => new WebhookReader(section, secrets, op).Read(id),
            _ => null,
        };
        if (channel is not null)
        {
            channel = channel with { Muted = section.Muted(zone), Drill = section.Has("Drill") ? section.Bool("Drill") : null };
            section.Close();
        }
        else if (type is not null)
        {
            section.Problems.Error(type.Place, section.PathOf("Type"), $"\"{type.Text}\" is not a channel. Use {Values.Alternatives(Types)}.");
        }

        return channel;
    }

    private Channel.Email Email(string id, Section section)
    {
        var email = ReadEmail(id, section);
        if (email is { Tls: TlsMode.None, Password: not null } && !IsThisMachine(email.Host))
        {
            section.Problems.Error(
                section.PlaceOf("Tls"), section.PathOf("Tls"), $"none would send the password to {email.Host} in the clear. Use \"required\" or \"implicit\", or leave User and Password out.");
        }

        return email;
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private Channel.Email ReadEmail(string id, Section section) => new(id)
    {
        Host = section.RequiredText("Host")?.Text ?? "",
        Port = section.Int("Port", 1, HighestPort, 587),
        Tls = section.Value("Tls", Values.Choice<TlsMode>("a TLS mode"), TlsMode.Required),
        TrustedCertificate = TrustedCertificate(section),
        User = section.Text("User") is { } user && !Secrets.IsReference(user.Text) ? section.Line("User")?.Text : Secret(section, "User"),
        Password = Secret(section, "Password"),
        From = From(section),
        UnsubscribeBase = new Urls(section, secrets).PublicHttp("UnsubscribeBase"),
        FeedbackBase = new Urls(section, secrets).PublicHttp("FeedbackBase"),
        UnsubscribeMail = section.Has("UnsubscribeMail") ? section.Value<string?>("UnsubscribeMail", text => Nullable(Values.Address(text)), null) : null,
        Connections = section.Int("Connections", 1, 16, 4),
        Calendar = section.Bool("Calendar", true),
        Dkim = Dkim(section.Object("Dkim")),
    };

    private string? TrustedCertificate(Section section)
    {
        if (Secret(section, "TrustedCertificate") is not { } pem)
        {
            return null;
        }

        if (Unfit(pem) is { } why)
        {
            section.Problems.Error(section.PlaceOf("TrustedCertificate"), section.PathOf("TrustedCertificate"), why);
        }

        return pem;
    }

    /// <summary>Why a certificate cannot vouch for a mail server; null if it can.</summary>
    private static string? Unfit(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        return certificates switch
        {
            [] => "is not a certificate. Use \"file:/path\" of a PEM file.",
            _ when !certificates.Any(one => one.SubjectName.RawData.AsSpan().SequenceEqual(one.IssuerName.RawData))
                => "holds no self-signed certificate. Name the root authority's certificate, not one that it issued.",
            _ when certificates.FirstOrDefault(one => !MayServe(one)) is { } other => $"holds the certificate of {other.Subject}, which may not be used for servers.",
            _ => null,
        };
    }

    /// <summary>A certificate without a list of uses is valid for all of them (RFC 5280, 4.2.1.12).</summary>
    private static bool MayServe(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is not { } uses
        || uses.EnhancedKeyUsages.Cast<Oid>().Any(use => use.Value is ServerAuthentication or AnyUse);

    private static Channel.Pickup Pickup(string id, Section section)
    {
        var pickup = new Channel.Pickup(id)
        {
            Folder = section.RequiredText("Folder")?.Text ?? "",
            Keep = section.Value("Keep", Values.Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(366)), TimeSpan.FromDays(30)),
            Calendar = section.Bool("Calendar", true),
        };
        return section.Has("From") ? pickup with { From = From(section) } : pickup;
    }

    private string? Secret(Section section, string key) => section.Has(key) ? section.Value<string?>(key, text => Nullable(secrets.Read(text)), null) : null;

    private static ParseResult<string?> Nullable(ParseResult<string> read) => new(read.Value, read.Error);

    private static string From(Section section)
    {
        section.RequiredText("From");
        return section.Has("From") ? section.Value("From", Values.Mailbox, "") : "";
    }

    private Dkim? Dkim(Section? section)
    {
        if (section is null)
        {
            return null;
        }

        var dkim = new Dkim(section.RequiredText("Domain")?.Text ?? "", section.RequiredText("Selector")?.Text ?? "", Secret(section, "PrivateKey") ?? "");
        if (dkim.PrivateKeyPem.Length > 0 && !dkim.PrivateKeyPem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            section.Problems.Error(section.PlaceOf("PrivateKey"), section.PathOf("PrivateKey"), "is not a private key. Use \"file:/path\" of a PEM file.");
        }

        section.Close();
        return dkim;
    }
}
