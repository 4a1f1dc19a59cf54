using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>What <c>source:</c>, <c>lang:</c> and <c>publisher:</c> mean.</summary>
internal static class Filters
{
    /// <summary>Whether a filter lets a document pass.</summary>
    public static bool Passes(Document document, FilterQuery filter) => filter.Kind switch
    {
        FilterKind.Source => HasSource(document, filter.Value) || IsHost(document.Host, filter.Value),
        FilterKind.Language => IsLanguage(document.Language, filter.Value),
        _ => string.Equals(document.Publisher, filter.Value, StringComparison.OrdinalIgnoreCase),
    };

    private static bool HasSource(Document document, string id)
    {
        for (var i = 0; i < document.Sources.Count; i++)
        {
            if (string.Equals(document.Sources[i], id, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // wsj.com is also www.wsj.com.
    private static bool IsHost(string host, string value) => host.EndsWith(value, StringComparison.OrdinalIgnoreCase)
        && (host.Length == value.Length || host[host.Length - value.Length - 1] == '.');

    // lang:pt is also pt-BR.
    private static bool IsLanguage(string tag, string value) => tag.StartsWith(value, StringComparison.OrdinalIgnoreCase) && (tag.Length == value.Length || tag[value.Length] == '-');
}
