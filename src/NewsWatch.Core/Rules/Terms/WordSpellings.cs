using System.Buffers;
using System.Numerics;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>The spellings of one chunk of a term: solid and apart, with umlauts and without, plurals of designations, numbers in groups, compounds that it ends.</summary>
internal sealed class WordSpellings(TokenStream stream)
{
    private const int MinTailLength = 5;
    private static readonly SearchValues<char> WithUmlaut = SearchValues.Create("äöüøåÄÖÜØÅ");

    /// <summary>The spellings; none when the chunk holds no word.</summary>
    public List<TermWord[]> Of(TermChunk chunk, TermSource source)
    {
        var text = chunk.Body;
        stream.Read(text);
        if (stream.Count == 0)
        {
            return [];
        }

        var words = new TermWord[stream.Count];
        var solid = stream.Count > 1;
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = ReadWord(chunk, source, i);
            solid &= i == 0 || stream.Marks[i].Has(TokenMarks.Glued);
        }

        List<TermWord[]> spellings = [words];
        if (solid)
        {
            spellings.Add([Solid(words)]);
        }

        AddPlurals(chunk, spellings);
        AddUmlauts(text, words, spellings);
        AddGroups(words, spellings);
        if (words.Length == 1 && !chunk.Exact && !source.IsName && IsGermanNoun(text, words[0]))
        {
            spellings.Add([words[0] with { Kind = chunk.Inflected ? WordKind.InflectedTail : WordKind.Tail, Languages = Languages.German, Capital = true }]);
        }

        if (chunk.Exact && words.Length == 1 && source.IsName && words[0].Folded.Any(Scripts.IsCyrillic) && IsName(text, 0))
        {
            spellings.Add([words[0] with { Kind = WordKind.NamedWithCapital, Case = null, Languages = source.Languages, Capital = true }]);
        }

        return spellings;
    }

    private TermWord ReadWord(TermChunk chunk, TermSource source, int token)
    {
        var (from, to) = (stream.Start[token], stream.End[token]);
        var kind = chunk.Inflected && token == stream.Count - 1 && !char.IsAsciiDigit(stream.FoldedOf(token)[^1]) ? WordKind.Inflected : source.IsName && !chunk.Exact && IsName(chunk.Body, token) ? WordKind.Named : WordKind.Exact;
        return new TermWord(kind, stream.FoldedOf(token).ToString(), CaseOf(chunk.Body, token, chunk.Exact), token > 0)
        {
            Languages = source.Languages,
            Capital = kind is WordKind.Named or WordKind.Inflected && char.IsUpper(chunk.Body[from]),
            Before = token == 0 ? Symbols.Before(chunk.Body, from) : "",
            Behind = Symbols.Behind(chunk.Body, to),
        };
    }

    // A dotted acronym in capitals is the acronym, never the word: U.S. does not find "us".
    private ulong? CaseOf(string text, int token, bool exact)
    {
        var acronym = stream.Marks[token].Has(TokenMarks.Acronym);
        var capitals = CasePattern.Of(text.AsSpan(stream.Start[token], stream.End[token] - stream.Start[token]));
        return exact || (acronym && capitals == (1UL << stream.FoldedOf(token).Length) - 1) ? capitals : null;
    }

    // Acronyms have no cases, nor has what holds no letters; in Latin letters only what is capitalised is a name.
    private bool IsName(string text, int token)
    {
        var folded = stream.FoldedOf(token);
        var capitals = BitOperations.PopCount(CasePattern.Of(text.AsSpan(stream.Start[token], stream.End[token] - stream.Start[token])));
        var cyrillic = Scripts.IsCyrillic(folded[0]);
        return folded.Length >= (cyrillic ? 2 : 3) && folded.IndexOfAnyInRange('0', '9') < 0 && capitals < folded.Length && (cyrillic || (capitals > 0 && folded[0] is >= 'a' and <= 'z'));
    }

    private static bool IsGermanNoun(string text, TermWord word) =>
        word.Folded.Length >= MinTailLength && word.Case is null && char.IsUpper(text[0]) && text.Skip(1).All(c => char.IsAsciiLetterLower(c) || c is 'ä' or 'ö' or 'ü' or 'ß');

    private static TermWord Solid(TermWord[] words)
    {
        ulong? capitals = 0;
        var length = 0;
        foreach (var word in words)
        {
            capitals |= word.Case << length;
            length += word.Folded.Length;
        }

        return words[^1] with { Folded = string.Concat(words.Select(w => w.Folded)), Case = capitals, SameSentence = false, Before = words[0].Before };
    }

    // "F-16" finds F-16s, "A400M" A400Ms: a designation has letters and ends in a digit, or in the capital behind one.
    private static void AddPlurals(TermChunk chunk, List<TermWord[]> spellings)
    {
        var text = chunk.Body;
        var designates = char.IsAsciiDigit(spellings[0][^1].Folded[^1]) ? chunk.Inflected || text.Any(char.IsLetter) : text.Length > 2 && char.IsAsciiLetterUpper(text[^1]) && char.IsAsciiDigit(text[^2]) && char.IsAsciiLetter(text[0]);
        if (!chunk.Exact && designates)
        {
            spellings.AddRange([.. spellings.Select(words => words[..^1].Append(words[^1] with { Kind = WordKind.Exact, Folded = words[^1].Folded + "s" }).ToArray())]);
        }
    }

    private void AddUmlauts(string text, TermWord[] words, List<TermWord[]> spellings)
    {
        if (text.AsSpan().ContainsAny(WithUmlaut))
        {
            spellings.Add([.. words.Select((word, i) => word.Case is null ? word with { Folded = Umlauts.WrittenOut(text.AsSpan(stream.Start[i], stream.End[i] - stream.Start[i])) } : word)]);
        }
        else if (char.IsUpper(text[0]) && words.Select(word => word.Case is null ? Umlauts.Contracted(word.Folded) : word.Folded).ToList() is var contracted && !contracted.SequenceEqual(words.Select(word => word.Folded)))
        {
            spellings.Add([.. words.Select((word, i) => word with { Kind = WordKind.Exact, Folded = contracted[i], WrittenOut = word.Case is null ? word.Folded : "" })]);
        }
    }

    // "1,000" finds "1 000"; a number that may be a year is not taken apart.
    private static void AddGroups(TermWord[] words, List<TermWord[]> spellings)
    {
        var digits = words[0].Folded;
        if (words.Length != 1 || digits.Length is < 4 or > 12 || !digits.All(char.IsAsciiDigit) || digits[0] == '0' || (digits.Length == 4 && digits[..2] is "19" or "20"))
        {
            return;
        }

        var first = (digits.Length + 2) % 3 + 1;
        var groups = Enumerable.Range(0, (digits.Length - first) / 3).Select(i => digits.Substring(first + (i * 3), 3)).Prepend(digits[..first]).ToList();
        spellings.Add([.. groups.Select((group, i) => words[0] with { Folded = group, SameSentence = i > 0, Before = i == 0 ? words[0].Before : "", Behind = i == groups.Count - 1 ? words[0].Behind : "" })]);
    }
}
