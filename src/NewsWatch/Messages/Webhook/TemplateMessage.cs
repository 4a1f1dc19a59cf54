using System.Globalization;
using NewsWatch.Configuration.Templates;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Text;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Messages.Webhook;

/// <summary>A message as the variables of a template: the text of a chat, and what receivers of incidents ask for.</summary>
internal static class TemplateMessage
{
    /// <summary>The variables; null where the alerts do not fit into the template's MaxText.</summary>
    public static TemplateModel? Of(ClaimedBundle bundle, WebhookTemplate template, TimeZoneInfo zone) => ChatMessage.Fitted(bundle, zone, text => Of(bundle, text, template.MaxText));

    private static TemplateModel? Of(ClaimedBundle bundle, ChatText text, int most)
    {
        // A link that leaves no room for the headline is left out: the headline matters more.
        var items = text.Items.Select(item => new TemplateItem(item.Text, Link(item.Link, most))).ToList();
        var link = Link(text.Link, most);
        var words = string.Join('\n', text.Lines.Concat(items.Select(item => $"• {item.Text}{(item.Link.Length > 0 ? $" {item.Link}" : "")}")));
        if (text.Title.Length + link.Length + words.Length + 2 > most)
        {
            return null;
        }

        var first = bundle.Alerts.Count > 0 ? bundle.Alerts[0] : null;
        return new()
        {
            Id = MessageName.WebhookId(bundle.Bundle),
            Key = first?.Key ?? "",
            Incident = $"newswatch-{TextHash.Of(first is null ? bundle.Bundle : StoryOf(first.Key), 24)}",
            Action = first?.Reason == AlertReason.Withdrawal ? "resolve" : "trigger",
            Kind = bundle.Kind,
            Reason = first is null ? "" : StoredName.Of(first.Reason),
            Severity = StoredName.Of(text.Severity),
            Title = text.Title,
            Text = words,
            Lines = text.Lines,
            Items = items,
            Link = link,
            Count = bundle.Alerts.Count,
            Time = bundle.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Unix = bundle.Since.ToUnixTimeSeconds(),
            Subscriber = bundle.Subscriber,
            Headline = first?.Article.Title ?? "",
            SourceName = first?.Article.SourceName ?? "",
            Rule = first?.Rule.Id ?? "",
            RuleTitle = first?.Rule.Title ?? "",
            Labels = first?.Rule.Labels ?? new Dictionary<string, string>(),
        };
    }

    private static string Link(SafeLink? link, int most) => link is { Address: { } address } && address.Length <= most / 2 ? address : "";

    /// <summary>The story of an alert's key, <c>rule/story/reason/step</c>: the same after a restore from a backup.</summary>
    private static string StoryOf(string key) => key.Split('/') is [_, var story, ..] ? story : key;
}
