using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>Pages that a script draws carry their data as JSON in it: asked only for what no other signal tells.</summary>
internal static partial class ScriptState
{
    private const int MaxLength = 2_000_000;

    /// <summary>The first moment of publication that a script's data names.</summary>
    public static PageFacts Facts(IEnumerable<IElement> scripts) => new() { Signal = "script", Published = scripts.Select(Published).FirstOrDefault(instant => instant is not null) };

    private static PageDate? Published(IElement script)
    {
        var text = script.TextContent;
        return text.Length > MaxLength ? null : PublishedKey().Matches(text).Select(match => MachineDate.Parse(match.Groups["value"].Value)).FirstOrDefault(instant => instant is not null);
    }

    // published_at, datePublished, firstPublicationDate, release_time, deployDt ...; quotes may be escaped, because the data is itself a string.
    [GeneratedRegex(@"\\?""(?:first|original|article|date|time)?[-_]?(?:publish(?:ed)?|publication|pub|released?|posted|deploy(?:ed)?)[-_]?(?:at|on|date|time|dt|datetime|timestamp)?\\?""\s*:\s*\\?""(?<value>[^""\\]{8,40})\\?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PublishedKey();
}
