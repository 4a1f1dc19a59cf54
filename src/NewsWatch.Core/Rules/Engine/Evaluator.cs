using NewsWatch.Core.Rules.Hits;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Runs rules' instructions on what was found in one document: verdicts.</summary>
internal readonly struct Evaluator(RuleCode code, Findings findings)
{
    /// <summary>The fields where a term looks unless a rule says otherwise: a set bit per field.</summary>
    public const int TitleAndBody = 3;

    private readonly PlaceCollector _collector = new(code, findings);

    /// <summary>Whether an instruction holds, looking in the fields of <paramref name="fields"/>.</summary>
    public bool Holds(int at, int fields = TitleAndBody)
    {
        var instruction = code.Code[at];
        var argument = instruction >> 4;
        switch ((Opcode)(instruction & 15))
        {
            case Opcode.Term:
                return Occurs(argument, fields);
            case Opcode.And:
                return AllHold(at, fields);
            case Opcode.Or:
                return AnyHolds(at, fields);
            case Opcode.Not or Opcode.Unless:
                return !Holds(at + 2, fields);
            case Opcode.Near:
                return HasPair(at, fields);
            case Opcode.Field:
                return Holds(at + 2, 1 << argument);
            case Opcode.Filter:
                return Filters.Passes(findings.Document, code.Filters[argument]);
            case Opcode.AtLeast:
                return CountPlaces(at + 2, fields) >= argument;
            default:
                return CountPlaces(at, fields) > 0;
        }
    }

    /// <summary>How many places an instruction has.</summary>
    public int CountPlaces(int at, int fields)
    {
        var from = findings.Places.Count;
        _collector.CollectPlaces(at, fields);
        var count = findings.Places.Count - from;
        findings.Places.Truncate(from);
        return count;
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
        if (fields == TitleAndBody)
        {
            return findings.HasInText(key);
        }

        for (var occurrence = findings.First(key); occurrence >= 0; occurrence = findings[occurrence].Next)
        {
            if (_collector.IsIn(findings[occurrence].Start, fields))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasPair(int at, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        var right = _collector.CollectSides(at, fields);
        var pairs = new NearPairs(findings, from, right, places.Count, code.ArgumentAt(at));
        var found = pairs.MoveNext();
        places.Truncate(from);
        return found;
    }
}
