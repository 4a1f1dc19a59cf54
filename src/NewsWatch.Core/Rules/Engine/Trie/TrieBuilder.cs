using NewsWatch.Core.Rules.Hits;
using NewsWatch.Core.Rules.Terms;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Engine.Trie;

/// <summary>Gathers the terms of all clauses, then lays them out as one trie.</summary>
internal sealed class TrieBuilder
{
    private readonly Dictionary<string, int> _words = [];
    private readonly Dictionary<WordClass, ClassForms> _classes = [];
    private readonly FormCollector _forms = new();

    // Classes whose forms may be one token or several, so that two of them can begin at one place ("tariff", "tariff-i").
    private readonly HashSet<int> _formsOfManyLengths = [];
    private readonly List<List<Pending>> _clauses = [];
    private readonly Dictionary<ulong, int> _edges = [];
    private readonly Dictionary<int, List<Emission>> _emissions = [];
    private float[] _symbolCosts = [];
    private List<float> _nodeCosts = [];
    private TrieNodeFlags[] _symbolUses = [];
    private List<TrieNodeFlags> _uses = [];

    // Words that meet the same tokens.
    private readonly record struct WordClass(WordKind Kind, string Folded, Languages Languages, bool Capital)
    {
        public bool IsTail => Kind is WordKind.Tail or WordKind.InflectedTail;

        public bool IsOneToken => IsTail || Kind == WordKind.Wildcard;

        public static WordClass From(TermWord word) => new(word.Kind, word.Folded, word.Languages, word.Capital);
    }

    // A class's number, the guessed share of articles with a word of it, and for tails their ends.
    private readonly record struct ClassForms(int Number, float Cost, IReadOnlyList<Form> Tails);

    // A sequence of symbols; a class is written as its complement until the number of words is known.
    private readonly record struct Pending(int[] Symbols, int Text, TermWord[]? Condition);

    /// <summary>What the layout gave: the trie, each clause's key and cost, and the number of keys.</summary>
    public sealed record Layout(TermTrie Trie, int[] ClauseKeys, int FirstGroup, int Keys, float[] ClauseCosts);

    /// <summary>Begins a clause; its terms follow.</summary>
    public int AddClause()
    {
        _clauses.Add([]);
        return _clauses.Count - 1;
    }

    /// <summary>Adds a term to a clause.</summary>
    public void AddTerm(int clause, Term term, int text)
    {
        foreach (var sequence in term.Sequences)
        {
            var conditioned = sequence.Any(w => w.HasCondition);
            _clauses[clause].Add(new Pending([.. sequence.Select(SymbolOf)], text, conditioned ? sequence : null));
        }
    }

    public Layout Build()
    {
        var symbols = _words.Count + _classes.Count;
        string[] words = [.. _words.Keys];
        _symbolUses = new TrieNodeFlags[symbols];
        _symbolCosts = MeasureSymbols(words);
        _uses = [.. _symbolUses];
        _nodeCosts = [.. _symbolCosts];
        var clauseNodes = LayOutClauses();
        var (keys, firstGroup, count) = NumberKeys(clauseNodes);
        var wildcards = new Wildcards(_classes.Where(c => c.Key.Kind == WordKind.Wildcard).Select(c => new Wildcard(c.Key.Folded, _words.Count + c.Value.Number)));
        var tails = new Tails(_classes.Where(c => c.Key.IsTail).SelectMany(c => c.Value.Tails.Select(form => new Tail(form.Folded, new ClassUse(_words.Count + c.Value.Number, c.Key.Languages, c.Key.Capital, OneToken: true)))));
        var uses = _uses.ToArray();
        var classes = FindPatterns(words, wildcards, tails, uses);
        var forms = _forms.Build(_words.Count);
        for (var word = 0; word < words.Length; word++)
        {
            uses[word] |= forms.Contains(WordHash.Of(words[word])) ? TrieNodeFlags.Classes : TrieNodeFlags.None;
        }

        var trie = new TermTrie
        {
            Words = new WordTable(words, uses, forms.Hashes),
            Forms = forms,
            Wildcards = wildcards,
            Tails = tails,
            Edges = new EdgeTable(_edges),
            Symbols = symbols,
            Classes = classes,
            Emissions = _emissions.ToDictionary(e => e.Key, e => e.Value.ToArray()),
            Uses = uses,
        };
        return new Layout(trie, keys, firstGroup, count, [.. clauseNodes.Select(c => c.Sum(n => _nodeCosts[n]))]);
    }

