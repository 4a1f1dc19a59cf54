using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Delivery;

/// <summary>A message in the words of the log: what it tells, not how it is named.</summary>
internal static class BundleWords
{
    /// <summary><c>flash deadline "President sets a deadline"</c>, <c>... and 3 others</c>, <c>notice "Source a is failing"</c>.</summary>
    public static string Of(ClaimedBundle bundle)
    {
        if (bundle.Alerts.Count == 0)
        {
            return $"{bundle.Kind} \"{bundle.Notice?.Subject ?? bundle.Bundle}\"";
        }

        var first = bundle.Alerts.MaxBy(alert => alert.Severity)!;
        var others = bundle.Alerts.Count - 1;
        return $"{StoredName.Of(first.Severity)} {first.Rule.Id} \"{first.Article.Title}\"{(others == 0 ? "" : others == 1 ? " and 1 other" : $" and {others} others")}";
    }
}
