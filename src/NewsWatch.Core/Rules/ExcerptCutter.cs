using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>
/// Finds the sentences with hits, chooses the best and marks the hits in them. The document is tokenised once for the hits of all rules; its sentences and a rule's hits are
/// walked together.
/// </summary>
internal sealed class ExcerptCutter
{
    private const int LongSentence = 45;
    private const int MaxCharacters = 2_000;
    private const int MaxEdge = 20;
    private readonly Document _document;
    private readonly TokenStream _tokens = new();

    public ExcerptCutter(Document document)
    {
        _document = document;
        _tokens.Read(document);
    }

    private sealed record Sentence(Field Field, int First, int Last, List<Hit> Hits);

    /// <summary>The best of the sentences that hold the hits (ordered by field and offset), in the order of the text, at most <paramref name="maxWords"/> words in all.</summary>
    public IReadOnlyList<Excerpt> Cut(IReadOnlyList<Hit> hits, int maxWords)
    {
        if (hits.Count == 0)
        {
            return [];
        }

        var excerpts = new List<Excerpt>();
        var words = 0;
        foreach (var sentence in FindSentences(hits).OrderByDescending(Worth))
        {
            var room = Math.Min(maxWords - words, LongSentence);
            if (room <= 0)
            {
                break;
            }

            var (first, last) = Trim(sentence, room);
            words += last - first + 1;
            excerpts.Add(Mark(sentence, first, last));
        }

        excerpts.Sort((one, other) => (one.Field, one.Start).CompareTo((other.Field, other.Start)));
        return excerpts.Exists(excerpt => excerpt.Field == Field.Body) ? excerpts : [.. excerpts, .. Opening(maxWords - words)];
    }

    // Where the headline alone matched, the text's first sentence says what happened.
    private IEnumerable<Excerpt> Opening(int room)
    {
        var (first, end) = (_tokens.FieldBegin(Field.Body), _tokens.FieldEnd(Field.Body));
        if (first == end || room <= 0)
        {
            yield break;
        }

        var opening = new Sentence(Field.Body, first, LastOfSentence(first, end), []);
        var (_, last) = Trim(opening, Math.Min(room, LongSentence));
        yield return Mark(opening, first, last);
    }

    // The more different clauses a sentence shows the better; the body before the headline, which is shown anyway; then the order of the text.
    private static double Worth(Sentence sentence) =>
        (sentence.Hits.DistinctBy(h => h.Clause).Count() * 11) + Math.Min(sentence.Hits.Count, 5) + (sentence.Field == Field.Body ? 2 : 0) - (sentence.First / 10_000.0);

    private List<Sentence> FindSentences(IReadOnlyList<Hit> hits)
    {
        var sentences = new List<Sentence>();
        foreach (var hit in hits)
        {
            if (sentences.Count > 0 && sentences[^1] is var last && last.Field == hit.Field && hit.Start < _tokens.End[last.Last])
            {
                last.Hits.Add(hit);
            }
            else if (SentenceAt(hit) is { } sentence)
            {
                sentences.Add(sentence);
            }
        }

        return sentences;
    }

    // Null for a hit that begins between two sentences: a regular expression may match what is no word.
    private Sentence? SentenceAt(Hit hit)
    {
        var (begin, end) = (_tokens.FieldBegin(hit.Field), _tokens.FieldEnd(hit.Field));
        var token = TokenAt(hit.Start, begin, end);
        if (token == end)
        {
            return null;
        }

        var first = token;
        while (first > begin && !_tokens.Marks[first].Has(TokenMarks.Sentence))
        {
            first--;
        }

        return hit.Start < _tokens.Start[first] ? null : new Sentence(hit.Field, first, LastOfSentence(token, end), [hit]);
    }

    // The first token that ends behind an offset of its field.
    private int TokenAt(int offset, int begin, int end)
    {
        var found = _tokens.End.AsSpan(begin, end - begin).BinarySearch(offset + 1);
        return begin + (found < 0 ? ~found : found);
    }

    private int LastOfSentence(int token, int end)
    {
        while (token + 1 < end && !_tokens.Marks[token + 1].Has(TokenMarks.Sentence))
        {
            token++;
        }

        return token;
    }

    // A sentence longer than the room is cut around its first hit.
    private (int First, int Last) Trim(Sentence sentence, int room)
    {
        var hit = sentence.Hits.Count > 0 ? Math.Min(TokenAt(sentence.Hits[0].Start, sentence.First, sentence.Last), sentence.Last) : sentence.First;
        var (first, last) = (sentence.First, sentence.Last);
        if (last - first >= room)
        {
            first = Math.Max(sentence.First, Math.Min(hit - (room / 3), sentence.Last - room + 1));
            last = Math.Min(sentence.Last, first + room - 1);
        }

        while (_tokens.End[last] - _tokens.Start[first] > MaxCharacters && first < last)
        {
            (first, last) = last > hit ? (first, last - 1) : (first + 1, last);
        }

        return (first, last);
    }

    private Excerpt Mark(Sentence sentence, int first, int last)
    {
        var text = _document[sentence.Field];
        var from = first == sentence.First ? Opening(text, _tokens.Start[first]) : _tokens.Start[first];
        var to = last == sentence.Last ? Closing(text, _tokens.End[last]) : _tokens.End[last];
        var lead = first == sentence.First ? "" : "…";
        var marks = new List<Mark>();
        foreach (var hit in sentence.Hits.Where(h => h.Start >= from && h.Start + h.Length <= to))
        {
            var start = hit.Start - from + lead.Length;
            if (marks.Count > 0 && start < marks[^1].Start + marks[^1].Length)
            {
                var end = Math.Max(marks[^1].Start + marks[^1].Length, start + hit.Length);
                marks[^1] = marks[^1] with { Length = end - marks[^1].Start, Negated = marks[^1].Negated || hit.Negated };
            }
            else
            {
                marks.Add(new Mark(start, hit.Length, hit.Negated));
            }
        }

        return new Excerpt(sentence.Field, lead + text[from..to] + (last == sentence.Last ? "" : "…"), marks) { Start = from, End = to };
    }

    private static int Opening(string text, int start)
    {
        var least = Math.Max(0, start - MaxEdge);
        while (start > least && text[start - 1] is '“' or '"' or '‘' or '\'' or '(' or '«' or '„' or '$' or '£' or '€' or '[')
        {
            start--;
        }

        return start;
    }

    // What belongs to the sentence behind its last word: its stop and closing quotes.
    private static int Closing(string text, int end)
    {
        var most = Math.Min(text.Length, end + MaxEdge);
        while (end < most && !char.IsWhiteSpace(text[end]) && !char.IsLetterOrDigit(text[end]) && text[end] is not ('“' or '(' or '„'))
        {
            end++;
        }

        return end;
    }
}
