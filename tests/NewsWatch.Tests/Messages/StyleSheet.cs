using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsWatch.Tests.Messages;

/// <summary>As much of CSS as the mails' and pages' style sheets use: what a selector sets, in light or in dark.</summary>
internal sealed partial class StyleSheet
{
    private readonly Dictionary<string, Dictionary<string, string>> _rules = [];

    public StyleSheet(string css, bool dark)
    {
        var parts = css.Split("@media (prefers-color-scheme: dark) {");
        Read(parts[0]);
        if (dark)
        {
            Read(parts[1]);
        }
    }

    public IEnumerable<string> Selectors => _rules.Keys;

    public string? this[string selector, string property] => _rules[selector].GetValueOrDefault(property);

    /// <summary>WCAG 2 contrast of two colours like <c>#0b57a4</c>: 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at) => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0 is var part && part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }

    private void Read(string css)
    {
        foreach (Match rule in Rules().Matches(css))
        {
            foreach (var selector in rule.Groups["selectors"].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                var set = _rules.TryGetValue(selector, out var known) ? known : _rules[selector] = [];
                foreach (var property in rule.Groups["set"].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':', 2, StringSplitOptions.TrimEntries)))
                {
                    set[property[0]] = property[1];
                }
            }
        }
    }

    [GeneratedRegex(@"(?<selectors>[^{}]+)\{(?<set>[^{}]*)\}", RegexOptions.None, 1000)]
    private static partial Regex Rules();
}
