using System.Globalization;
using NewsWatch.Core.Rules.Terms;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Tells what a chunk between spaces and brackets is: an operator, a name, a count or a word.</summary>
internal sealed class TermVariantParser(List<QueryError> errors)
{
    private const string Counted = "atleast";

    /// <summary>Reads a chunk that begins at <paramref name="start"/>; null when it can be nothing.</summary>
    public Lexeme? Read(string chunk, int start, bool beforeBracket) => chunk switch
    {
        "AND" => Of(LexemeKind.And, chunk, start),
        "OR" => Of(LexemeKind.Or, chunk, start),
        "NOT" => Of(LexemeKind.Not, chunk, start),
        "EXCEPT" => Of(LexemeKind.Except, chunk, start),
        "and" or "or" or "not" or "except" => ReadSmallOperator(chunk, start),
        "&" or "&&" => ReadAmpersand(chunk, start),
        ['@' or '#', ..] => ReadName(chunk, start),
        _ when IsNear(chunk) => ReadNear(chunk, start),
        _ when beforeBracket && chunk.StartsWith(Counted, StringComparison.Ordinal) => ReadAtLeast(chunk, start),
        _ => ReadWord(chunk, start),
    };

    private static Lexeme Of(LexemeKind kind, string chunk, int start, int number = 0) => new(kind, start, chunk.Length, chunk, Number: number);

    private Lexeme? ReadSmallOperator(string chunk, int start)
    {
        var capitals = chunk.ToUpperInvariant();
        Fail(start, chunk.Length, $"operators are written in capitals: {capitals}. For the word itself write \"{chunk}\".");
        return Read(capitals, start, beforeBracket: false);
    }

    private Lexeme ReadAmpersand(string chunk, int start)
    {
        Fail(start, chunk.Length, "write AND.");
        return Of(LexemeKind.And, chunk, start);
    }

    private Lexeme? ReadName(string chunk, int start)
    {
        var id = chunk[1..].TrimEnd('.', ',', ';');
        if (id.Length == 0)
        {
            Fail(start, chunk.Length, chunk[0] == '@' ? "@ needs the id of an entity right behind it." : "# needs the id of a list right behind it.");
            return null;
        }

        return new Lexeme(chunk[0] == '@' ? LexemeKind.Entity : LexemeKind.List, start, chunk.Length, id);
    }

    // In small letters only with a number behind it: "near" is a word, too.
    private static bool IsNear(string chunk) => chunk is "NEAR" or "ONEAR"
        || chunk.Split('/', 2) is ["NEAR" or "ONEAR" or "near" or "onear", _];

    private Lexeme ReadNear(string chunk, int start)
    {
        var slash = chunk.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? chunk : chunk[..slash];
        var capitals = name.ToUpperInvariant();
        if (name != capitals)
        {
            Fail(start, chunk.Length, $"operators are written in capitals: {capitals}{chunk[slash..]}.");
        }

        var distance = ReadDistance(slash < 0 ? "" : chunk[(slash + 1)..], capitals, start + chunk.Length);
        return Of(capitals == "ONEAR" ? LexemeKind.OrderedNear : LexemeKind.Near, chunk, start, distance);
    }

    private int ReadDistance(string digits, string name, int end)
    {
        if (digits.Length == 0)
        {
            Fail(end, 1, $"\"{name}/\" needs a number of words, e.g. {name}/12.");
            return 1;
        }

        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var distance) || distance is < 1 or > 100)
        {
            Fail(end - digits.Length, digits.Length, $"{name}/{digits}: the number of words between must be 1 to 100, e.g. {name}/12.");
            return 1;
        }

        return distance;
    }

    private Lexeme ReadAtLeast(string chunk, int start)
    {
        if (!int.TryParse(chunk.AsSpan(Counted.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 1000)
        {
            Fail(start, chunk.Length, "atleast needs a number from 1 to 1000 right behind it, e.g. atleast3(sanctions).");
            count = 1;
        }

        return Of(LexemeKind.AtLeast, chunk, start, count);
    }

    private Lexeme ReadWord(string chunk, int start)
    {
        if (chunk is ['-' or '+' or '!', _, ..] && char.IsLetterOrDigit(chunk[1]))
        {
            Fail(start, 1, chunk[0] == '+' ? $"\"+\" is no operator: every word is required. Write {chunk[1..]}." : $"\"{chunk[0]}\" is no operator. Write NOT {chunk[1..]}.");
        }

        return Of(LexemeKind.Word, chunk, start);
    }

    private void Fail(int offset, int length, string message) => errors.Add(new QueryError(offset, length, message));
}
