using System.Text.RegularExpressions;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Runs rules' instructions on what was found in one document: verdicts, and the places that <see cref="HitCollector"/> makes hits of.</summary>
internal readonly struct Evaluator(RuleCode code, Findings findings, Document document)
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

    /// <summary>Whether a token stands in one of the fields.</summary>
    public bool IsIn(int token, int fields) => (fields & (1 << (int)findings.Tokens.FieldOf(token))) != 0;

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

    /// <summary>Leaves an instruction's places as the top region of the stack, sorted.</summary>
    public void Gather(int at, int fields)
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

    /// <summary>Leaves the places of both sides of a NEAR on the stack; answers where the right side's begin.</summary>
    public int GatherSides(int at, int fields)
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
}