    private int SymbolOf(TermWord word)
    {
        if (word.Kind == WordKind.Exact)
        {
            return WordOf(word.Folded);
        }

        var words = WordClass.From(word);
        if (!_classes.TryGetValue(words, out var known))
        {
            known = AddClass(words, word.Forms());
        }

        return ~known.Number;
    }

    private ClassForms AddClass(WordClass words, IReadOnlyList<Form> forms)
    {
        var added = new ClassForms(_classes.Count, words.IsOneToken ? 0.05f : forms.Sum(form => WordFrequency.Estimate(form.Folded)), words.IsTail ? forms : []);
        _classes.Add(words, added);
        if (!words.IsOneToken)
        {
            _formsOfManyLengths.Add(added.Number);
            _forms.Add(added.Number, forms);
        }

        return added;
    }

    private int WordOf(string folded)
    {
        if (!_words.TryGetValue(folded, out var word))
        {
            word = _words.Count;
            _words.Add(folded, word);
        }

        return word;
    }

    private float[] MeasureSymbols(string[] texts)
    {
        var costs = new float[_words.Count + _classes.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            costs[i] = WordFrequency.Estimate(texts[i]);
        }

        foreach (var known in _classes.Values)
        {
            costs[_words.Count + known.Number] = known.Cost;
        }

        return costs;
    }

    // Every sequence becomes a way through the trie; a clause is the nodes where its sequences end.
    private List<int[]> LayOutClauses() => [.. _clauses.Select(c => c.Select(p => LayOut(p.Symbols)).ToArray())];

    private int LayOut(int[] symbols)
    {
        var node = Resolve(symbols[0]);
        var cheapest = _symbolCosts[node];
        for (var i = 1; i < symbols.Length; i++)
        {
            var symbol = Resolve(symbols[i]);
            cheapest = Math.Min(cheapest, _symbolCosts[symbol]);
            _uses[node] |= TrieNodeFlags.Branches;
            _uses[symbol] |= TrieNodeFlags.Continues;
            var key = EdgeTable.Key(node, symbol);
            if (!_edges.TryGetValue(key, out var next))
            {
                next = _uses.Count;
                _uses.Add(TrieNodeFlags.None);
                _nodeCosts.Add(cheapest * 0.03f);
                _edges.Add(key, next);
            }

            node = next;
        }

        return node;
    }

    private int Resolve(int symbol) => symbol >= 0 ? symbol : _words.Count + ~symbol;

    // A clause that is one plain term has its node as key; any other clause has a group key that its terms emit, and keeps the longest of nested places.
    private (int[] Keys, int FirstGroup, int Count) NumberKeys(List<int[]> clauseNodes)
    {
        var next = _uses.Count;
        var keys = new int[_clauses.Count];
        for (var clause = 0; clause < _clauses.Count; clause++)
        {
            var terms = _clauses[clause];
            if (terms is [{ Condition: null } only] && !only.Symbols.Any(symbol => symbol < 0 && _formsOfManyLengths.Contains(~symbol)))
            {
                keys[clause] = clauseNodes[clause][0];
                _uses[keys[clause]] |= TrieNodeFlags.Term;
                continue;
            }

            keys[clause] = next++;
            for (var i = 0; i < terms.Count; i++)
            {
                Emit(clauseNodes[clause][i], new Emission(keys[clause], terms[i].Text, terms[i].Condition));
            }
        }

        return (keys, _uses.Count, next);
    }

    private void Emit(int node, Emission emission)
    {
        _uses[node] |= TrieNodeFlags.Emits;
        if (!_emissions.TryGetValue(node, out var list))
        {
            _emissions.Add(node, list = []);
        }

        list.Add(emission);
    }

    private static ClassTable FindPatterns(string[] words, Wildcards wildcards, Tails tails, TrieNodeFlags[] uses)
    {
        var classes = new List<(int Word, ClassUse Use)>();
        for (var word = 0; word < words.Length; word++)
        {
            foreach (var wildcard in wildcards.Near(words[word]))
            {
                if (Glob.Matches(wildcard.Pattern, words[word]))
                {
                    classes.Add((word, new ClassUse(wildcard.Symbol, Languages.All, Capital: false, OneToken: true)));
                }
            }

            foreach (var tail in tails.Of(words[word]))
            {
                classes.Add((word, tail.Use));
            }
        }

        classes.ForEach(one => uses[one.Word] |= TrieNodeFlags.Classes);
        return new ClassTable(words.Length, classes);
    }
}
