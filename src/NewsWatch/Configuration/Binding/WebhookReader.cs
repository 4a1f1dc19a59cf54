using System.Net;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Templates;

namespace NewsWatch.Configuration.Binding;

/// <summary>Reads a channel of type webhook.</summary>
internal sealed class WebhookReader(Section section, Secrets secrets, Operator op)
{
    private const int MinSecretLength = 16;
    private static readonly string[] TemplateKeys = ["Values", "Template"];

    public Channel.Webhook Read(string id)
    {
        var format = section.Value("Format", Values.Choice<WebhookFormat>("a format"), WebhookFormat.Standard);
        var preset = Preset(format);
        var secret = section.Texts("Secret").Select(SigningSecret).OfType<string>().ToList();
        if (format is WebhookFormat.Standard or WebhookFormat.CloudEvents && !section.Has("Secret"))
        {
            section.Problems.Error(section.Place, section.PathOf("Secret"), "is missing: the receiver checks the signature with it. Use \"env:NAME\" or \"file:/path\".");
        }

        var (url, template) = (Url(format, preset), Template(format, preset));
        if (url is { Query.Length: > 0 } && template?.Path is not null)
        {
            section.Problems.Error(section.PlaceOf("Url"), section.PathOf("Url"), "ends with a query, and the template's Path would follow it. Move the query into Path.");
        }

        return new(id) { Url = url ?? new Uri("http://invalid.invalid"), Secrets = secret, Format = format, Template = template };
    }

    /// <summary>Anyone with the address of a chat's incoming webhook can post there, so such an address is a secret itself.</summary>
    private Uri? Url(WebhookFormat format, Section? preset)
    {
        if (!section.Has("Url"))
        {
            if (preset?.Text("Url") is { } shipped)
            {
                return new Uri(shipped.Text);
            }

            section.Problems.Error(section.Place, section.PathOf("Url"), "is missing.");
            return null;
        }

        var isSecret = format is WebhookFormat.Slack or WebhookFormat.Discord or WebhookFormat.Teams or WebhookFormat.Telegram or WebhookFormat.Mattermost;
        var url = new Urls(section, secrets, op.AllowPorts).SecretHttp("Url", mustBeReference: isSecret);
        CheckReach(url);
        return url;
    }

    /// <summary>Reports a private address at load; names are resolved and checked at each connection.</summary>
    private void CheckReach(Uri? url)
    {
        if (url is null)
        {
            return;
        }

        if (Urls.IsPrivate(url, op))
        {
            section.Problems.Error(section.PlaceOf("Url"), section.PathOf("Url"), "is not a public address. Allow its network in Operator.AllowPrivate, or use another.");
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !IPAddress.TryParse(url.IdnHost, out _) && !url.IsLoopback)
        {
            section.Problems.Warn(section.PlaceOf("Url"), section.PathOf("Url"), "is http: others can read and change messages on the way. Use https.");
        }
    }

    private string? SigningSecret(TextNode text)
    {
        var (value, error) = secrets.Read(text.Text);
        error ??= value!.Length < MinSecretLength ? $"the secret is shorter than {MinSecretLength} characters." : null;
        if (error is not null)
        {
            section.Problems.Error(text.Place, section.PathOf("Secret"), error);
            return null;
        }

        return value;
    }

    private WebhookTemplate? Template(WebhookFormat format, Section? preset)
    {
        if (preset is null && format != WebhookFormat.Template)
        {
            foreach (var key in TemplateKeys.Where(section.Has))
            {
                section.Problems.Error(section.KeyPlaceOf(key), section.PathOf(key), $"is not read for this Format. Leave it out, or write \"Format\": \"template\".");
            }

            return null;
        }

        if (preset is not null && section.Has("Template"))
        {
            section.Problems.Error(section.KeyPlaceOf("Template"), section.PathOf("Template"), "is not read for this Format, which has a template of its own. Leave it out, or write \"Format\": \"template\".");
        }

        var values = new ChannelValuesReader(section, secrets).Read(preset?.Object("Values"));
        if (values is null)
        {
            return null;
        }

        if ((preset ?? section).Object("Template") is { } written)
        {
            return new TemplateReader(written, values).Read();
        }

        if (!section.Has("Template"))
        {
            section.Problems.Error(section.Place, section.PathOf("Template"), "is missing. Write \"Template\": { \"Body\": { \"text\": \"{{ title }}\\n{{ text }}\" } }.");
        }

        return null;
    }

    /// <summary>What comes with the program for a service; null for the other formats.</summary>
    private Section? Preset(WebhookFormat format)
    {
        var service = format.ToString().ToLowerInvariant();
        return WebhookPreset.Find(service) is { } text && NodeReader.Read(new($"{service}.json", text), section.Problems) is ObjectNode root
            ? new Section(root, section.Path, new Problems())
            : null;
    }
}
