using System.Text;
using System.Text.Json;

namespace NewsWatch.Configuration.Templates;

/// <summary>A webhook's call as the operator, or a preset, writes it.</summary>
public sealed record WebhookTemplate
{
    /// <summary>Stands for a secret where a call is only shown.</summary>
    private const string Hidden = "(secret)";

    internal WebhookTemplate(TemplateBody body) => Body = body;

    /// <summary>POST or PUT.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>True where each alert is a call of its own; else a call tells of as many alerts as fit.</summary>
    public bool OneAlert { get; init; }

    /// <summary>Title, link and text together have at most so many characters, 300 to 20,000.</summary>
    public int MaxText { get; init; } = 4_000;

    /// <summary>The channel's own values, e.g. a room or a key.</summary>
    public IReadOnlyDictionary<string, TemplateValue> Values { get; init; } = new Dictionary<string, TemplateValue>();

    /// <summary>What follows the channel's Url; null for nothing.</summary>
    internal LiquidText? Path { get; init; }

    /// <summary>Headers by name.</summary>
    internal IReadOnlyList<KeyValuePair<string, LiquidText>> Headers { get; init; } = [];

    /// <summary>The body: JSON, or one text as it goes over the wire.</summary>
    internal TemplateBody Body { get; }

    /// <summary>The secrets in it, which no message may show.</summary>
    public IEnumerable<string> SecretTexts => Values.Values.Where(value => value.IsSecret).Select(value => value.Text);

    /// <summary>The same with its secrets hidden: to be shown, not sent.</summary>
    public WebhookTemplate WithoutSecrets() => this with { Values = Values.ToDictionary(value => value.Key, value => value.Value.IsSecret ? value.Value with { Text = Hidden } : value.Value) };

    /// <summary>The call for a message.</summary>
    /// <exception cref="TemplateException">A part cannot be filled.</exception>
    internal TemplateCall Fill(TemplateModel model)
    {
        var values = model.Variables(Values.Select(value => KeyValuePair.Create(value.Key, value.Value.Text)));
        return new(
            Method,
            Path is null ? "" : CallPart.Path(Path.Fill(values)),
            [.. Headers.Select(header => KeyValuePair.Create(header.Key, CallPart.Header(header.Value.Fill(values)))).Where(header => header.Value.Length > 0)],
            ContentType,
            Body is TemplateBody.Words text ? Encoding.UTF8.GetBytes(text.Template.Fill(values)) : JsonSerializer.SerializeToUtf8Bytes(Body.Fill(values), LiquidFilters.Written));
    }
}

/// <summary>A value of a channel.</summary>
/// <param name="IsSecret">True where the configuration names it by reference.</param>
public sealed record TemplateValue(string Text, bool IsSecret);

/// <summary>A call, filled in.</summary>
/// <param name="Path">What follows the channel's Url, without a slash at its start; may be empty.</param>
internal sealed record TemplateCall(string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Headers, string ContentType, byte[] Body);
