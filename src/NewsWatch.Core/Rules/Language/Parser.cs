using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Parses queries: OR binds loosest, then AND (written or not), NEAR, EXCEPT, NOT.</summary>
internal sealed class Parser
{
    private const int MaxDepth = 100;
    private readonly string _text;
    private readonly OperandParser _leaves;
    private readonly List<QueryError> _errors = [];
    private List<Lexeme> _lexemes = [];
    private int _next;
    private int _depth;
    private bool _stuck;

    public Parser(string text, Vocabulary vocabulary)
    {
        _text = text;
        _leaves = new OperandParser(vocabulary, _errors);
    }

    private Lexeme Next => _lexemes[_next];

    public QueryResult Parse()
    {
        if (_text.Length > Query.MaxLength)
        {
            return new QueryResult(null, [new QueryError(Query.MaxLength, 1, $"the rule is longer than {Query.MaxLength} characters. Move its terms into a list and write #list.")]);
        }

        _lexemes = new Lexer(_text, _errors).Run();
        if (Next.Kind == LexemeKind.End && _errors.Count == 0)
        {
            return new QueryResult(null, [new QueryError(0, 1, "the rule is empty. Write at least one word.")]);
        }

        var query = ReadOr();
        if (Next.Kind == LexemeKind.Close && !_stuck)
        {
            Fail(Next, "\")\" closes nothing. Remove it, or add \"(\" before.");
        }

        if (query is not null && _errors.Count == 0)
        {
            new Validator(_errors).Check(query);
        }

        if (query is null || _errors.Count > 0)
        {
            return new QueryResult(null, [.. _errors.OrderBy(e => e.Offset)]);
        }

        var (words, needs) = StoryNeeds.Split(query);
        return new QueryResult(words, []) { Needs = needs };
    }

    private Query? ReadOr()
    {
        if (++_depth > MaxDepth)
        {
            Fail(Next, $"more than {MaxDepth} parentheses inside one another. Move parts into lists.");
            return null;
        }

        var start = Next.Offset;
        var operands = new List<Query>();
        Keep(operands, ReadAnd());
        while (Next.Kind == LexemeKind.Or && !_stuck)
        {
            _next++;
            Keep(operands, ReadAnd());
        }

        _depth--;
        return operands.Count switch { 0 => null, 1 => operands[0], _ => Place(new OrQuery(operands), start) };
    }

    private Query? ReadAnd()
    {
        var start = Next.Offset;
        var operands = new List<Query>();
        Keep(operands, ReadNear());
        while (!_stuck && (Next.Kind == LexemeKind.And || Next.IsOperand))
        {
            _next += Next.Kind == LexemeKind.And ? 1 : 0;
            Keep(operands, ReadNear());
        }

        return operands.Count switch { 0 => null, 1 => operands[0], _ => Place(new AndQuery(operands), start) };
    }

    private Query? ReadNear()
    {
        var start = Next.Offset;
        var left = ReadExcept();
        while (!_stuck && Next.Kind is LexemeKind.Near or LexemeKind.OrderedNear)
        {
            var near = _lexemes[_next++];
            var right = ReadExcept();
            left = left is null || right is null ? null : Place(new NearQuery(left, right, near.Number, near.Kind == LexemeKind.OrderedNear), start);
        }

        return left;
    }

    private Query? ReadExcept()
    {
        var start = Next.Offset;
        var left = ReadUnary();
        while (!_stuck && Next.Kind == LexemeKind.Except)
        {
            _next++;
            var right = ReadUnary();
            left = left is null || right is null ? null : Place(new ExceptQuery(left, right), start);
        }

        return left;
    }

    private Query? ReadUnary()
    {
        var lexeme = Next;
        if (lexeme.Kind == LexemeKind.Not)
        {
            _next++;
            if (++_depth > MaxDepth)
            {
                Fail(lexeme, $"more than {MaxDepth} NOTs inside one another.");
                return null;
            }

            var operand = ReadUnary();
            _depth--;
            return operand is null ? null : Place(new NotQuery(operand), lexeme.Offset);
        }

        if (!lexeme.IsOperand)
        {
            FailMissing(lexeme);
            return null;
        }

        _next++;
        return ReadOperand(lexeme);
    }

