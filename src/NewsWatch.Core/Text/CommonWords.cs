using System.Collections.Frozen;

namespace NewsWatch.Core.Text;

/// <summary>The commonest words of languages, in small letters, by the language's code.</summary>
internal static class CommonWords
{
    public static FrozenDictionary<string, string[]> ByLanguage { get; } =
        WordList.Lines("Text.Words.common.txt").Select(line => line.Split(' ')).ToFrozenDictionary(words => words[0], words => words[1..], StringComparer.Ordinal);
}
