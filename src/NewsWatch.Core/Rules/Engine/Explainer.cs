namespace NewsWatch.Core.Rules.Engine;

/// <summary>Finds the first clause of a rule that failed and says why.</summary>
internal readonly ref struct Explainer(RuleCode code, Evaluator evaluator)
{
    private readonly Evaluator _evaluator = evaluator;

    /// <summary>The failed clause and the reason; null when the instruction holds.</summary>
    public (string Clause, string Reason)? Failure(int at, int fields)
    {
        if (_evaluator.Holds(at, fields))
        {
            return null;
        }

        var argument = code.ArgumentAt(at);
        switch (code.OpAt(at))
        {
            case Opcode.And:
                return FirstFailure(at, fields);
            case Opcode.Field:
                return code.OpAt(at + 2) == Opcode.And ? Failure(at + 2, 1 << argument) : Missing(at);
            case Opcode.Not:
                return (code.Print(at), $"found {code.Print(at + 2)}, which the rule excludes");
            case Opcode.Unless:
                return (code.PrintWhole(at + 2), $"Unless matched: {code.PrintWhole(at + 2)}");
            case Opcode.Filter:
                return (code.Print(at), $"the article is not {code.Print(at)}");
            case Opcode.AtLeast:
                return (code.Print(at), $"only {_evaluator.CountPlaces(at + 2, fields)} of at least {argument} {code.Print(at + 2)}");
            case Opcode.Near:
                var (left, right, words) = (code.Print(at + 2), code.Print(code.Behind(at + 2)), (argument >> 1) == 1 ? "1 word" : $"{argument >> 1} words");
                return (code.PrintWhole(at), (argument & 1) == 1 ? $"missing {left} at most {words} before {right}" : $"missing {left} within {words} of {right}");
            case Opcode.Except:
                return _evaluator.CountPlaces(at + 2, fields) > 0
                    ? (code.PrintWhole(at), $"every {code.Print(at + 2)} is part of {code.Print(code.Behind(at + 2))}")
                    : Missing(at + 2);
            default:
                return Missing(at);
        }
    }

    /// <summary>
    /// Adds each part of an instruction that must hold, in the order written: the operands of AND, both sides of NEAR before their distance, all other instructions whole.
    /// </summary>
    public void AddClauses(int at, int fields, List<ClauseVerdict> clauses)
    {
        switch (code.OpAt(at))
        {
            case Opcode.And:
                foreach (var operand in code.Operands(at))
                {
                    AddClauses(operand, fields, clauses);
                }

                break;
            case Opcode.Field when code.OpAt(at + 2) == Opcode.And:
                AddClauses(at + 2, 1 << code.ArgumentAt(at), clauses);
                break;
            case Opcode.Near:
                clauses.Add(VerdictOf(at + 2, fields));
                clauses.Add(VerdictOf(code.Behind(at + 2), fields));
                clauses.Add(VerdictOf(at, fields) with { IsDistance = true });
                break;
            default:
                clauses.Add(VerdictOf(at, fields));
                break;
        }
    }

    private ClauseVerdict VerdictOf(int at, int fields)
    {
        var clause = code.OpAt(at) == Opcode.Unless ? $"Unless {code.PrintWhole(at + 2)}" : code.PrintWhole(at);
        return Failure(at, fields) is (_, var reason) ? new(clause, false, reason) : new(clause, true, "");
    }

    private (string, string)? FirstFailure(int at, int fields)
    {
        foreach (var operand in code.Operands(at))
        {
            if (Failure(operand, fields) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private (string, string) Missing(int at) => (code.PrintWhole(at), $"missing {code.Print(at)}");
}
