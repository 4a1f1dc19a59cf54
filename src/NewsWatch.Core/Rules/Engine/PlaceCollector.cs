using System.Text.RegularExpressions;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>Collects the places where an instruction holds, as the top region of the stack of places, sorted.</summary>
internal readonly struct PlaceCollector(RuleCode code, Findings findings)
{
    /// <summary>Adds the places of an instruction, looking in the fields of <paramref name="fields"/>.</summary>
    public void CollectPlaces(int at, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        var argument = code.ArgumentAt(at);
        switch (code.OpAt(at))
        {
            case Opcode.Term:
                CollectKey(argument, fields);
                break;
            case Opcode.Regex:
                RunRegex(argument);
                CollectKey(argument, fields);
                break;
            case Opcode.Or:
                var end = code.Behind(at);
                for (var operand = at + 2; operand < end; operand = code.Behind(operand))
                {
                    CollectPlaces(operand, fields);
                }

                places.Sort(from);
                break;
            case Opcode.Field:
                CollectPlaces(at + 2, 1 << argument);
                break;
            case Opcode.Near:
                CollectNear(at, fields);
                break;
            case Opcode.Except:
                CollectExcept(at, fields);
                break;
            case Opcode.Said:
                CollectSaid(at, fields);
                break;
            case Opcode.AtLeast:
                CollectPlaces(at + 2, fields);
                break;
        }
    }

    private void CollectKey(int key, int fields)
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

        if (key - code.FirstRegex >= code.Regexes.Length)
        {
            findings.AddVoices(key, code.Voices[key - code.FirstRegex - code.Regexes.Length]);
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
                foreach (var match in regex.EnumerateMatches(findings.Document[field]))
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

    // Quotes are looked for only where the speaker is named. They lie one behind the other, as do the places inside them.
    private void CollectSaid(int at, int fields)
    {
        var (places, speaker) = (findings.Places, code.Behind(at + 2));
        if (!findings.HasInText(code.ArgumentAt(speaker)))
        {
            return;
        }

        var quotes = places.Count;
        CollectPlaces(at + 2, fields);
        if (code.ArgumentAt(at) == 0)
        {
            return;
        }

        var inside = places.Count;
        CollectPlaces(code.Behind(speaker), fields);
        var behind = places.Count;
        for (int i = quotes, next = inside; i < inside; i++)
        {
            while (next < behind && places[next].Start < places[i].Start)
            {
                next++;
            }

            if (next < behind && places[next].End <= places[i].End)
            {
                places.Add(places[i]);
            }
        }

        places.MoveDown(behind, quotes);
    }

    private void CollectExcept(int at, int fields)
    {
        var places = findings.Places;
        var left = places.Count;
        CollectPlaces(at + 2, fields);
        var right = places.Count;
        CollectPlaces(code.Behind(at + 2), Evaluator.TitleAndBody | fields);
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

    /// <summary>Adds the places of both sides of a NEAR; returns the index where the right side begins.</summary>
    public int CollectSides(int at, int fields)
    {
        CollectPlaces(at + 2, fields);
        var right = findings.Places.Count;
        CollectPlaces(code.Behind(at + 2), fields);
        return right;
    }

    private void CollectNear(int at, int fields)
    {
        var places = findings.Places;
        var from = places.Count;
        var right = CollectSides(at, fields);
        var behind = places.Count;
        var pairs = new NearPairs(findings, from, right, behind, code.ArgumentAt(at));
        while (pairs.MoveNext() && !pairs.IsCrowded)
        {
            Join(places[pairs.Left], places[pairs.Right]);
        }

        if (pairs.IsCrowded)
        {
            places.Truncate(behind);
            new Neighbours(findings, code.ArgumentAt(at)).Add(from, right, behind);
        }

        places.MoveDown(behind, from);
        places.Sort(from);
    }

    private void Join(in Place a, in Place b) => findings.Places.Add(new Place(Math.Min(a.Start, b.Start), Math.Max(a.End, b.End), -1));

    /// <summary>Whether a token is in one of the fields.</summary>
    public bool IsIn(int token, int fields) => (fields & (1 << (int)findings.Tokens.FieldOf(token))) != 0;
}
