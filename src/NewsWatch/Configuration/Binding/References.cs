using System.Globalization;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Configuration.Binding;

/// <summary>The names that rules and routes may refer to, and the message about an unknown name: such a rule or route would never act.</summary>
internal sealed class References(IReadOnlyCollection<string> sources, IReadOnlyCollection<string> publishers, IReadOnlyCollection<string> rules)
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Tags = new(LanguageTags);

    /// <summary>The message about an unknown name; null for a known one.</summary>
    /// <param name="key">source, publisher or rule; all others are known.</param>
    /// <param name="hosts">True where a source may also be named by its host.</param>
    public string? Unknown(string key, string name, bool hosts = false) => key switch
    {
        "source" => hosts && name.Contains('.', StringComparison.Ordinal) ? null : Unknown(key, name, sources),
        "publisher" => Unknown(key, name, publishers),
        "rule" => Unknown(key, name, rules),
        _ => null,
    };

    /// <summary>The message about an unknown language; null for a known one.</summary>
    public static string? OddLanguage(string tag)
    {
        var primary = tag.Split('-', '_')[0];
        if (Tags.Value.Values.Contains(primary.ToLowerInvariant()))
        {
            return null;
        }

        var meant = Tags.Value.GetValueOrDefault(primary) ?? (Spelling.Nearest(primary, Tags.Value.Keys.Where(name => name.Length > 3)) is { } near ? Tags.Value[near] : null);
        return $"\"{tag}\" is not a language tag, so no article has it. {(meant is null ? "Write e.g. en, de or pt-BR." : $"Did you mean \"{meant}\"?")}";
    }

    /// <summary>The message about a comparison with a label that no rule has; null for all others.</summary>
    public static string? OddLabel(RouteComparison comparison, IEnumerable<WatchRule> rules)
    {
        if (comparison.Label is not { } label || comparison.Value.Length == 0)
        {
            return null;
        }

        var values = rules.Select(rule => rule.Labels.GetValueOrDefault(label)).OfType<string>().ToHashSet();
        if (values.Contains(comparison.Value))
        {
            return null;
        }

        return values.Count > 0
            ? $"no rule has the label {label} \"{comparison.Value}\".{(Spelling.DidYouMean(comparison.Value, values) is { Length: > 0 } near ? near : $" There are: {string.Join(", ", values.Order(StringComparer.Ordinal))}.")}"
            : $"no rule has a label {label}.{Spelling.DidYouMean(label, rules.SelectMany(rule => rule.Labels.Keys).Distinct())}";
    }

    private static string? Unknown(string what, string name, IReadOnlyCollection<string> known) =>
        known.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : Spelling.Unknown(what, name, known);

    /// <summary>The tag of each language, by its names and its longer codes.</summary>
    private static Dictionary<string, string> LanguageTags()
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var language in CultureInfo.GetCultures(CultureTypes.NeutralCultures).Where(language => language.Name.Length is 2 or 3))
        {
            foreach (var name in new[] { language.Name, language.EnglishName, language.NativeName, language.ThreeLetterISOLanguageName })
            {
                tags.TryAdd(name, language.TwoLetterISOLanguageName);
            }
        }

        return tags;
    }
}
