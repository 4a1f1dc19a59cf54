using NewsWatch.Core.Rules.Hits;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Collects the hits of rules that fired: the places that the verdict rests on, and no others.</summary>
internal readonly struct HitCollector(RuleCode code, Findings findings)
{
    private const int MaxQuoteLength = 300;
    private readonly Evaluator _evaluator = new(code, findings);
    private readonly PlaceCollector _places = new(code, findings);

    /// <summary>Adds the hits of an instruction that holds.</summary>
    public void CollectHits(int at, int fields, List<Hit> hits)
    {
        switch (code.OpAt(at))
        {
            case Opcode.And:
                var end = code.Behind(at);
                for (var operand = at + 2; operand < end; operand = code.Behind(operand))
                {
                    CollectHits(operand, fields, hits);
                }

                break;
            case Opcode.Or:
                CollectHitsOfAny(at, fields, hits);
                break;
            case Opcode.Field:
                CollectHits(at + 2, 1 << code.ArgumentAt(at), hits);
                break;
            case Opcode.AtLeast:
                CollectHits(at + 2, fields, hits);
                break;
            case Opcode.Filter or Opcode.Not or Opcode.Unless:
                break;
            default:
                CollectHitsOfPlaces(at, fields, hits);
                break;
        }
    }

    private void CollectHitsOfAny(int at, int fields, List<Hit> hits)
    {
        var end = code.Behind(at);
        for (var operand = at + 2; operand < end; operand = code.Behind(operand))
        {
            if (_evaluator.Holds(operand, fields))
            {
                CollectHits(operand, fields, hits);
            }
        }
    }

    private void CollectHitsOfPlaces(int at, int fields, List<Hit> hits)
    {
        var places = findings.Places;
        var from = places.Count;
        if (code.OpAt(at) == Opcode.Term && code.ArgumentAt(at) < code.FirstGroup)
        {
            AddHitsOfKey(code.ArgumentAt(at), fields, code.ClauseTexts[code.Code[at + 1]], hits);
        }
        else if (code.OpAt(at) is Opcode.Term or Opcode.Regex)
        {
            _places.CollectPlaces(at, fields);
            AddHits(from, code.ClauseTexts[code.Code[at + 1]], hits);
        }
        else if (code.OpAt(at) == Opcode.Near)
        {
            CollectPairsWithin(at, fields, -1, -1, hits);
        }
        else
        {
            _places.CollectPlaces(at, fields);
            places.KeepLongest(from);
            CollectWithin(at, fields, from, places.Count, hits);
        }

        places.Truncate(from);
    }

    // The hits of an instruction that lie inside the places from..to of the stack.
    private void CollectWithin(int at, int fields, int from, int to, List<Hit> hits)
    {
        var places = findings.Places;
        var begin = places.Count;
        switch (code.OpAt(at))
        {
            case Opcode.Term or Opcode.Regex:
                _places.CollectPlaces(at, fields);
                KeepWithin(begin, from, to);
                AddHits(begin, code.ClauseTexts[code.Code[at + 1]], hits);
                break;
            case Opcode.Or:
                var end = code.Behind(at);
                for (var operand = at + 2; operand < end; operand = code.Behind(operand))
                {
                    CollectWithin(operand, fields, from, to, hits);
                }

                break;
            case Opcode.Field:
                CollectWithin(at + 2, 1 << code.ArgumentAt(at), from, to, hits);
                break;
            case Opcode.Said:
                CollectWithin(at + 2, fields, from, to, hits);
                break;
            case Opcode.Except:
                _places.CollectPlaces(at, fields);
                KeepWithin(begin, from, to);
                places.KeepLongest(begin);
                CollectWithin(at + 2, fields, begin, places.Count, hits);
                break;
            case Opcode.Near:
                CollectPairsWithin(at, fields, from, to, hits);
                break;
        }

        places.Truncate(begin);
    }

    // The hits of both sides of NEAR, of the pairs inside the windows; from -1: of all pairs.
    private void CollectPairsWithin(int at, int fields, int from, int to, List<Hit> hits)
    {
        var places = findings.Places;
        for (var side = 0; side < 2; side++)
        {
            var begin = places.Count;
            var right = _places.CollectSides(at, fields);
            var behind = places.Count;
            KeepPaired(begin, right, behind, code.ArgumentAt(at), side, from, to);
            places.MoveDown(behind, begin);
            places.Sort(begin);
            places.KeepLongest(begin);
            CollectWithin(side == 0 ? at + 2 : code.Behind(at + 2), fields, begin, places.Count, hits);
            places.Truncate(begin);
        }
    }

    // Adds the places of one side that have a partner; each once.
    private void KeepPaired(int begin, int right, int behind, int argument, int side, int from, int to)
    {
        var places = findings.Places;
        var paired = findings.Flags(behind - begin);
        var pairs = new NearPairs(findings, begin, right, behind, argument);
        while (pairs.MoveNext())
        {
            var kept = side == 0 ? pairs.Left : pairs.Right;
            if (!paired[kept - begin] && IsWithin(places[pairs.Left], places[pairs.Right], from, to))
            {
                paired[kept - begin] = true;
                if (side == 0)
                {
                    pairs.SkipLeft();
                }
            }
        }

        for (var i = begin; i < behind; i++)
        {
            if (paired[i - begin])
            {
                places.Add(places[i]);
            }
        }
    }

    // The windows hold none that lies inside another, so both their edges ascend.
    private bool IsWithin(in Place a, in Place b, int from, int to)
    {
        if (from < 0)
        {
            return true;
        }

        var places = findings.Places;
        var start = Math.Min(a.Start, b.Start);
        var (low, high) = (from, to);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = places[middle].Start <= start ? (middle + 1, high) : (low, middle);
        }

        return low > from && places[low - 1].End >= Math.Max(a.End, b.End);
    }

    private void KeepWithin(int begin, int from, int to)
    {
        var places = findings.Places;
        var behind = places.Count;
        var next = from;
        var reach = -1;
        for (var i = begin; i < behind; i++)
        {
            while (next < to && places[next].Start <= places[i].Start)
            {
                reach = Math.Max(reach, places[next++].End);
            }

            if (reach >= places[i].End)
            {
                places.Add(places[i]);
            }
        }

        places.MoveDown(behind, begin);
    }

    // The short way for a plain term: its occurrences are its places.
    private void AddHitsOfKey(int key, int fields, string clause, List<Hit> hits)
    {
        var most = hits.Count + RuleMatch.MaxHits;
        for (var i = findings.First(key); i >= 0 && hits.Count < most; i = findings[i].Next)
        {
            if ((fields == Evaluator.TitleAndBody && findings[i].Start < findings.BodyEnd) || _places.IsIn(findings[i].Start, fields))
            {
                AddHit(i, clause, hits);
            }
        }
    }

    private void AddHits(int from, string clause, List<Hit> hits)
    {
        var behind = Math.Min(findings.Places.Count, from + RuleMatch.MaxHits);
        for (var i = from; i < behind; i++)
        {
            AddHit(findings.Places[i].Occurrence, clause, hits);
        }
    }

    // Rules share clauses, so the hit that another rule made of the same place is used again.
    private void AddHit(int occurrence, string clause, List<Hit> hits)
    {
        ref var hit = ref findings.HitOf(occurrence);
        if (hit is null || !ReferenceEquals(hit.Clause, clause))
        {
            hit = MakeHit(findings[occurrence], clause);
        }

        hits.Add(hit);
    }

    private Hit MakeHit(Occurrence occurrence, string clause)
    {
        var tokens = findings.Tokens;
        var field = tokens.FieldOf(occurrence.Start);
        var (from, to) = occurrence.Text < -1 ? findings.RegexPlaces[-2 - occurrence.Text] : (tokens.Start[occurrence.Start], tokens.End[occurrence.End - 1]);
        var text = findings.Document[field];
        var term = occurrence.Text >= 0 ? code.TermTexts[occurrence.Text] : clause;
        var quote = text[from..Math.Min(to, from + MaxQuoteLength)];
        return new Hit(field, from, to - from, quote, clause, term, findings.Negation.CueOf(tokens, text, occurrence.Start, occurrence.End));
    }
}
