using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Reads terms: the words of a phrase, an alias or a list entry, with their <c>= ~ * ?</c> and hyphens.</summary>
internal sealed class TermReader
{
    /// <summary>How many words a phrase may have; in Chinese and Japanese, characters.</summary>
    public const int MaxWords = 60;

    private const int MaxSequences = 16;
    private readonly TokenStream _stream = new();
    private readonly List<QueryError> _errors = [];

    /// <summary>Reads a term by itself.</summary>
    public static TermResult Read(string text)
    {
        var reader = new TermReader();
        var term = reader.Read(text, exact: false);
        return new TermResult(term, reader._errors);
    }

    /// <summary>Reads a term; offsets of errors count from its first character.</summary>
    public Term Read(string text, bool exact)
    {
        _errors.Clear();
        List<TermWord[]> sequences = [[]];
        var position = 0;
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            var start = position;
            while (position < text.Length && !char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            sequences = Extend(sequences, ReadChunk(text[start..position], start, exact));
        }

        if (_errors.Count == 0 && sequences[0].Length == 0)
        {
            _errors.Add(new QueryError(0, Math.Max(1, text.Length), text.Trim().Length == 0 ? "empty term. Write a word or a phrase." : $"no word in {text.Trim()}. Write a word or a phrase."));
        }

        if (sequences[0].Length > MaxWords)
        {
            _errors.Add(new QueryError(0, text.Length, $"a phrase has at most {MaxWords} words, this one {sequences[0].Length}. A few of them in a row find the same sentence; join the rest with AND or NEAR."));
        }

        return new Term(text, sequences);
    }

    /// <summary>What was wrong with the term read last.</summary>
    public IReadOnlyList<QueryError> Errors => _errors;

    private static List<TermWord[]> Extend(List<TermWord[]> sequences, List<TermWord[]> endings)
    {
        if (endings.Count == 0)
        {
            return sequences;
        }

        var extended = new List<TermWord[]>(sequences.Count * endings.Count);
        foreach (var sequence in sequences)
        {
            // A phrase of many compounds: beyond the limit only the first spelling of each further compound counts.
            foreach (var ending in sequences.Count * endings.Count > MaxSequences ? endings.Take(1) : endings)
            {
                extended.Add([.. sequence, .. ending]);
            }
        }

        return extended;
    }

    // One chunk between spaces: its spellings.
    private List<TermWord[]> ReadChunk(string chunk, int offset, bool exact)
    {
        var body = chunk.AsSpan();
        if (body[0] == '=' && body.Length > 1)
        {
            exact = true;
            body = body[1..];
        }

        var inflected = body.Length > 1 && body[^1] == '~';
        body = inflected ? body[..^1] : body;
        if (body.Contains('~'))
        {
            _errors.Add(new QueryError(offset + chunk.IndexOf('~', StringComparison.Ordinal), 1, "~ stands at the end of a word: sanction~ finds sanctions and sanctioned."));
            return [];
        }

        if (body.IndexOfAny('*', '?') < 0)
        {
            return ReadWords(body.ToString(), exact, inflected);
        }

        var wildcard = ReadWildcard(chunk, body.ToString(), offset, exact, inflected);
        return wildcard is null ? [] : [wildcard];
    }

    private List<TermWord[]> ReadWords(string text, bool exact, bool inflected)
    {
        _stream.Read(text);
        if (_stream.Count == 0)
        {
            return [];
        }

        var words = new TermWord[_stream.Count];
        var solid = _stream.Count > 1;
        for (var i = 0; i < words.Length; i++)
        {
            var kind = inflected && i == words.Length - 1 ? WordKind.Inflected : WordKind.Exact;
            words[i] = new TermWord(kind, _stream.FoldedOf(i).ToString(), CaseOf(text, i, exact), i > 0);
            solid &= i == 0 || _stream.Marks[i].Has(TokenMarks.Glued);
        }

        return solid ? [words, [Solid(words, inflected)]] : [words];
    }

    // A dotted acronym in capitals is the acronym, never the word: U.S. does not find "us".
    private ulong? CaseOf(string text, int token, bool exact)
    {
        var acronym = _stream.Marks[token].Has(TokenMarks.Acronym);
        var capitals = Capitals.Of(text.AsSpan(_stream.Start[token], _stream.End[token] - _stream.Start[token]));
        return exact || (acronym && capitals == (1UL << _stream.FoldedOf(token).Length) - 1) ? capitals : null;
    }

    private static TermWord Solid(TermWord[] words, bool inflected)
    {
        ulong? capitals = 0;
        var length = 0;
        foreach (var word in words)
        {
            capitals |= word.Case << length;
            length += word.Folded.Length;
        }

        return new TermWord(inflected ? WordKind.Inflected : WordKind.Exact, string.Concat(words.Select(w => w.Folded)), capitals, SameSentence: false);
    }

    private TermWord[]? ReadWildcard(string chunk, string body, int offset, bool exact, bool inflected)
    {
        var star = body.Contains('*', StringComparison.Ordinal);
        var first = body.IndexOfAny(['*', '?']);
        var problem = first == 0 ? "begins with a wildcard. Write the beginning of the word: at least 3 letters, then *."
            : inflected ? "has both ~ and a wildcard. Keep one."
            : exact ? "has both = and a wildcard. Keep one."
            : null;
        var pattern = problem is null ? FoldPattern(body) : "";
        problem ??= pattern is null ? "mixes a wildcard with marks or with Chinese or Japanese characters. Write one word: letters, * and ?."
            : star && pattern.AsSpan().IndexOfAny('*', '?') is var letters && (letters < 3) && letters >= 0 && pattern[letters] == '*' ? "is too short: at least 3 letters must stand before *."
            : pattern.Count(char.IsLetterOrDigit) < 3 ? "is too short: a word with a wildcard needs at least 3 letters."
            : null;
        if (problem is not null)
        {
            _errors.Add(new QueryError(offset, chunk.Length, $"{chunk} {problem}"));
            return null;
        }

        return [new TermWord(WordKind.Wildcard, pattern!, null, SameSentence: false)];
    }

    // Folds what stands between the wildcards; null when that is not one plain word.
    private string? FoldPattern(string body)
    {
        var pattern = new System.Text.StringBuilder();
        var start = 0;
        while (start < body.Length)
        {
            var end = body.IndexOfAny(['*', '?'], start);
            end = end < 0 ? body.Length : end;
            if (!AppendFolded(pattern, body[start..end]))
            {
                return null;
            }

            if (end < body.Length)
            {
                pattern.Append(body[end]);
            }

            start = end + 1;
        }

        return pattern.ToString();
    }

    private bool AppendFolded(System.Text.StringBuilder pattern, string part)
    {
        _stream.Read(part);
        if (_stream.Count > 1 || (part.Length > 0 && (_stream.Count == 0 || _stream.Marks[0].Has(TokenMarks.Ideograph))))
        {
            return false;
        }

        pattern.Append(_stream.Count == 1 ? _stream.FoldedOf(0) : "");
        return true;
    }
}
