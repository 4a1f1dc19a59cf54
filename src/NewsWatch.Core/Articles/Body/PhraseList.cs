using System.Collections.Frozen;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Expressions that stand in text resources, a file a language, so that a native speaker may correct them. A line in square brackets begins a section.</summary>
internal static class PhraseList
{
    private static readonly FrozenDictionary<string, string> Sections = WordList.Names("Articles.Body.Words.").SelectMany(Read)
        .GroupBy(line => line.Section, line => line.Expression, StringComparer.Ordinal)
        .ToFrozenDictionary(section => section.Key, section => string.Join('|', section.Distinct(StringComparer.Ordinal)), StringComparer.Ordinal);

    /// <summary>The sections that the files have.</summary>
    public static IReadOnlyList<string> Names => Sections.Keys;

    /// <summary>The alternatives of a section in all languages, for a group of an expression.</summary>
    public static string Any(string section) => Sections[section];

    private static IEnumerable<(string Section, string Expression)> Read(string name)
    {
        var section = "";
        foreach (var line in WordList.Lines(name))
        {
            if (line is ['[', .. var title, ']'] && title.All(c => char.IsAsciiLetterLower(c) || c == ' '))
            {
                section = title;
            }
            else
            {
                yield return (section, line);
            }
        }
    }
}
