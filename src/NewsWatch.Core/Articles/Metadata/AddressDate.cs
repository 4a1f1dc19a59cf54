using System.Globalization;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>The day that a page's own address names: /2018/01/23/, /2018-01-23-, /20180123/, /2018/01/180123-, /23-01-2018/.</summary>
internal static partial class AddressDate
{
    /// <summary>The day as a fact; empty where the address names none.</summary>
    public static PageFacts Facts(Uri url) => new() { Signal = "address", Published = Of(url) };

    private static PageDate? Of(Uri url)
    {
        var match = Day().Match(url.AbsolutePath);
        return match.Success && DateTime.TryParseExact($"{match.Groups["year"]}-{match.Groups["month"]}-{match.Groups["day"]}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new PageDate(new DateTimeOffset(day, TimeSpan.Zero), HasZone: false, HasTime: false)
            : null;
    }

    [GeneratedRegex(@"[/_-](?<year>(?:19|20)\d{2})(?<parted>[/-]?)(?<month>0[1-9]|1[0-2]|(?<=/)[1-9])\k<parted>(?<day>0[1-9]|[12]\d|3[01]|(?<=/)[1-9])(?:[/_.-]|$)|(?<!\d)(?<year>20\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?!\d)|/(?<year>20(?<short>\d{2}))/(?<month>0[1-9]|1[0-2])/\k<short>\k<month>(?<day>0[1-9]|[12]\d|3[01])(?!\d)|[/~_-](?<day>1[3-9]|2\d|3[01])-(?<month>0[1-9]|1[0-2])-(?<year>20\d{2})(?:[/_.-]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Day();
}
