using NewsWatch.Core.Rules.Engine.Trie;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Rules;

/// <summary>The rule language said a second time, as plainly as possible and without any index: what the engine must agree with.</summary>
internal sealed class PlainReading
{
    private readonly Document _document;
    private readonly Vocabulary _vocabulary;
    private readonly TokenStream _tokens = new();
    private readonly Dictionary<string, List<Span>> _terms = [];

    public PlainReading(Document document, Vocabulary vocabulary)
    {
        _document = document;
        _vocabulary = vocabulary;
        _tokens.Read(document);
    }

    internal readonly record struct Span(int Start, int End, int From, int To, string Clause, string Term);

    public bool Holds(Query query, Field? field = null) => query switch
    {
        AndQuery and => and.Operands.All(o => Holds(o, field)),
        OrQuery or => or.Operands.Any(o => Holds(o, field)),
        NotQuery not => !Holds(not.Operand, field),
        FilterQuery filter => Passes(filter),
        AtLeastQuery atLeast => Spans(atLeast.Operand, field).Select(s => (s.Start, s.End)).Distinct().Count() >= atLeast.Count,
        FieldQuery inner => Holds(inner.Operand, inner.Field),
        _ => Spans(query, field).Count > 0,
    };

    /// <summary>The field, offset and quote of every hit.</summary>
    public IReadOnlyList<(Field Field, int Start, string Quote)> Hits(Query query)
    {
        var spans = new List<(Field Field, Span Span)>();
        Collect(query, null, spans);
        return
        [
            .. spans.Select(s => (s.Field, s.Span.From, Quote: _document[s.Field][s.Span.From..s.Span.To])).Distinct()
                .OrderBy(h => h.Field).ThenBy(h => h.From).ThenBy(h => h.Quote.Length),
        ];
    }

    private void Collect(Query query, Field? field, List<(Field, Span)> hits)
    {
        switch (query)
        {
            case AndQuery and:
                and.Operands.ToList().ForEach(o => Collect(o, field, hits));
                break;
            case OrQuery or:
                or.Operands.Where(o => Holds(o, field)).ToList().ForEach(o => Collect(o, field, hits));
                break;
            case FieldQuery inner:
                Collect(inner.Operand, inner.Field, hits);
                break;
            case AtLeastQuery atLeast:
                Collect(atLeast.Operand, field, hits);
                break;
            case NearQuery or ExceptQuery:
                Spans(query, field).ForEach(s => CollectWithin(query, field, s, hits));
                break;
            case NotQuery or FilterQuery:
                break;
            default:
                hits.AddRange(Spans(query, field).Select(s => (_tokens.FieldOf(s.Start), s)));
                break;
        }
    }

    private void CollectWithin(Query query, Field? field, Span span, List<(Field, Span)> hits)
    {
        bool Inside(Span s) => s.Start >= span.Start && s.End <= span.End;
        switch (query)
        {
            case OrQuery or:
                or.Operands.ToList().ForEach(o => CollectWithin(o, field, span, hits));
                break;
            case FieldQuery inner:
                CollectWithin(inner.Operand, inner.Field, span, hits);
                break;
            case ExceptQuery except:
                Spans(except, field).Where(Inside).ToList().ForEach(s => CollectWithin(except.Left, field, s, hits));
                break;
            case NearQuery near:
                foreach (var (left, right) in NearPairs(near, field).Where(p => Inside(Join(p.Left, p.Right))))
                {
                    CollectWithin(near.Left, field, left, hits);
                    CollectWithin(near.Right, field, right, hits);
                }

                break;
            default:
                hits.AddRange(Spans(query, field).Where(Inside).Select(s => (_tokens.FieldOf(s.Start), s)));
                break;
        }
    }

