namespace NewsWatch.Core.Rules.Engine;

/// <summary>Finds the cheapest set of keys of which at least one occurs wherever a rule matches, each with a guard where there is one.</summary>
internal sealed class PrefilterChooser(RuleCode code, float[] clauseCosts)
{
    // Looking at a posting and its guard against running the rule's program.
    private const float PostingCost = 1;
    private const float RunCost = 12;

    /// <summary>A key with a guard, and the guessed shares of articles in which they occur.</summary>
    private readonly record struct Choice(int Key, int Guard, float Share, float GuardShare)
    {
        public float Cost => Share * (PostingCost + (GuardShare * RunCost));
    }

    /// <summary>Keys and guards; null when the rule can match without any key.</summary>
    public IReadOnlyList<(int Key, int Guard)>? Choose(int start) =>
        Cover(start)?.DistinctBy(c => c.Key).Select(c => (c.Key, c.Guard)).ToList();

    private List<Choice>? Cover(int at)
    {
        switch (code.OpAt(at))
        {
            case Opcode.Term:
                return [new Choice(code.ArgumentAt(at), -1, Math.Min(1, clauseCosts[code.Code[at + 1]]), 1)];
            case Opcode.And or Opcode.Near or Opcode.Said:
                return Cheapest(at);
            case Opcode.Or:
                return Union(at);
            case Opcode.Except or Opcode.AtLeast or Opcode.Field:
                return Cover(at + 2);
            default:
                return null;
        }
    }

    private List<Choice>? Union(int at)
    {
        var union = new List<Choice>();
        foreach (var operand in code.Operands(at))
        {
            if (Cover(operand) is not { } cover)
            {
                return null;
            }

            union.AddRange(cover);
        }

        // A key of two operands cannot guard one of them.
        return [.. union.GroupBy(c => c.Key).Select(g => g.Count() == 1 ? g.First() : g.First() with { Guard = -1, GuardShare = 1 })];
    }

    private List<Choice>? Cheapest(int at)
    {
        var covers = new List<List<Choice>>();
        foreach (var operand in code.Operands(at))
        {
            if (Cover(operand) is { } cover)
            {
                covers.Add(cover);
            }
        }

        List<Choice>? best = null;
        foreach (var cover in covers)
        {
            var guard = covers.Where(c => c != cover && c.Count == 1).Select(c => c[0]).OrderBy(c => c.Share).FirstOrDefault(new Choice(-1, -1, 1, 1));
            List<Choice> guarded = guard.Key < 0 ? cover : [.. cover.Select(c => guard.Share < c.GuardShare && guard.Key != c.Key ? c with { Guard = guard.Key, GuardShare = guard.Share } : c)];
            if (best is null || guarded.Sum(c => c.Cost) < best.Sum(c => c.Cost))
            {
                best = guarded;
            }
        }

        return best;
    }
}
