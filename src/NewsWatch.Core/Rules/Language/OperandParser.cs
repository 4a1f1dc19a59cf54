using NewsWatch.Core.Rules.Terms;

namespace NewsWatch.Core.Rules.Language;

/// <summary>Reads the operands that stand for themselves: words, phrases, <c>{a|b}</c>, names, regular expressions.</summary>
internal sealed class OperandParser(Vocabulary vocabulary, List<QueryError> errors)
{
    private readonly TermReader _terms = new();

    /// <summary>The query of a single lexeme.</summary>
    public Query Read(Lexeme lexeme)
    {
        switch (lexeme.Kind)
        {
            case LexemeKind.Phrase:
                ReadTerm(lexeme.Text, lexeme.Offset + 1, lexeme);
                return new TermQuery(lexeme.Text, Quoted: true);
            case LexemeKind.Any:
                return ReadAny(lexeme);
            case LexemeKind.Entity:
                CheckName('@', "entity", lexeme, vocabulary.Entities.Keys);
                return new EntityQuery(lexeme.Text);
            case LexemeKind.List:
                CheckName('#', "list", lexeme, vocabulary.Lists.Keys);
                return new ListQuery(lexeme.Text);
            case LexemeKind.Deadline:
                return ReadDeadline(lexeme);
            case LexemeKind.Changed:
                return ReadChanged(lexeme);
            case LexemeKind.Regex:
                errors.AddRange(RegexGuard.Check(lexeme.Text).Select(m => new QueryError(lexeme.Offset, lexeme.Length, m)));
                return new RegexQuery(lexeme.Text);
            default:
                ReadTerm(lexeme.Text, lexeme.Offset, lexeme);
                return new TermQuery(lexeme.Text, Quoted: false);
        }
    }

    /// <summary>The speaker of <c>said:</c>.</summary>
    public Query ReadSpeaker(Lexeme lexeme)
    {
        var offset = lexeme.Offset + lexeme.Text.Length + 1;
        return lexeme.Number == 0 && lexeme.Value[0] == '@'
            ? Read(new Lexeme(LexemeKind.Entity, offset, lexeme.Value.Length, lexeme.Value[1..]))
            : Read(new Lexeme(lexeme.Number == 1 ? LexemeKind.Phrase : LexemeKind.Word, offset, lexeme.Value.Length, lexeme.Value));
    }

    private DeadlineQuery ReadDeadline(Lexeme lexeme)
    {
        var query = new DeadlineQuery(lexeme.Value);
        if (query is not ({ Value: "date" } or { Days: not null } or { Day: not null }))
        {
            errors.Add(new QueryError(lexeme.Offset, lexeme.Length, "by: needs date, a number of days up to 999 like 7d, or a day like 2025-08-31."));
        }

        return query;
    }

    private ChangedQuery ReadChanged(Lexeme lexeme)
    {
        var kind = Array.Find(Enum.GetValues<ChangedKinds>(), one => one != ChangedKinds.None && Printer.Name(one) == lexeme.Value);
        if (kind == ChangedKinds.None)
        {
            errors.Add(new QueryError(lexeme.Offset, lexeme.Length, "changed: needs number, negation, name, date, correction, withdrawn or any."));
        }

        return new(kind);
    }

    private AnyQuery ReadAny(Lexeme lexeme)
    {
        var terms = new List<string>();
        var offset = lexeme.Offset + 1;
        foreach (var part in lexeme.Text.Split('|'))
        {
            ReadTerm(part, offset, new Lexeme(LexemeKind.Word, offset, Math.Max(1, part.Length), part));
            terms.Add(part.Trim());
            offset += part.Length + 1;
        }

        return new AnyQuery(terms);
    }

    private void ReadTerm(string term, int offset, Lexeme lexeme)
    {
        _terms.ReadTerm(TermSource.Plain(term));
        foreach (var error in _terms.Errors)
        {
            var whole = error.Offset == 0 && error.Length >= term.Length;
            errors.Add(whole ? error with { Offset = lexeme.Offset, Length = lexeme.Length } : error with { Offset = offset + error.Offset });
        }
    }

    private void CheckName(char sign, string what, Lexeme lexeme, IEnumerable<string> names)
    {
        if (names.Contains(lexeme.Text))
        {
            return;
        }

        var nearest = SpellingSuggester.To(lexeme.Text, names) is { } name ? sign + name : null;
        var advice = nearest is null ? $"Define it under {(sign == '@' ? "Entities" : "Lists")}." : $"Did you mean {nearest}?";
        errors.Add(new QueryError(lexeme.Offset, lexeme.Length, $"unknown {what} {sign}{lexeme.Text}. {advice}", nearest));
    }
}
