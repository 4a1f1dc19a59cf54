using System.Text.RegularExpressions;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Runs rules' instructions on what was found in one document. Verdicts, places and hits come from the same evaluation.</summary>
internal readonly ref struct Evaluator(RuleCode code, Findings findings, Document document)
{
    /// <summary>The fields where a term looks unless a rule says otherwise: a set bit per field.</summary>
    public const int TitleAndBody = 3;

    /// <summary>Whether an instruction holds, looking in the fields of <paramref name="fields"/>.</summary>
    public bool Holds(int at, int fields = TitleAndBody)
    {
        var instruction = code.Code[at];
        var argument = instruction >> 4;
        switch ((Op)(instruction & 15))
        {
            case Op.Leaf:
                return Occurs(argument, fields);
            case Op.And:
                return AllHold(at, fields);
            case Op.Or:
                return AnyHolds(at, fields);
            case Op.Not or Op.Unless:
                return !Holds(at + 2, fields);
            case Op.Near:
                return HasPair(at, fields);
            case Op.Field:
                return Holds(at + 2, 1 << argument);
            case Op.Filter:
                return Passes(code.Filters[argument]);
            case Op.AtLeast:
                return CountPlaces(at + 2, fields) >= argument;
            default:
                return CountPlaces(at, fields) > 0;
        }
    }

    /// <summary>How many places an instruction has.</summary>
    public int CountPlaces(int at, int fields)
    {
        var from = findings.Places.Count;
        Gather(at, fields);
        var count = findings.Places.Count - from;
        findings.Places.Truncate(from);
        return count;
    }

    /// <summary>Adds the hits of an instruction that holds.</summary>
    public void CollectHits(int at, int fields, List<Hit> hits)
    {
        switch (code.OpAt(at))
        {
            case Op.And:
                var end = code.Behind(at);
                for (var operand = at + 2; operand < end; operand = code.Behind(operand))
                {
                    CollectHits(operand, fields, hits);
                }

                break;
            case Op.Or:
                CollectHitsOfAny(at, fields, hits);
                break;
            case Op.Field:
                CollectHits(at + 2, 1 << code.ArgumentAt(at), hits);
                break;
            case Op.AtLeast:
                CollectHits(at + 2, fields, hits);
                break;
            case Op.Filter or Op.Not or Op.Unless:
                break;
            default:
                CollectHitsOfPlaces(at, fields, hits);
                break;
        }
    }

    private bool AllHold(int at, int fields)
    {
        var end = at + code.Code[at + 1];
        for (var operand = at + 2; operand < end; operand = code.Behind(operand))
        {
            if (!Holds(operand, fields))
            {
                return false;
            }
        }

        return true;
    }

    private bool AnyHolds(int at, int fields)
    {
        var end = at + code.Code[at + 1];
        for (var operand = at + 2; operand < end; operand = code.Behind(operand))
        {
            if (Holds(operand, fields))
            {
                return true;
            }
        }

        return false;
    }

    private bool Occurs(int key, int fields)
    {
        var occurrence = findings.First(key);
        if (occurrence < 0 || (fields == TitleAndBody && findings[occurrence].Start < findings.BodyEnd))
        {
            return occurrence >= 0;
        }

        while (occurrence >= 0)
        {
            if (IsIn(findings[occurrence].Start, fields))
            {
                return true;
            }

            occurrence = findings[occurrence].Next;
        }

        return false;
    }

    private bool IsIn(int token, int fields) => (fields & (1 << (int)findings.Tokens.FieldOf(token))) != 0;

    private bool Passes(FilterQuery filter) => filter.Kind switch
    {
        FilterKind.Source => HasSource(filter.Value) || IsHost(document.Host, filter.Value),
        FilterKind.Language => IsLanguage(document.Language, filter.Value),
        _ => string.Equals(document.Publisher, filter.Value, StringComparison.OrdinalIgnoreCase),
    };

    private bool HasSource(string id)
    {
        for (var i = 0; i < document.Sources.Count; i++)
        {
            if (string.Equals(document.Sources[i], id, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // wsj.com is also www.wsj.com.
    private static bool IsHost(string host, string value) => host.EndsWith(value, StringComparison.OrdinalIgnoreCase)
        && (host.Length == value.Length || host[host.Length - value.Length - 1] == '.');

    // lang:pt is also pt-BR.
    private static bool IsLanguage(string tag, string value) => tag.StartsWith(value, StringComparison.OrdinalIgnoreCase) && (tag.Length == value.Length || tag[value.Length] == '-');

    // Leaves an instruction's places as the top region of the stack, sorted.
    private void Gather(int at, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        var argument = code.ArgumentAt(at);
        switch (code.OpAt(at))
        {
            case Op.Leaf:
                GatherKey(argument, fields);
                break;
            case Op.Regex:
                RunRegex(argument);
                GatherKey(argument, fields);
                break;
            case Op.Or:
                var end = code.Behind(at);
                for (var operand = at + 2; operand < end; operand = code.Behind(operand))
                {
                    Gather(operand, fields);
                }

                places.Sort(from);
                break;
            case Op.Field:
                Gather(at + 2, 1 << argument);
                break;
            case Op.Near:
                GatherNear(at, fields);
                break;
            case Op.Except:
                GatherExcept(at, fields);
                break;
            case Op.AtLeast:
                Gather(at + 2, fields);
                break;
        }
    }

    private void GatherKey(int key, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        for (var i = findings.First(key); i >= 0; i = findings[i].Next)
        {
            ref readonly var occurrence = ref findings[i];
            if (IsIn(occurrence.Start, fields))
            {
                places.Add(new Place(occurrence.Start, occurrence.End, i));
            }
        }

        if (key >= code.FirstGroup)
        {
            places.Sort(from);
            places.KeepLongest(from);
        }
    }

    private void RunRegex(int key)
    {
        if (!findings.BeginRegex(key))
        {
            return;
        }

        // Once more after a timeout: the first run of all pays for compiling the engine itself, and a missed place is a missed alert.
        if (!TryRegex(key) && !TryRegex(key))
        {
            findings.SlowRegexes.Add(key - code.FirstRegex);
        }
    }

    private bool TryRegex(int key)
    {
        var regex = code.Regexes[key - code.FirstRegex];
        try
        {
            for (var field = Field.Title; field <= Field.Author; field++)
            {
                foreach (var match in regex.EnumerateMatches(document[field]))
                {
                    findings.AddRegexPlace(key, field, match.Index, match.Index + match.Length);
                }
            }

            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private void GatherExcept(int at, int fields)
    {
        var places = findings.Places;
        var left = places.Count;
        Gather(at + 2, fields);
        var right = places.Count;
        Gather(code.Behind(at + 2), TitleAndBody | fields);
        var behind = places.Count;
        var next = right;
        var reach = -1;
        for (var i = left; i < right; i++)
        {
            while (next < behind && places[next].Start <= places[i].Start)
            {
                reach = Math.Max(reach, places[next++].End);
            }

            if (reach < places[i].End)
            {
                places.Add(places[i]);
            }
        }

        places.MoveDown(behind, left);
    }

    private bool HasPair(int at, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        var right = GatherSides(at, fields);
        var pairs = new Pairs(findings, from, right, places.Count, code.ArgumentAt(at));
        var found = pairs.MoveNext();
        places.Truncate(from);
        return found;
    }

    private int GatherSides(int at, int fields)
    {
        Gather(at + 2, fields);
        var right = findings.Places.Count;
        Gather(code.Behind(at + 2), fields);
        return right;
    }

    private void GatherNear(int at, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        var right = GatherSides(at, fields);
        var behind = places.Count;
        var pairs = new Pairs(findings, from, right, behind, code.ArgumentAt(at));
        while (pairs.MoveNext())
        {
            var (a, b) = (places[pairs.Left], places[pairs.Right]);
            places.Add(new Place(Math.Min(a.Start, b.Start), Math.Max(a.End, b.End), -1));
        }

        places.MoveDown(behind, from);
        places.Sort(from);
    }

    private void CollectHitsOfAny(int at, int fields, List<Hit> hits)
    {
        var end = code.Behind(at);
        for (var operand = at + 2; operand < end; operand = code.Behind(operand))
        {
            if (Holds(operand, fields))
            {
                CollectHits(operand, fields, hits);
            }
        }
    }

    private void CollectHitsOfPlaces(int at, int fields, List<Hit> hits)
    {
        var places = findings.Places;
        var from = places.Count;
        if (code.OpAt(at) == Op.Leaf && code.ArgumentAt(at) < code.FirstGroup)
        {
            AddHitsOfKey(code.ArgumentAt(at), fields, code.ClauseTexts[code.Code[at + 1]], hits);
        }
        else if (code.OpAt(at) is Op.Leaf or Op.Regex)
        {
            Gather(at, fields);
            AddHits(from, code.ClauseTexts[code.Code[at + 1]], hits);
        }
        else if (code.OpAt(at) == Op.Near)
        {
            CollectPairsWithin(at, fields, -1, -1, hits);
        }
        else
        {
            Gather(at, fields);
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
            case Op.Leaf or Op.Regex:
                Gather(at, fields);
                KeepWithin(begin, from, to);
                AddHits(begin, code.ClauseTexts[code.Code[at + 1]], hits);
                break;
            case Op.Or:
                var end = code.Behind(at);
                for (var operand = at + 2; operand < end; operand = code.Behind(operand))
                {
                    CollectWithin(operand, fields, from, to, hits);
                }

                break;
            case Op.Field:
                CollectWithin(at + 2, 1 << code.ArgumentAt(at), from, to, hits);
                break;
            case Op.Except:
                Gather(at, fields);
                KeepWithin(begin, from, to);
                places.KeepLongest(begin);
                CollectWithin(at + 2, fields, begin, places.Count, hits);
                break;
            case Op.Near:
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
            var right = GatherSides(at, fields);
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
        var pairs = new Pairs(findings, begin, right, behind, argument);
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
        for (var i = findings.First(key); i >= 0; i = findings[i].Next)
        {
            if ((fields == TitleAndBody && findings[i].Start < findings.BodyEnd) || IsIn(findings[i].Start, fields))
            {
                AddHit(i, clause, hits);
            }
        }
    }

    private void AddHits(int from, string clause, List<Hit> hits)
    {
        for (var i = from; i < findings.Places.Count; i++)
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
        var text = document[field];
        var term = occurrence.Text >= 0 ? code.TermTexts[occurrence.Text] : clause;
        var quote = text.AsSpan(from, to - from).SequenceEqual(clause) ? clause : text[from..to];
        return new Hit(field, from, to - from, quote, clause, term, findings.Negation.CueOf(tokens, text, occurrence.Start, occurrence.End));
    }
}
