using System.Text.RegularExpressions;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;

namespace NewsWatch.Core.Rules.Engine;

/// <summary>All rules as one array of instructions, with the tables these point into.</summary>
internal sealed class RuleCode
{
    public required int[] Code { get; init; }

    /// <summary>Where each rule begins.</summary>
    public required int[] Starts { get; init; }

    public required string[] RuleIds { get; init; }

    /// <summary>Each clause as its author wrote it.</summary>
    public required string[] ClauseTexts { get; init; }

    /// <summary>Terms of groups, as written.</summary>
    public required string[] TermTexts { get; init; }

    public required FilterQuery[] Filters { get; init; }

    /// <summary>Regular expressions; their keys begin at <see cref="FirstRegex"/>.</summary>
    public required Regex[] Regexes { get; init; }

    /// <summary>Deadlines and speakers; their keys stand behind those of the regular expressions.</summary>
    public required VoiceClause[] Voices { get; init; }

    public required int FirstRegex { get; init; }

    /// <summary>Keys from here on are groups, whose occurrences can lie inside one another.</summary>
    public required int FirstGroup { get; init; }

    public Opcode OpAt(int at) => (Opcode)(Code[at] & 15);

    public int ArgumentAt(int at) => Code[at] >> 4;

    /// <summary>The instruction behind this one.</summary>
    public int Behind(int at) => OpAt(at) switch
    {
        Opcode.Filter => at + 1,
        Opcode.Term or Opcode.Regex => at + 2,
        _ => at + Code[at + 1],
    };

    /// <summary>The text of an instruction, with parentheses around operators.</summary>
    public string Print(int at)
    {
        var argument = ArgumentAt(at);
        return OpAt(at) switch
        {
            Opcode.Term or Opcode.Regex => ClauseTexts[Code[at + 1]],
            Opcode.Filter => Filters[argument].ToString(),
            Opcode.And => $"({string.Join(" AND ", Operands(at).Select(Print))})",
            Opcode.Or => $"({string.Join(" OR ", Operands(at).Select(Print))})",
            Opcode.Not => $"NOT {Print(at + 2)}",
            Opcode.Near => $"({Print(at + 2)} {((argument & 1) == 1 ? "ONEAR" : "NEAR")}/{argument >> 1} {Print(Behind(at + 2))})",
            Opcode.Except => $"({Print(at + 2)} EXCEPT {Print(Behind(at + 2))})",
            Opcode.AtLeast => $"atleast{argument}({Bare(Print(at + 2))})",
            Opcode.Field => $"{Printer.Name((Text.Field)argument)}:{Print(at + 2)}",
            Opcode.Said => argument == 0 ? Print(at + 2) : $"{Print(at + 2)}({Bare(Print(Behind(Behind(at + 2))))})",
            _ => Print(at + 2),
        };
    }

    /// <summary>The text of an instruction without the parentheses around it.</summary>
    public string PrintWhole(int at) => OpAt(at) is Opcode.And or Opcode.Or or Opcode.Near or Opcode.Except ? Bare(Print(at)) : Print(at);

    public IEnumerable<int> Operands(int at)
    {
        var end = Behind(at);
        for (var operand = at + 2; operand < end; operand = Behind(operand))
        {
            yield return operand;
        }
    }

    private static string Bare(string text) => text.StartsWith('(') ? text[1..^1] : text;
}
