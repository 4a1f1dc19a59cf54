using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules;

/// <summary>Finds the sentences with hits, ranks them and marks the hits in them.</summary>
internal sealed class ExcerptCutter(Document document, IReadOnlyList<Hit> hits)
{
    private const int LongSentence = 45;
    private readonly TokenStream _tokens = new();

    private sealed record Sentence(Field Field, int First, int Last, IReadOnlyList<Hit> Hits);

    public IReadOnlyList<Excerpt> Cut(int maxWords)
    {
        if (hits.Count == 0)
        {
            return [];
        }

        _tokens.Read(document);
        var excerpts = new List<Excerpt>();
        var seen = new HashSet<string>();
        var words = 0;
        foreach (var sentence in FindSentences().OrderByDescending(s => Worth(s, seen)).ToList())
        {
            var room = Math.Min(maxWords - words, LongSentence);
            if (room <= 0)
            {
                break;
            }

            var (first, last) = Trim(sentence, room);
            words += last - first + 1;
            excerpts.Add(Mark(sentence, first, last));
            seen.UnionWith(sentence.Hits.Select(h => h.Clause));
        }

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

        var last = first;
        while (last + 1 < end && !_tokens.Marks[last + 1].Has(TokenMarks.Sentence))
        {
            last++;
        }

        var opening = new Sentence(Field.Body, first, last, []);
        yield return Mark(opening, first, Math.Min(last, first + Math.Min(room, LongSentence) - 1));
    }

    // The more different clauses a sentence shows the better; the body before the headline, which is shown anyway; then the order of the text.
    private static double Worth(Sentence sentence, HashSet<string> seen)
    {
        var clauses = sentence.Hits.Select(h => h.Clause).Distinct().ToList();
        return (clauses.Count * 10) + clauses.Count(c => !seen.Contains(c)) + Math.Min(sentence.Hits.Count, 5) + (sentence.Field == Field.Body ? 2 : 0) - (sentence.First / 10_000.0);
    }

    private IEnumerable<Sentence> FindSentences()
    {
        foreach (var field in hits.Select(h => h.Field).Distinct())
        {
            var ours = hits.Where(h => h.Field == field).OrderBy(h => h.Start).ToList();
            var first = _tokens.FieldBegin(field);
            for (var token = first; token < _tokens.FieldEnd(field); token++)
            {
                if (token + 1 == _tokens.FieldEnd(field) || _tokens.Marks[token + 1].Has(TokenMarks.Sentence))
                {
                    var (from, to) = (_tokens.Start[first], _tokens.End[token]);
                    var inside = ours.Where(h => h.Start >= from && h.Start < to).ToList();
                    if (inside.Count > 0)
                    {
                        yield return new Sentence(field, first, token, inside);
                    }

                    first = token + 1;
                }
            }
        }
    }

    // A sentence longer than the room is cut around its first hit.
    private (int First, int Last) Trim(Sentence sentence, int room)
    {
        if (sentence.Last - sentence.First < room)
        {
            return (sentence.First, sentence.Last);
        }

        var hit = sentence.First;
        while (hit < sentence.Last && _tokens.End[hit] <= sentence.Hits[0].Start)
        {
            hit++;
        }

        var first = Math.Max(sentence.First, Math.Min(hit - (room / 3), sentence.Last - room + 1));
        return (first, Math.Min(sentence.Last, first + room - 1));
    }

    private Excerpt Mark(Sentence sentence, int first, int last)
    {
        var text = document[sentence.Field];
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

        return new Excerpt(sentence.Field, lead + text[from..to] + (last == sentence.Last ? "" : "…"), marks);
    }

    private static int Opening(string text, int start)
    {
        while (start > 0 && text[start - 1] is '“' or '"' or '‘' or '\'' or '(' or '«' or '„' or '$' or '£' or '€' or '[')
        {
            start--;
        }

        return start;
    }

    // What belongs to the sentence behind its last word: its stop and closing quotes.
    private static int Closing(string text, int end)
    {
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !char.IsLetterOrDigit(text[end]) && text[end] is not ('“' or '(' or '„'))
        {
            end++;
        }

        return end;
    }
}
