using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>Reads terms: the words of a phrase, an alias or a list entry, with their <c>= ~ * ?</c> and hyphens.</summary>
internal sealed class TermReader
{
    /// <summary>How many words a phrase may have; in Chinese and Japanese, characters.</summary>
    public const int MaxWords = 60;

    private const int MaxSequences = 16;
    private readonly TokenStream _stream = new(capacity: 16); // each rule is read by a reader of its own
    private readonly List<QueryError> _errors = [];
    private readonly List<QueryError> _warnings = [];
    private readonly WordSpellings _spellings;
    private readonly WildcardReader _wildcards;

    public TermReader()
    {
        _spellings = new WordSpellings(_stream);
        _wildcards = new WildcardReader(_stream);
    }

    /// <summary>What was wrong with the term read last.</summary>
    public IReadOnlyList<QueryError> Errors => _errors;

    /// <summary>What finds less than the author of the term read last may think.</summary>
    public IReadOnlyList<QueryError> Warnings => _warnings;

    /// <summary>Reads a term by itself.</summary>
    public static TermResult Read(string text) => Read(TermSource.Plain(text));

    /// <summary>Reads a term by itself.</summary>
    public static TermResult Read(TermSource source)
    {
        var reader = new TermReader();
        var term = reader.ReadTerm(source);
        return new TermResult(term, reader._errors, reader._warnings);
    }

    /// <summary>Reads a term; offsets of errors count from its first character.</summary>
    public Term ReadTerm(TermSource source)
    {
        var text = source.Text;
        _errors.Clear();
        _warnings.Clear();
        List<TermWord[]> sequences = [[]];
        var position = 0;
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            var end = TermChunk.EndOf(text, position);
            sequences = Extend(sequences, ReadChunk(new TermChunk(text[position..end], position), source));
            position = end;
        }

        if (_errors.Count == 0 && sequences[0].Length == 0)
        {
            _errors.Add(new QueryError(0, Math.Max(1, text.Length), text.Trim().Length == 0 ? "empty term. Write a word or a phrase." : $"no word in {text.Trim()}. Write a word or a phrase."));
        }

        if (sequences[0].Length > MaxWords)
        {
            _errors.Add(new QueryError(0, text.Length, $"a phrase has at most {MaxWords} words, this one {sequences[0].Length}. A few of them in a row find the same sentence; join the rest with AND or NEAR."));
        }

        sequences.ForEach(AddPrefixes);
        return new Term(text, sequences);
    }

    // Two letters behind a prefix say too little by themselves; at the head of a phrase they are its first word: "وبن غفير".
    private static void AddPrefixes(TermWord[] words)
    {
        if (words.Length > 1 && words[0] is { Kind: WordKind.Exact, Case: null, Folded: [var first, _] } && (Scripts.IsArabic(first) || Scripts.IsHebrew(first)))
        {
            words[0] = words[0] with { Kind = WordKind.Prefixed };
        }
    }

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
    private List<TermWord[]> ReadChunk(TermChunk chunk, TermSource source)
    {
        if (chunk.Body.Contains('~', StringComparison.Ordinal))
        {
            _errors.Add(new QueryError(chunk.Offset + chunk.Text.IndexOf('~', StringComparison.Ordinal), 1, "~ belongs at the end of a word: sanction~ finds sanctions and sanctioned."));
            return [];
        }

        if (chunk.Body.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            var (words, problem) = _wildcards.Read(chunk);
            if (problem is not null)
            {
                _errors.Add(new QueryError(chunk.Offset, chunk.Text.Length, $"{chunk.Text} {problem}"));
            }

            return words;
        }

        var spellings = _spellings.Of(chunk, source);
        Warn(chunk, source, spellings);
        return spellings;
    }

    private void Warn(TermChunk chunk, TermSource source, List<TermWord[]> spellings)
    {
        if (Symbols.Unread(chunk.Body) is { Length: > 0 } unread)
        {
            Warn(chunk, $"the {unread} is not looked at.");
        }

        if (chunk.Body.Contains("://", StringComparison.Ordinal))
        {
            Warn(chunk, "of an address in a text only the host is looked at. For its path write a regular expression.");
        }

        if (chunk.Inflected && spellings.Count > 0 && spellings[0][^1] is { Kind: WordKind.Inflected } word && (Forms.WrittenBy(word.Folded) & source.Languages) == Languages.None && word.Forms().Count == 1)
        {
            Warn(chunk, $"~ knows the inflections of {string.Join(", ", LanguagesOf.Names(Languages.All))}; it finds {chunk.Body} in this form only. Write each form in {{a|b}}, or the beginning of the word and *.");
        }
    }

    private void Warn(TermChunk chunk, string message) => _warnings.Add(new QueryError(chunk.Offset, chunk.Text.Length, message));
}
