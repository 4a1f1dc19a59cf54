using System.Runtime.CompilerServices;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Hits;

/// <summary>One place where a key (a term or a group of terms) occurs: tokens <c>Start</c> to before <c>End</c>.</summary>
/// <param name="Start">First token.</param>
/// <param name="End">The token behind the last.</param>
/// <param name="Text">Number of the term's text, -1 for the clause's own; below -1: number of a regular expression's place.</param>
/// <param name="Next">The key's next occurrence, or -1.</param>
internal record struct Occurrence(int Start, int End, int Text, int Next);

/// <summary>
/// What one pass found in one document: which keys occur, and where. Reused from document to document: a new epoch forgets the last one without clearing.
/// </summary>
internal sealed class Findings(int keys, int rules)
{
    private readonly KeyState[] _states = new KeyState[keys];

    // The keys found, one bit each: small enough for the cache where the states are not.
    private readonly ulong[] _present = new ulong[(keys / 64) + 1];

    // Those of them that occur in title or body.
    private readonly ulong[] _inText = new ulong[(keys / 64) + 1];
    private readonly int[] _ruleEpochs = new int[rules];
    private readonly TokenStream _own = new();
    private Occurrence[] _occurrences = new Occurrence[1024];
    private Hit?[] _hits = new Hit?[1024];
    private int[] _touched = new int[1024];
    private int _occurrenceCount;
    private int _touchedCount;
    private readonly List<int> _regexesRun = [];
    private bool[] _flags = new bool[256];
    private Languages? _languages;
    private DocumentVoices? _voices;
    private int _epoch;

    /// <summary>The document.</summary>
    public Document Document { get; private set; } = new() { Title = "", Body = "" };

    /// <summary>The document's tokens.</summary>
    public TokenStream Tokens { get; private set; } = null!;

    /// <summary>The languages that the document may be in; looked at when the first form asks.</summary>
    public Languages Languages => _languages ??= LanguagesOf.Of(Tokens, Document);

    /// <summary>Where regular expressions matched: characters of the field.</summary>
    public List<(int From, int To)> RegexPlaces { get; } = [];

    /// <summary>Regular expressions that ran into their time limit.</summary>
    public List<int> SlowRegexes { get; } = [];

    /// <summary>Places of queries, while they are evaluated.</summary>
    public Places Places { get; } = new();

    /// <summary>The negations of the document.</summary>
    public Negation Negation { get; } = new();

    /// <summary>Rules that fire.</summary>
    public List<int> Fired { get; } = [];

    /// <summary>Hits of the rule at hand.</summary>
    public List<Hit> Hits { get; } = [];

    /// <summary>How many rules were run on the document.</summary>
    public int Candidates { get; set; }

    /// <summary>Each token's word among those of the rules.</summary>
    public Word[] Words { get; private set; } = new Word[1024];

    /// <summary>Room for a number of each token: those that mean anything to the rules.</summary>
    public int[] Relevant { get; private set; } = new int[1024];

    /// <summary>The keys found, in the order of their first occurrence.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    /// <summary>The first token that belongs neither to title nor body.</summary>
    public int BodyEnd { get; private set; }

    public void Begin(Document document)
    {
        _own.Read(document);
        Begin(document, _own);
    }

