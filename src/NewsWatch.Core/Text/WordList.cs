using System.Collections.Frozen;

namespace NewsWatch.Core.Text;

/// <summary>Words and endings that stand in text resources, one a line, so that a native speaker may correct them; a line that begins with # is a remark.</summary>
internal static class WordList
{
    /// <summary>The names of the resources that begin so, in order.</summary>
    public static IReadOnlyList<string> Names(string prefix)
    {
        var assembly = typeof(WordList).Assembly;
        var root = assembly.GetName().Name + ".";
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(root + prefix, StringComparison.Ordinal)).Select(name => name[root.Length..]).Order(StringComparer.Ordinal)];
    }

    /// <summary>The lines of a resource of this assembly.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        var assembly = typeof(WordList).Assembly;
        using var stream = assembly.GetManifestResourceStream($"{assembly.GetName().Name}.{name}") ?? throw new InvalidOperationException($"the program lacks its word list {name}");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }

    /// <summary>The lines of a resource, each with the section that a line in square brackets began before it.</summary>
    public static IEnumerable<(string Section, string Text)> Sections(string name)
    {
        var section = "";
        foreach (var line in Lines(name))
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

    /// <summary>The folded words of a resource.</summary>
    public static FrozenSet<string> Folded(string name) => Lines(name).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Folding.Fold).ToFrozenSet();
}
