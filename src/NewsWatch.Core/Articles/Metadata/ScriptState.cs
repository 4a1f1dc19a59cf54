using System.Text.RegularExpressions;
using AngleSharp.Dom;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Pages that a script draws carry their data as JSON in it, and some lines are written by a script of their own: asked only for what no other signal tells.</summary>
internal static partial class ScriptState
{
    private const int MaxLength = 2_000_000;

    private const int MaxCall = 200;

    /// <summary>The first moment of publication that a script's data names, or else the first that a script in the page's body writes where it stands.</summary>
    public static PageFacts Facts(IReadOnlyList<IElement> scripts) => new()
    {
        Signal = "script",
        Published = scripts.Select(Published).FirstOrDefault(instant => instant is not null) ?? scripts.Select(Written).FirstOrDefault(instant => instant is not null),
    };

    private static PageDate? Published(IElement script)
    {
        var text = script.TextContent;
        return text.Length > MaxLength ? null : PublishedKey().Matches(text).Select(match => MachineDate.Parse(match.Groups["value"].Value)).FirstOrDefault(instant => instant is not null);
    }

    private static PageDate? Written(IElement script) =>
        script.TextContent is { Length: <= MaxCall } text && DateCall().Match(text) is { Success: true } call ? MachineDate.Parse(call.Groups["value"].Value) : null;

    // showDate("2025/05/12 10:15"), and nothing else.
    [GeneratedRegex(@"^\s*[\w.]{1,60}\(\s*[""'](?<value>(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[^""']{0,30})[""']\s*\)\s*;?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex DateCall();

    // published_at, datePublished, firstPublicationDate, release_time, deployDt ...; quotes may be escaped, because the data is itself a string.
    [GeneratedRegex(@"\\?""(?:first|original|article|date|time)?[-_]?(?:publish(?:ed)?|publication|pub|released?|posted|deploy(?:ed)?)[-_]?(?:at|on|date|time|dt|datetime|timestamp)?\\?""\s*:\s*\\?""(?<value>[^""\\]{8,40})\\?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex PublishedKey();
}