    private List<Span> Spans(Query query, Field? field) => query switch
    {
        FieldQuery inner => Spans(inner.Operand, inner.Field),
        OrQuery or => [.. or.Operands.SelectMany(o => Spans(o, field))],
        AndQuery and => and.Operands.All(o => Spans(o, field).Count > 0) ? [.. and.Operands.SelectMany(o => Spans(o, field))] : [],
        AtLeastQuery atLeast => Spans(atLeast.Operand, field),
        NearQuery near => [.. NearPairs(near, field).Select(p => Join(p.Left, p.Right)).Distinct()],
        ExceptQuery except => Except(Spans(except.Left, field), Spans(except.Right, null).Concat(field is null ? [] : Spans(except.Right, field)).ToList()),
        NotQuery or FilterQuery => [],
        _ => [.. Places(query).Where(s => field is null ? _tokens.FieldOf(s.Start) <= Field.Body : _tokens.FieldOf(s.Start) == field)],
    };

    private static Span Join(Span a, Span b) => a with { Start = Math.Min(a.Start, b.Start), End = Math.Max(a.End, b.End), From = Math.Min(a.From, b.From), To = Math.Max(a.To, b.To) };

    private static List<Span> Except(List<Span> left, List<Span> right) => [.. left.Where(l => !right.Any(r => r.Start <= l.Start && l.End <= r.End))];

    private IEnumerable<(Span Left, Span Right)> NearPairs(NearQuery near, Field? field)
    {
        var rights = Spans(near.Right, field);
        return from left in Spans(near.Left, field)
               from right in rights
               where _tokens.FieldOf(left.Start) == _tokens.FieldOf(right.Start)
               where (left.End <= right.Start && right.Start - left.End <= near.Distance) || (!near.Ordered && right.End <= left.Start && left.Start - right.End <= near.Distance)
               select (left, right);
    }

