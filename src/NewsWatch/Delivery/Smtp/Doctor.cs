using System.Net;
using System.Security.Cryptography;
using DnsClient;
using MimeKit;
using NewsWatch.Configuration;

namespace NewsWatch.Delivery.Smtp;

/// <summary>One finding of the doctor.</summary>
/// <param name="Ok">False if there is something to fix.</param>
/// <param name="Subject">The channel and the aspect.</param>
/// <param name="Text">The finding and its fix.</param>
internal sealed record Finding(bool Ok, string Subject, string Text);

/// <summary><c>newswatch doctor</c>: can the mail servers be reached and logged in to, and will receivers believe the From domain (SPF, DKIM, DMARC).</summary>
internal sealed class Doctor(ConfigurationHolder configuration, SmtpConnectionPool connections, ILookupClient dns)
{
    /// <summary>A look at every email channel.</summary>
    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var channel in configuration.Current.Channels.Values.OfType<Channel.Email>())
        {
            findings.AddRange(await LoginAsync(channel, cancellationToken));
            findings.AddRange(await DomainAsync(channel, cancellationToken));
        }

        return findings;
    }

    private async Task<IReadOnlyList<Finding>> LoginAsync(Channel.Email channel, CancellationToken cancellationToken)
    {
        var subject = $"{channel.Id}: {channel.Host}:{channel.Port}";
        try
        {
            using var connection = await connections.TakeAsync(channel, cancellationToken);
            return [Session(channel, connection, subject), .. Addresses(channel, connection)];
        }
        catch (Exception failure) when (SmtpAnswers.IsOfTheWorld(failure))
        {
            return [new(false, subject, SmtpAnswers.NoConnection(failure).Reason)];
        }
    }

    private static Finding Session(Channel.Email channel, SmtpConnection connection, string subject)
    {
        var login = channel.User is null ? "without a login" : "logged in";
        if (connection.IsSecure)
        {
            return new(true, subject, $"{connection.SslProtocol}, {login}");
        }

        return IPAddress.TryParse(channel.Host, out var address) && IPAddress.IsLoopback(address)
            ? new(true, subject, $"no TLS, {login}, but on this machine alone")
            : new(false, subject, $"no TLS, {login}: what is sent can be read on the way. Set Tls to required.");
    }

    /// <summary>The subscribers whose address the server cannot take.</summary>
    private IEnumerable<Finding> Addresses(Channel.Email channel, SmtpConnection connection) => configuration.Current.Subscribers.Values
        .Where(subscriber => subscriber.Channel == channel.Id && MailboxAddress.TryParse(subscriber.Email ?? "", out var address) && !connection.CanAddress(address))
        .Select(subscriber => new Finding(
            false, $"{channel.Id}: {subscriber.Id}", $"the server does not accept letters beyond ASCII before the @ (it does not offer SMTPUTF8): {subscriber.Email}. Give another address."));

    private async Task<IReadOnlyList<Finding>> DomainAsync(Channel.Email channel, CancellationToken cancellationToken)
    {
        var domain = MailboxAddress.Parse(channel.From).Domain;
        try
        {
            var spf = (await TextsAsync(domain, cancellationToken)).FirstOrDefault(text => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase));
            var dmarc = (await TextsAsync($"_dmarc.{domain}", cancellationToken)).FirstOrDefault(text => text.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase));
            return
            [
                new(spf is not null, $"{channel.Id}: SPF of {domain}", spf ?? $"no record. Publish a TXT record at {domain} that names {channel.Host}'s servers, e.g. \"v=spf1 mx ~all\"."),
                await DkimAsync(channel, domain, cancellationToken),
                new(dmarc is not null, $"{channel.Id}: DMARC of {domain}", dmarc ?? $"no record. Publish a TXT record at _dmarc.{domain}, e.g. \"v=DMARC1; p=none\"."),
            ];
        }
        catch (DnsResponseException failure)
        {
            return [new(false, $"{channel.Id}: DNS of {domain}", $"cannot be asked: {failure.Code}")];
        }
    }

    private async Task<Finding> DkimAsync(Channel.Email channel, string domain, CancellationToken cancellationToken)
    {
        var subject = $"{channel.Id}: DKIM of {domain}";
        if (channel.Dkim is not { } dkim)
        {
            return new(true, subject, "not signed here; the mail server may sign. To sign here, set Dkim.");
        }

        var name = $"{dkim.Selector}._domainkey.{dkim.Domain}";
        var published = (await TextsAsync(name, cancellationToken)).FirstOrDefault(text => text.Contains("p=", StringComparison.Ordinal));
        return PublicKey(dkim.PrivateKeyPem) switch
        {
            null => new(published is not null, subject, published is not null ? $"a key is published at {name}" : $"signed, but no key at {name}: receivers see a broken signature. Publish it."),
            var key when published is null => new(false, subject, $"signed, but no key at {name}: receivers see a broken signature. Publish a TXT record there: \"v=DKIM1; k=rsa; p={key}\"."),
            var key when published.Replace(" ", "", StringComparison.Ordinal).Contains($"p={key}", StringComparison.Ordinal) => new(true, subject, $"the key at {name} is the one that is signed with"),
            var key => new(false, subject, $"the key at {name} is not the one that is signed with: receivers see a broken signature. Publish there: \"v=DKIM1; k=rsa; p={key}\"."),
        };
    }

    /// <summary>The public half of an RSA key, as DNS has it; null for other keys.</summary>
    private static string? PublicKey(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception unknown) when (unknown is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> TextsAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await dns.QueryAsync(name, QueryType.TXT, cancellationToken: cancellationToken);
        return [.. answer.Answers.OfType<DnsClient.Protocol.TxtRecord>().Select(record => string.Concat(record.Text))];
    }
}
