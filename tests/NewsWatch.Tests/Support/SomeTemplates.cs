using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Configuration.Templates;
using NewsWatch.Tests.Configuration;

namespace NewsWatch.Tests.Support;

/// <summary>Channels with templates as an operator writes them, read by the loader.</summary>
internal static class SomeTemplates
{
    /// <summary>What a channel of each format asks for.</summary>
    public static string Json(WebhookFormat format) => format switch
    {
        WebhookFormat.Template => """ "Url": "https://hook.example.com/", "Template": { "Body": { "text": "{{ title }}\n{{ link }}\n{{ text }}" } } """,
        WebhookFormat.Telegram => """ "Url": "env:HOOK_URL", "Values": { "chat": "-100200300" } """,
        WebhookFormat.Mattermost => """ "Url": "env:HOOK_URL" """,
        WebhookFormat.Matrix => """ "Url": "https://matrix.example.com", "Values": { "room": "!copse:example.com", "token": "env:TOKEN" } """,
        WebhookFormat.PagerDuty => """ "Values": { "routing_key": "env:TOKEN" } """,
        WebhookFormat.Opsgenie => """ "Values": { "key": "env:TOKEN" } """,
        WebhookFormat.Pushover => """ "Values": { "token": "env:TOKEN", "user": "env:USER_KEY" } """,
        _ => """ "Url": "env:HOOK_URL", "Secret": "env:HOOK_SECRET" """,
    };

    /// <summary>The template of a format; null for those that are written in code.</summary>
    public static WebhookTemplate? Of(WebhookFormat format) => Load($$"""{ "hook": { "Type": "webhook", "Format": "{{format.ToString().ToLowerInvariant()}}", {{Json(format)}} } }""").Template;

    /// <summary>The channel "hook" of a configuration that is accepted.</summary>
    public static Channel.Webhook Load(string channels) => (Channel.Webhook)Assert.IsType<LoadResult.Loaded>(Result(channels)).Configuration.Channels["hook"];

    /// <summary>What becomes of a configuration with these channels.</summary>
    public static LoadResult Result(string channels) => SomeFiles.LoaderWith(new Secrets(
        name => name switch
        {
            "HOOK_URL" => "https://hook.example.com/secret-canary",
            "HOOK_SECRET" => "hook-secret-canary-0123456789",
            "TOKEN" => "token-canary",
            "USER_KEY" => "user-canary",
            _ => null,
        },
        _ => null)).Load(SomeFiles.Of($$"""{ "NewsWatch": { "Sources": { "a": { "Url": "https://example.com/feed" } }, "Rules": { "r": { "When": "truce" } }, "Subscribers": { "desk": { "Via": "hook" } }, "Channels": {{channels}} } }"""));
}
