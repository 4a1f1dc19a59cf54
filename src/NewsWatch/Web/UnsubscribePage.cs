using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using NewsWatch.Configuration;
using NewsWatch.Messages.Unsubscribing;

namespace NewsWatch.Web;

/// <summary>The pages behind unsubscribe links. They show just enough of the address for its owner to know it, load nothing and run nothing.</summary>
internal static class UnsubscribePage
{
    /// <summary>The pages' one style sheet.</summary>
    public const string Style =
        """
        :root { color-scheme: light dark; }
        body { margin: 0; background: #eef1f4; color: #1b1f24; font: 17px/1.5 system-ui, sans-serif; }
        main { box-sizing: border-box; max-width: 34rem; margin: 10vh auto; padding: 1.5rem 2rem 2rem; background: #ffffff; border-top: 5px solid #0b57a4; overflow-wrap: anywhere; }
        h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
        label { display: flex; gap: .7rem; align-items: baseline; margin: .6rem 0; padding: .7rem .9rem; border: 1px solid #c8ced5; border-radius: .5rem; }
        button { margin-top: 1rem; padding: .7rem 1.6rem; border: 0; border-radius: .4rem; background: #0b57a4; color: #ffffff; font: inherit; font-weight: bold; }
        @media (prefers-color-scheme: dark) {
        body { background: #101418; color: #e6e9ed; }
        main { background: #181d23; }
        label { border-color: #46505b; }
        button { background: #8ec2ff; color: #0a1a2b; }
        }
        """;

    /// <summary>The style's hash, for the Content-Security-Policy.</summary>
    public static string StyleHash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The form with one button.</summary>
    public static string Ask(UnsubscribeGrant grant, WatchConfiguration configuration)
    {
        var choices = new StringBuilder();
        if (grant.Rule is { } rule)
        {
            Choice("rule", $"This rule: {Title(rule, configuration)}");
        }

        if (grant.Story is not null)
        {
            Choice("story", "This story only");
        }

        Choice("all", "All mails from this NewsWatch");
        return Page("Which emails do you want to stop?", $"{Whose(grant, configuration)}<form method=\"post\">\n{choices}<button>Unsubscribe</button>\n</form>");

        void Choice(string value, string text)
        {
            var first = choices.Length == 0 ? " checked" : "";
            choices.Append(CultureInfo.InvariantCulture, $"<label><input type=\"radio\" name=\"scope\" value=\"{value}\"{first}> {HtmlEncoder.Default.Encode(text)}</label>\n");
        }
    }

    /// <summary>The confirmation.</summary>
    public static string Done(string scope, UnsubscribeGrant grant, WatchConfiguration configuration)
    {
        var what = scope == "all" ? "any mail from this NewsWatch" : scope.StartsWith("rule:", StringComparison.Ordinal) ? $"mails of the rule “{Title(grant.Rule!, configuration)}”" : "mails about this story";
        return Page("You are unsubscribed", $"{Whose(grant, configuration)}<p>You will not get {HtmlEncoder.Default.Encode(what)} any more. To undo this, ask the people who run this NewsWatch; you will not get the alerts of the meantime later.</p>");
    }

    /// <summary>The page for an invalid token; it reveals nothing more.</summary>
    public static string Unknown() => Page("This link does not work", "<p>It is incomplete or no longer valid. Use the link in a newer mail.</p>");

    /// <summary>A link may be forwarded, so the page shows only a part of the address; nothing if the configuration no longer has one.</summary>
    private static string Whose(UnsubscribeGrant grant, WatchConfiguration configuration) =>
        configuration.Subscribers.GetValueOrDefault(grant.Subscriber)?.Email is { } email && email.LastIndexOf('@') is > 0 and var at
            ? $"<p>Mails to <b>{HtmlEncoder.Default.Encode(Shown(email[..at]) + email[at..])}</b></p>\n"
            : "";

    /// <summary>The name before the @: only its first character, and none of a name that is too short to hide.</summary>
    private static string Shown(string name) => (new StringInfo(name) is { LengthInTextElements: > 2 } parts ? parts.SubstringByTextElements(0, 1) : "") + "***";

    private static string Title(string rule, WatchConfiguration configuration) => configuration.Rules.GetValueOrDefault(rule)?.Title ?? ReadableId.Of(rule);

    /// <summary>A page of this kind.</summary>
    /// <param name="title">Its heading, as HTML.</param>
    /// <param name="body">What follows, as HTML.</param>
    public static string Page(string title, string body) =>
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + $"<title>{title}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n";
}
