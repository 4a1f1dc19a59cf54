using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles;

/// <summary>Expressions that stand in text resources, a file a language, so that a native speaker may correct them. A line in square brackets begins a section.</summary>
internal static class PhraseList
{
    private static readonly FrozenDictionary<string, string> Sections = WordList.Names("Articles.Words.").SelectMany(WordList.Sections)
        .GroupBy(line => line.Section, line => line.Text, StringComparer.Ordinal)
        .ToFrozenDictionary(section => section.Key, section => string.Join('|', section.Distinct(StringComparer.Ordinal)), StringComparer.Ordinal);

    /// <summary>The sections that the files have.</summary>
    public static IReadOnlyList<string> Names => Sections.Keys;

    /// <summary>The alternatives of a section in all languages, for a group of an expression.</summary>
    public static string Any(string section) => Sections[section];
}