    private bool Passes(FilterQuery filter) => filter.Kind switch
    {
        FilterKind.Source => _document.Sources.Contains(filter.Value, StringComparer.OrdinalIgnoreCase) || IsHost(_document.Host, filter.Value),
        FilterKind.Language => string.Equals(_document.Language, filter.Value, StringComparison.OrdinalIgnoreCase)
            || _document.Language.StartsWith(filter.Value + "-", StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(_document.Publisher, filter.Value, StringComparison.OrdinalIgnoreCase),
    };

    private static bool IsHost(string host, string value) =>
        string.Equals(host, value, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + value, StringComparison.OrdinalIgnoreCase);

    private List<Span> Places(Query leaf)
    {
        var clause = leaf.ToString();
        if (_terms.TryGetValue(clause, out var known))
        {
            return known;
        }

        List<Span> places = leaf switch
        {
            RegexQuery regex => [.. RegexPlaces(regex).SelectMany(place => Touched(place, clause))],
            DeadlineQuery deadline => [.. new VoiceClause(deadline, []).PlacesIn(new(_document)).SelectMany(place => Touched(place, clause))],
            SaidQuery said => [.. QuotesOf(said.Speaker).SelectMany(place => Touched(place, clause)).Where(quote => said.Inside is null || Spans(said.Inside, null).Any(word => quote.Start <= word.Start && word.End <= quote.End))],
            _ => TermPlaces(leaf, clause),
        };
        _terms[clause] = places;
        return places;
    }

    private IEnumerable<(Field Field, int From, int To)> RegexPlaces(RegexQuery regex) =>
        from field in Enum.GetValues<Field>()
        from System.Text.RegularExpressions.Match match in RegexGuard.Compile(regex.Pattern).Matches(_document[field])
        select (field, match.Index, match.Index + match.Length);

    // Somebody who is not named in headline or text is not looked for.
    private IEnumerable<(Field Field, int From, int To)> QuotesOf(Query speaker) => Places(speaker).Exists(place => _tokens.FieldOf(place.Start) <= Field.Body)
        ? VoiceClause.From(_vocabulary.TermsOf(speaker).Select(term => term.Text)).PlacesIn(new(_document))
        : [];

    private IEnumerable<Span> Touched((Field Field, int From, int To) place, string clause)
    {
        var tokens = Enumerable.Range(_tokens.FieldBegin(place.Field), _tokens.FieldEnd(place.Field) - _tokens.FieldBegin(place.Field)).Where(i => _tokens.End[i] > place.From && _tokens.Start[i] < place.To).ToList();
        return tokens.Count > 0 ? [new Span(tokens[0], tokens[^1] + 1, place.From, place.To, clause, clause)] : [];
    }

    private List<Span> TermPlaces(Query leaf, string clause)
    {
        var all = new List<Span>();
        foreach (var source in _vocabulary.TermsOf(leaf))
        {
            var (text, read) = (source.Text, TermReader.Read(source));
            if (read.Errors.Count == 0)
            {
                foreach (var sequence in read.Term.Sequences)
                {
                    for (var i = 0; i < _tokens.Count; i++)
                    {
                        Meet(sequence, 0, i, i, clause, leaf is TermQuery ? clause : text, all);
                    }
                }
            }
        }

        var distinct = all.DistinctBy(s => (s.Start, s.End)).OrderBy(s => s.Start).ThenByDescending(s => s.End).ToList();
        return [.. distinct.Where(s => !distinct.Any(o => o != s && o.Start <= s.Start && s.End <= o.End))];
    }

    private void Meet(TermWord[] sequence, int word, int begin, int token, string clause, string text, List<Span> found)
    {
        if (word == sequence.Length)
        {
            found.Add(new Span(begin, token, _tokens.Start[begin], _tokens.End[token - 1], clause, text));
            return;
        }

        for (var length = 1; length <= 6 && token + length <= _tokens.Count; length++)
        {
            if (length > 1 && (!_tokens.Marks[token + length - 1].HasFlag(TokenMarks.Glued) || _tokens.FieldOf(token + length - 1) != _tokens.FieldOf(token)))
            {
                break;
            }

            var marks = _tokens.Marks[token];
            if ((word == 0 || (!marks.HasFlag(TokenMarks.Paragraph) && !(sequence[word].SameSentence && marks.HasFlag(TokenMarks.Sentence)))) && IsMet(sequence[word], token, length, word == 0))
            {
                Meet(sequence, word + 1, begin, token + length, clause, text, found);
            }
        }
    }

    private bool IsMet(TermWord word, int token, int length, bool first)
    {
        var readings = new List<string> { string.Concat(Enumerable.Range(token, length).Select(i => _tokens.FoldedOf(i).ToString())) };
        if (length == 1 && _tokens.Marks[token].HasFlag(TokenMarks.Affixed))
        {
            foreach (var reading in new Affixes(readings[0], new char[Affixes.MaxLength]))
            {
                readings.Add(reading.ToString());
            }
        }

        return readings.Exists(reading => Meets(word, reading, token, length)) && Conditions.Hold(word, _tokens, _document, token, token + length, first);
    }

    private bool Meets(TermWord word, string folded, int token, int length) => word.Kind switch
    {
        WordKind.Exact => folded == word.Folded,
        WordKind.Wildcard => length == 1 && Glob.Matches(word.Folded, folded),
        WordKind.Tail or WordKind.InflectedTail => length == 1
            && Allows(new Form("", word.Languages, word.Capital), token) && word.Forms().Any(form => folded.Length >= form.Folded.Length + 3 && form.Folded.Length >= 4 && folded.EndsWith(form.Folded, StringComparison.Ordinal)),
        _ => word.Forms().Any(form => form.Folded == folded && Allows(form, token)),
    };

    private bool Allows(Form form, int token) =>
        (form.Languages & LanguagesOf.Of(_tokens, _document.Language)) != Languages.None && (!form.Capital || char.IsUpper(_document[_tokens.FieldOf(token)][_tokens.Start[token]]));
}
