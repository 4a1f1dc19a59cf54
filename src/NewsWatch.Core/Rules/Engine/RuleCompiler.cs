using NewsWatch.Core.Rules.Engine.Trie;
using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Rules.Terms;


namespace NewsWatch.Core.Rules.Engine;

/// <summary>Turns parsed rules into instructions, a term trie and postings. Clauses with the same text are one clause, whatever rule they stand in.</summary>
internal sealed class RuleCompiler(Vocabulary vocabulary)
{
    private readonly TrieBuilder _trie = new();
    private readonly TermReader _reader = new();
    private readonly List<int> _code = [];
    private readonly Dictionary<string, int> _clauses = [];
    private readonly List<string> _clauseTexts = [];
    private readonly List<int> _regexClauses = [];
    private readonly List<RegexQuery> _regexes = [];
    private readonly List<VoiceClause> _voices = [];
    private readonly List<int> _voiceClauses = [];
    private readonly List<string> _termTexts = [];
    private readonly Dictionary<string, int> _termNumbers = [];
    private readonly List<FilterQuery> _filters = [];

    public CompiledRules Compile(IReadOnlyList<Rule> rules)
    {
        var starts = new int[rules.Count];
        for (var i = 0; i < rules.Count; i++)
        {
            starts[i] = _code.Count;
            WriteRule(rules[i]);
        }

        var layout = _trie.Build();
        var code = new RuleCode
        {
            Code = [.. _code],
            Starts = starts,
            RuleIds = [.. rules.Select(r => r.Id)],
            ClauseTexts = [.. _clauseTexts],
            TermTexts = [.. _termTexts],
            Filters = [.. _filters],
            Regexes = [.. _regexes.Select(r => RegexGuard.Compile(r.Pattern))],
            Voices = [.. _voices],
            FirstRegex = layout.Keys,
            FirstGroup = layout.FirstGroup,
        };
        PutKeys(code, layout);
        var keys = layout.Keys + _regexes.Count + _voices.Count;
        return new CompiledRules(layout.Trie, code, Postings.Choose(code, layout.ClauseCosts, keys), keys);
    }

    private void WriteRule(Rule rule)
    {
        if (rule.Unless is null)
        {
            Write(rule.When);
            return;
        }

        WriteOperator(Opcode.And, 0, () =>
        {
            Write(rule.When);
            WriteOperator(Opcode.Unless, 0, () => Write(rule.Unless));
        });
    }

    private void Write(Query query)
    {
        switch (query)
        {
            case AndQuery and:
                WriteAll(Opcode.And, and.Operands);
                break;
            case OrQuery or:
                WriteAll(Opcode.Or, or.Operands);
                break;
            case NotQuery not:
                WriteOperator(Opcode.Not, 0, () => Write(not.Operand));
                break;
            case NearQuery near:
                WriteOperator(Opcode.Near, (near.Distance * 2) + (near.Ordered ? 1 : 0), () =>
                {
                    Write(near.Left);
                    Write(near.Right);
                });
                break;
            case ExceptQuery except:
                WriteOperator(Opcode.Except, 0, () =>
                {
                    Write(except.Left);
                    Write(except.Right);
                });
                break;
            case AtLeastQuery atLeast:
                WriteOperator(Opcode.AtLeast, atLeast.Count, () => Write(atLeast.Operand));
                break;
            case FieldQuery field:
                WriteOperator(Opcode.Field, (int)field.Field, () => Write(field.Operand));
                break;
            case SaidQuery said:
                WriteOperator(Opcode.Said, said.Inside is null ? 0 : 1, () => WriteSaid(said));
                break;
            case FilterQuery filter:
                _code.Add((_filters.Count << 4) | (int)Opcode.Filter);
                _filters.Add(filter);
                break;
            default:
                WriteLeaf(query);
                break;
        }
    }

    private void WriteSaid(SaidQuery said)
    {
        WriteLeaf(said with { Inside = null });
        WriteLeaf(said.Speaker);
        if (said.Inside is not null)
        {
            Write(said.Inside);
        }
    }

    private void WriteAll(Opcode op, IReadOnlyList<Query> operands) => WriteOperator(op, operands.Count, () =>
    {
        foreach (var operand in operands)
        {
            Write(operand);
        }
    });

    private void WriteOperator(Opcode op, int argument, Action operands)
    {
        var at = _code.Count;
        _code.Add((argument << 4) | (int)op);
        _code.Add(0);
        operands();
        _code[at + 1] = _code.Count - at;
    }

    private void WriteLeaf(Query leaf)
    {
        var text = leaf.ToString();
        if (!_clauses.TryGetValue(text, out var clause))
        {
            clause = AddClause(leaf, text);
        }

        _code.Add((int)(leaf is RegexQuery or DeadlineQuery or SaidQuery ? Opcode.Regex : Opcode.Term));
        _code.Add(clause);
    }

    private int AddClause(Query leaf, string text)
    {
        var clause = _trie.AddClause();
        _clauses.Add(text, clause);
        _clauseTexts.Add(text);
        if (leaf is RegexQuery regex)
        {
            _regexes.Add(regex);
            _regexClauses.Add(clause);
        }
        else if (leaf is DeadlineQuery or SaidQuery)
        {
            _voices.Add(leaf is SaidQuery said ? VoiceClause.From(vocabulary.TermsOf(said.Speaker).Select(term => term.Text)) : new((DeadlineQuery)leaf, []));
            _voiceClauses.Add(clause);
        }
        else if (leaf is TermQuery term)
        {
            _trie.AddTerm(clause, _reader.ReadTerm(TermSource.Plain(term.Text)), -1);
        }
        else
        {
            AddTerms(clause, vocabulary.TermsOf(leaf));
        }

        return clause;
    }

    private void AddTerms(int clause, IEnumerable<TermSource> sources)
    {
        foreach (var source in sources)
        {
            var (text, term) = (source.Text, _reader.ReadTerm(source));
            if (_reader.Errors.Count > 0)
            {
                continue;
            }

            if (!_termNumbers.TryGetValue(text, out var number))
            {
                number = _termTexts.Count;
                _termNumbers.Add(text, number);
                _termTexts.Add(text);
            }

            _trie.AddTerm(clause, term, number);
        }
    }

    // Keys are known only when all terms are: now they go into the leaves.
    private void PutKeys(RuleCode code, TrieBuilder.Layout layout)
    {
        for (var i = 0; i < _regexClauses.Count; i++)
        {
            layout.ClauseKeys[_regexClauses[i]] = layout.Keys + i;
        }

        for (var i = 0; i < _voiceClauses.Count; i++)
        {
            layout.ClauseKeys[_voiceClauses[i]] = layout.Keys + _regexes.Count + i;
        }

        var at = 0;
        while (at < code.Code.Length)
        {
            if (code.OpAt(at) is Opcode.Term or Opcode.Regex)
            {
                code.Code[at] |= layout.ClauseKeys[code.Code[at + 1]] << 4;
            }

            at += code.OpAt(at) == Opcode.Filter ? 1 : 2;
        }
    }
}