    private Query? ReadOperand(Lexeme lexeme)
    {
        switch (lexeme.Kind)
        {
            case LexemeKind.Open:
                return ReadGroup(lexeme);
            case LexemeKind.AtLeast:
                _next++;
                var counted = ReadGroup(_lexemes[_next - 1]);
                return counted is null ? null : Place(new AtLeastQuery(lexeme.Number, counted), lexeme.Offset);
            case LexemeKind.Field:
                return ReadField(lexeme);
            case LexemeKind.Filter:
                return Place(new FilterQuery(Enum.Parse<FilterKind>(lexeme.Text == "lang" ? "Language" : lexeme.Text, ignoreCase: true), lexeme.Value), lexeme.Offset);
            case LexemeKind.Said:
                return ReadSaid(lexeme);
            case LexemeKind.Story:
                return Place(new StoryQuery(lexeme.Text == "publishers" ? StorySources.Publishers : StorySources.Independent, lexeme.Number), lexeme.Offset);
            default:
                return Place(_leaves.Read(lexeme), lexeme.Offset);
        }
    }

    private Query? ReadGroup(Lexeme open)
    {
        if (Next.Kind == LexemeKind.Close)
        {
            Fail(open, "there is nothing between these parentheses. Write a word, or remove them.");
            return null;
        }

        var query = ReadOr();
        if (_stuck)
        {
            return null;
        }

        if (Next.Kind != LexemeKind.Close)
        {
            Fail(open, "\"(\" is never closed. Add \")\".");
            return null;
        }

        _next++;
        return query;
    }

    // said:@brandt, said:@brandt(sanctions OR truce): the parenthesis directly behind the name belongs to it.
    private SaidQuery? ReadSaid(Lexeme lexeme)
    {
        var speaker = _leaves.ReadSpeaker(lexeme);
        if (Next.Kind != LexemeKind.Open || Next.Offset != lexeme.Offset + lexeme.Length)
        {
            return Place(new SaidQuery(speaker, null), lexeme.Offset);
        }

        _next++;
        var inside = ReadGroup(_lexemes[_next - 1]);
        return inside is null ? null : Place(new SaidQuery(speaker, inside), lexeme.Offset);
    }

    private FieldQuery? ReadField(Lexeme lexeme)
    {
        if (!Next.IsOperand || Next.Kind is LexemeKind.Not or LexemeKind.Filter or LexemeKind.Deadline or LexemeKind.Said or LexemeKind.Story or LexemeKind.Changed)
        {
            Fail(lexeme, $"{lexeme.Text}: needs a word, a phrase or parentheses right behind it.");
            return null;
        }

        var operand = ReadOperand(_lexemes[_next++]);
        return operand is null ? null : Place(new FieldQuery(Enum.Parse<Field>(lexeme.Text, ignoreCase: true), operand), lexeme.Offset);
    }

    private void FailMissing(Lexeme found)
    {
        var operatorBefore = _next > 0 && _lexemes[_next - 1].Kind is > LexemeKind.Close and < LexemeKind.End ? _lexemes[_next - 1] : (Lexeme?)null;
        if (operatorBefore is { } before)
        {
            Fail(before, $"{before.Text} needs a word, a phrase or parentheses on its right.");
        }
        else if (found.Kind is LexemeKind.Close && _next == 0)
        {
            Fail(found, "\")\" closes nothing. Remove it, or add \"(\" before.");
        }
        else
        {
            Fail(found, found.Kind == LexemeKind.End ? "a word is missing here." : $"{found.Text} needs a word, a phrase or parentheses on its left.");
        }
    }

    // Behind a structural error nothing more can be trusted.
    private void Fail(Lexeme lexeme, string message)
    {
        if (!_stuck)
        {
            _errors.Add(new QueryError(lexeme.Offset, lexeme.Length, message));
        }

        _stuck = true;
    }

    private T Place<T>(T query, int start)
        where T : Query
    {
        var last = _lexemes[_next - 1];
        return (T)(query with { Offset = start, Length = last.Offset + last.Length - start });
    }

    private static void Keep(List<Query> operands, Query? operand)
    {
        if (operand is not null)
        {
            operands.Add(operand);
        }
    }
}