    /// <summary>As the other, with tokens that were read before; they must not change as long as these findings are used.</summary>
    public void Begin(Document document, TokenStream tokens)
    {
        _epoch++;
        Document = document;
        _hits.AsSpan(0, _occurrenceCount).Clear();
        foreach (var key in Touched)
        {
            _present[key >> 6] = 0;
            _inText[key >> 6] = 0;
        }

        _occurrenceCount = 0;
        _touchedCount = 0;
        _languages = null;
        _voices = null;
        RegexPlaces.Clear();
        SlowRegexes.Clear();
        _regexesRun.Clear();
        Fired.Clear();
        Negation.Begin();
        Candidates = 0;
        Tokens = tokens;
        BodyEnd = Tokens.FieldEnd(Field.Body);
        if (Words.Length < Tokens.Count)
        {
            Words = new Word[Tokens.Start.Length];
            Relevant = new int[Tokens.Start.Length];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(int key) => (_present[key >> 6] & (1UL << (key & 63))) != 0;

    /// <summary>Whether a key occurs in title or body.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasInText(int key) => (_inText[key >> 6] & (1UL << (key & 63))) != 0;

    /// <summary>The first occurrence of a key, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(int key)
    {
        ref var state = ref _states[key];
        return state.Epoch == _epoch ? state.Head : -1;
    }

    public ref readonly Occurrence this[int occurrence] => ref _occurrences[occurrence];

    /// <summary>The hit made for an occurrence, kept because rules share clauses.</summary>
    public ref Hit? HitOf(int occurrence) => ref _hits[occurrence];

    /// <summary>Records an occurrence.</summary>
    public void Add(int key, int start, int end, int text)
    {
        var occurrence = _occurrenceCount;
        if (occurrence == _occurrences.Length)
        {
            Grow();
        }

        ref var state = ref _states[key];
        if (state.Epoch == _epoch)
        {
            ref var last = ref _occurrences[state.Tail];
            if (last.Start == start && last.End == end)
            {
                return;
            }

            last.Next = occurrence;
            state.Tail = occurrence;
        }
        else
        {
            Touch(key, start < BodyEnd);
            state = new KeyState { Epoch = _epoch, Head = occurrence, Tail = occurrence };
        }

        _occurrences[occurrence] = new Occurrence(start, end, text, -1);
        _occurrenceCount = occurrence + 1;
    }

    /// <summary>So many flags, all down; good until the next call.</summary>
    public Span<bool> Flags(int count)
    {
        if (_flags.Length < count)
        {
            _flags = new bool[count * 2];
        }

        _flags.AsSpan(0, count).Clear();
        return _flags.AsSpan(0, count);
    }

    /// <summary>True the first time a rule is asked for in this document.</summary>
    public bool BeginRule(int rule)
    {
        if (_ruleEpochs[rule] == _epoch)
        {
            return false;
        }

        _ruleEpochs[rule] = _epoch;
        return true;
    }

    /// <summary>True the first time a regular expression is asked for in this document.</summary>
    public bool BeginRegex(int key)
    {
        if (_regexesRun.Contains(key))
        {
            return false;
        }

        _regexesRun.Add(key);
        return true;
    }

    /// <summary>Records a match of a regular expression that touches at least one token.</summary>
    public void AddRegexPlace(int key, Field field, int from, int to)
    {
        var first = Tokens.FieldBegin(field);
        var end = Tokens.FieldEnd(field);
        var start = first + LowerBound(Tokens.End.AsSpan(first, end - first), from + 1);
        var behind = first + LowerBound(Tokens.Start.AsSpan(first, end - first), to);
        if (start < behind)
        {
            RegexPlaces.Add((from, to));
            Add(key, start, behind, -1 - RegexPlaces.Count);
        }
    }

    /// <summary>Records the places of a clause about deadlines or speakers; the document is read for them when the first such clause asks.</summary>
    public void AddVoices(int key, VoiceClause clause)
    {
        _voices ??= new DocumentVoices(Document);
        foreach (var (field, from, to) in clause.PlacesIn(_voices))
        {
            AddRegexPlace(key, field, from, to);
        }
    }

    // The first index whose value is at least the wanted one.
    private static int LowerBound(ReadOnlySpan<int> values, int wanted)
    {
        var low = 0;
        var high = values.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = values[middle] < wanted ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // A key's first occurrence comes first: fields and tokens are read in order.
    private void Touch(int key, bool inText)
    {
        if (_touchedCount == _touched.Length)
        {
            Array.Resize(ref _touched, _touchedCount * 2);
        }

        _touched[_touchedCount++] = key;
        _present[key >> 6] |= 1UL << (key & 63);
        _inText[key >> 6] |= inText ? 1UL << (key & 63) : 0;
    }

    private void Grow()
    {
        Array.Resize(ref _occurrences, _occurrenceCount * 2);
        Array.Resize(ref _hits, _occurrenceCount * 2);
    }

    private struct KeyState
    {
        public int Epoch;
        public int Head;
        public int Tail;
    }
}
