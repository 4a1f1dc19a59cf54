using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsWatch.Cli.Output;

/// <summary>The configuration that <c>init</c> writes: some thirty lines to start from.</summary>
internal static class FirstConfiguration
{
    /// <summary>The schema's file, beside the configuration.</summary>
    public const string Schema = "newswatch.schema.json";

    private const string SmtpPort = "587";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the file.</summary>
    /// <param name="server">HOST or HOST:PORT; empty to write mails into a folder.</param>
    /// <param name="zone">The reader's time zone as IANA names it; other names are left out.</param>
    public static string Text(string address, string server, IReadOnlyList<string> topics, string zone) =>
        $$"""
        {
          // NewsWatch: edit this while it runs; a valid edit is live within 3 seconds. `newswatch check` lists mistakes and their fixes.
          "$schema": "{{Schema}}", // gives your editor completion and help for every key
          "NewsWatch": {
            "Version": 1,
            "Defaults": {
              "TimeZone": {{Quoted(zone.Contains('/', StringComparison.Ordinal) ? zone : "UTC")}},
              "Via": "{{(server.Length > 0 ? "mail" : "outbox")}}",
              "FirstRun": "alert-last:3", // a new source: alert on its newest 3 items if they match, remember the rest
            },
            "Sources": { // `newswatch discover https://www.example.com` finds a site's feeds, ready to paste
              "al-jazeera": { "Publisher": "al-jazeera", "Url": "https://www.aljazeera.com/xml/rss/all.xml" },
              "bbc-world":  { "Publisher": "bbc", "Url": "https://feeds.bbci.co.uk/news/world/rss.xml" },
              "guardian":   { "Publisher": "guardian", "Url": "https://www.theguardian.com/world/rss" },
            },
            "Publishers": { "al-jazeera": { "Name": "Al Jazeera" }, "bbc": { "Name": "BBC" }, "guardian": { "Name": "The Guardian" } },
            "Rules": { // AND, OR, NOT, NEAR/10, "words in order", word~ for its inflections; Severity: routine, urgent, flash
        {{Rules(topics)}}    },
            "Channels": {
        {{Channel(address, server)}}    },
            "Subscribers": { "me": { "Email": {{Quoted(address)}} } }, // who gets the alerts
            "Operator": { "To": [{{Quoted(address)}}] }, // who gets a notice when a source fails or an edit is refused
          },
        }

        """;

    private static string Rules(IReadOnlyList<string> topics)
    {
        var rules = new StringBuilder();
        var ids = new HashSet<string>();
        foreach (var topic in topics)
        {
            var id = Id(topic, ids.Count + 1);
            id = ids.Add(id) ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{ids.Count + 1}");
            ids.Add(id);
            rules.Append(CultureInfo.InvariantCulture, $"      \"{id}\": {{ \"Title\": {Quoted(topic)}, \"When\": {Quoted(Query(topic))} }},\n");
        }

        return rules.ToString();
    }

    private static string Channel(string address, string server)
    {
        if (server.Length == 0)
        {
            return "      \"outbox\": { \"Type\": \"pickup\", \"Folder\": \"data/mail\" }, // each mail is an .eml file there; nothing leaves this machine\n";
        }

        var (host, port) = server.LastIndexOf(':') is > 0 and var colon ? (server[..colon], server[(colon + 1)..]) : (server, SmtpPort);
        return $"""
                  "mail": {"{"}
                    "Type": "email", "Host": {Quoted(host)}, "Port": {port}, "Tls": "{(port == "465" ? "implicit" : "required")}", "From": {Quoted(address)},
                    // "User": "env:SMTP_USER", "Password": "env:SMTP_PASSWORD", // if it needs a login
                  {"}"},

            """;
    }

    /// <summary>A word in all its inflections, several words in their order.</summary>
    private static string Query(string topic) => topic.All(char.IsLetter) ? topic + "~" : topic.Contains(' ', StringComparison.Ordinal) ? $"\"{topic.Replace("\"", "", StringComparison.Ordinal)}\"" : topic;

    private static string Id(string topic, int number)
    {
        var id = string.Join('-', string.Concat(topic.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return id.Length > 0 && char.IsAsciiLetter(id[0]) ? id : string.Create(CultureInfo.InvariantCulture, $"topic-{number}");
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Json);
}
