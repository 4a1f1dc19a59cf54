using System.Text.Encodings.Web;
using NewsWatch.Configuration;
using NewsWatch.Messages;
using NewsWatch.Messages.Unsubscribing;
using NewsWatch.Storage.Alerts;

namespace NewsWatch.Web;

/// <summary>The pages behind the links "Useful or not?".</summary>
internal static class FeedbackPage
{
    private const int MaxHeadline = 300;

    /// <summary>What the buttons send.</summary>
    public static IReadOnlyDictionary<string, FeedbackVerdict> Verdicts { get; } = new Dictionary<string, FeedbackVerdict>
    {
        ["useful"] = FeedbackVerdict.Useful,
        ["not-useful"] = FeedbackVerdict.NotUseful,
        ["known"] = FeedbackVerdict.Known,
    };

    /// <summary>The form with three buttons.</summary>
    public static string Ask(FeedbackGrant grant, WatchConfiguration configuration) => UnsubscribePage.Page(
        "Was this alert useful?",
        $"{About(grant, configuration)}<form method=\"post\">\n<button name=\"verdict\" value=\"useful\">Useful</button>\n<button name=\"verdict\" value=\"not-useful\">Not useful</button>\n<button name=\"verdict\" value=\"known\">I knew it already</button>\n</form>");

    /// <summary>The confirmation; the same for a word that is said twice.</summary>
    /// <param name="unsubscribe">Where mails of the rule or story end; null where nobody asked.</param>
    public static string Done(FeedbackVerdict verdict, FeedbackGrant grant, WatchConfiguration configuration, string? unsubscribe)
    {
        var said = verdict switch { FeedbackVerdict.Useful => "useful", FeedbackVerdict.NotUseful => "not useful", _ => "known already" };
        var way = unsubscribe is null ? "" : $"<p><a href=\"{HtmlEncoder.Default.Encode(unsubscribe)}\">Stop mails of this rule or story</a></p>";
        return UnsubscribePage.Page("Thank you", $"{About(grant, configuration)}<p>You said: <b>{said}</b>. The people who write the rules see it. To change your mind, use the link once more.</p>{way}");
    }

    private static string About(FeedbackGrant grant, WatchConfiguration configuration)
    {
        var headline = HtmlEncoder.Default.Encode(TextCleaner.Line(grant.Content.Article.Title, MaxHeadline));
        return $"<p><bdi>{headline}</bdi></p>\n<p>Rule: {HtmlEncoder.Default.Encode(configuration.Rules.GetValueOrDefault(grant.Rule)?.Title ?? ReadableId.Of(grant.Rule))}</p>\n";
    }
}
