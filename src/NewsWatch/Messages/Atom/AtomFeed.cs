using System.Globalization;
using System.Xml;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Text;
using NewsWatch.Messages.Webhook;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Atom;

/// <summary>Alerts as an Atom feed (RFC 4287), in the words of a chat message.</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>The feed's bytes.</summary>
    /// <param name="name">What the feed holds, e.g. <c>rule/ceasefire</c>: its id and its title.</param>
    /// <param name="alerts">With the time each was decided, the newest first.</param>
    public static byte[] Of(string name, IReadOnlyList<(DateTimeOffset Created, AlertContent Content)> alerts, TimeZoneInfo zone)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteElementString("id", Namespace, $"urn:newswatch:feed:{Uri.EscapeDataString(name)}");
            xml.WriteElementString("title", Namespace, TextCleaner.Line($"NewsWatch: {name}"));
            xml.WriteElementString("updated", Namespace, Time(alerts.Count > 0 ? alerts[0].Created : DateTimeOffset.UnixEpoch));
            WriteAuthor(xml, "NewsWatch");
            foreach (var (created, content) in alerts)
            {
                WriteEntry(xml, created, TextCleaner.Alert(content), zone);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void WriteEntry(XmlWriter xml, DateTimeOffset created, AlertContent alert, TimeZoneInfo zone)
    {
        var text = ChatText.From(new ClaimedBundle(alert.Key, "alert", "", "", 1, created, [alert], null), zone);
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, $"urn:newswatch:alert:{TextHash.Of(alert.Key, 32)}");
        xml.WriteElementString("title", Namespace, text.Title);
        xml.WriteElementString("updated", Namespace, Time(created));
        WriteAuthor(xml, alert.Article.SourceName);
        if (text.Link is { } link)
        {
            xml.WriteStartElement("link", Namespace);
            xml.WriteAttributeString("rel", "alternate");
            xml.WriteAttributeString("href", link.Address);
            xml.WriteEndElement();
        }

        WriteCategory(xml, alert.Rule.Id, alert.Rule.Title);
        WriteCategory(xml, alert.Severity.ToString().ToLowerInvariant(), null);
        xml.WriteElementString("content", Namespace, string.Join('\n', text.Lines));
        xml.WriteEndElement();
    }

    private static void WriteAuthor(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, name);
        xml.WriteEndElement();
    }

    private static void WriteCategory(XmlWriter xml, string term, string? label)
    {
        xml.WriteStartElement("category", Namespace);
        xml.WriteAttributeString("term", term);
        if (label is not null)
        {
            xml.WriteAttributeString("label", label);
        }

        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
