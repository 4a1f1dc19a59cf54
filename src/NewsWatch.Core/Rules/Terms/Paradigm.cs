using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>
/// How the words of one language change, read from text resources. Their lines:
/// <code>
/// = go goes went gone going       the forms of an irregular word: these and no others
/// $adj : er em en es e            a name for endings
/// * tenir tient tenu$adj          what an irregular verb has beside the regular forms, also behind a prefix: obtenir, obtient
/// ar er | e>ie o>ue : o as a $adj endings of the dictionary form; what may change in its stem; the endings that replace it
/// prefixes an auf ge              prefixes that stand before any form of a verb
/// between zu                      what may stand between prefix and verb
/// reflexive ся сь                 what may stand behind any form
/// not ar familiar nuclear         words that end so and are no verbs: the lines of this ending are not theirs
/// only ar contar cerrar           the stem changes before this ending in these words alone, also behind a prefix: descontar
/// </code>
/// A dictionary form's ending is replaced, or with <c>/</c> before it kept; with <c>=</c> before it it is the whole word. A new ending may be <c>-</c> (none), <c>&lt;x</c> (the stem's last letter goes), <c>^x</c> (it is doubled), <c>ge-x</c> (something is before the stem);
/// <c>1</c> and <c>2</c> in it are the vowels of Turkish that follow the one before: see <see cref="Harmony"/>.
/// </summary>
internal sealed class Paradigm
{
    private const int MinStemLength = 2;
    private const int MinBaseLength = 4;
    private const int MaxEndingLength = 6;

    // Behind less than this at least two letters must be left.
    private const int LongEnding = 2;
    private const int MaxPrefixLength = 9;

    // So many letters may stand between what changes in a stem and the stem's end.
    private const int MaxCodaLength = 3;
    private readonly Dictionary<string, string[]> _families = [];
    private readonly Dictionary<string, string[]> _irregular = [];
    private readonly Dictionary<string, string[]> _names = [];
    private readonly Dictionary<string, List<Pattern>> _patterns = [];
    private readonly HashSet<(string Ending, string Word)> _exceptions = [];
    private readonly Dictionary<string, List<string>> _changing = [];
    private string[] _prefixes = [];
    private string[] _between = [];
    private string[] _reflexive = [];

    public Paradigm(params string[] resources)
    {
        foreach (var line in resources.SelectMany(resource => WordList.Lines($"Rules.Terms.Words.{resource}.txt")).Select(Folding.Fold))
        {
            Read(line);
        }
    }

    // Ending as written; Removed: how many letters of the word the new endings replace.
    private sealed record Pattern(string Ending, int Removed, (string From, string To)[] Changes, string[] Endings);

    /// <summary>The forms of a folded word, with itself.</summary>
    public IReadOnlySet<string> FormsOf(string word)
    {
        var forms = new HashSet<string> { word };
        if (_families.TryGetValue(word, out var family))
        {
            forms.UnionWith(family);
            return forms;
        }

        AddIrregular(word, forms);
        AddRegular(word, forms);
        AddBehindPrefixes(word, forms);
        foreach (var reflexive in _reflexive.Where(r => word.EndsWith(r, StringComparison.Ordinal) && word.Length > r.Length + MinStemLength))
        {
            forms.UnionWith(FormsOf(word[..^reflexive.Length]).SelectMany(form => _reflexive.Select(r => form + r)));
        }

        return forms;
    }

    private void Read(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "=":
                Array.ForEach(words[1..], form => _families.TryAdd(form, words[1..]));
                break;
            case "*":
                _irregular.Add(words[1], [.. words[1..].SelectMany(Expand).Distinct()]);
                break;
            case "prefixes":
                _prefixes = [.. words[1..].OrderByDescending(prefix => prefix.Length)];
                break;
            case "between":
                _between = words[1..];
                break;
            case "reflexive":
                _reflexive = words[1..];
                break;
            case "not":
                _exceptions.UnionWith(words[2..].Select(word => (words[1], word)));
                break;
            case "only":
                (_changing.TryGetValue(words[1], out var changing) ? changing : _changing[words[1]] = []).AddRange(words[2..]);
                break;
            default:
                ReadPattern(words, Array.IndexOf(words, ":"));
                break;
        }
    }

    private void ReadPattern(string[] words, int colon)
    {
        if (colon < 1)
        {
            throw new InvalidOperationException($"a line of the word lists lacks its colon: {string.Join(' ', words)}");
        }

        var endings = words[(colon + 1)..].SelectMany(Expand).Distinct().ToArray();
        if (words[0][0] == '$')
        {
            _names.Add(words[0], endings);
            return;
        }

        var bar = Array.IndexOf(words, "|");
        var changes = bar < 0 ? [] : words[(bar + 1)..colon].Select(change => change.Split('>')).Select(pair => (pair[0], pair[1])).ToArray();
        foreach (var ending in words[..(bar < 0 ? colon : bar)])
        {
            var key = ending == "-" ? "" : ending.TrimStart('/');
            (_patterns.TryGetValue(key, out var patterns) ? patterns : _patterns[key] = []).Add(new Pattern(ending, ending[0] is '/' or '=' ? 0 : key.Length, changes, endings));
        }
    }

    private IEnumerable<string> Expand(string ending)
    {
        var name = ending.IndexOf('$', StringComparison.Ordinal);
        return name < 0 ? [ending] : _names[ending[name..]].Select(each => ending[..name] + (each == "-" && name > 0 ? "" : each));
    }

    private void AddIrregular(string word, HashSet<string> forms)
    {
        for (var length = 0; length <= MaxPrefixLength && (length == 0 || word.Length - length >= MinBaseLength); length++)
        {
            if (_irregular.TryGetValue(word[length..], out var family))
            {
                forms.UnionWith(family.Select(form => word[..length] + form));
            }
        }
    }

    private void AddRegular(string word, HashSet<string> forms)
    {
        _patterns.GetValueOrDefault("=" + word, []).ForEach(pattern => Apply(pattern, word, forms));
        for (var length = 0; length <= Math.Min(MaxEndingLength, word.Length); length++)
        {
            foreach (var pattern in _patterns.GetValueOrDefault(word[^length..], []))
            {
                if (word.Length - pattern.Removed >= (pattern.Removed > LongEnding ? 1 : MinStemLength) && !_exceptions.Contains((pattern.Ending, word)))
                {
                    Apply(pattern, word, forms);
                }
            }
        }
    }

    private void Apply(Pattern pattern, string word, HashSet<string> forms)
    {
        var stem = word[..^pattern.Removed];
        AddEndings(stem, pattern.Endings, forms);
        foreach (var (from, to) in Changes(pattern, word) ? pattern.Changes : [])
        {
            if (stem.LastIndexOf(from, StringComparison.Ordinal) is >= 0 and var at && stem.Length - at - from.Length <= MaxCodaLength)
            {
                AddEndings(stem[..at] + to + stem[(at + from.Length)..], pattern.Endings, forms);
            }
        }
    }

    private bool Changes(Pattern pattern, string word) =>
        !_changing.TryGetValue(pattern.Ending, out var words) || words.Exists(each => word.EndsWith(each, StringComparison.Ordinal));

    private static void AddEndings(string stem, string[] endings, HashSet<string> forms)
    {
        foreach (var ending in endings)
        {
            if (ending.AsSpan().ContainsAny('1', '2'))
            {
                forms.UnionWith(Harmony.Of(stem, ending));
                continue;
            }

            forms.Add(ending switch
            {
                "-" => stem,
                ['<', .. var rest] => stem[..^1] + rest,
                ['^', .. var rest] => stem + stem[^1] + rest,
                _ when ending.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash => ending[..dash] + stem + ending[(dash + 1)..],
                _ => stem + ending,
            });
        }
    }

    private void AddBehindPrefixes(string word, HashSet<string> forms)
    {
        foreach (var prefix in _prefixes.Where(prefix => word.Length - prefix.Length >= MinBaseLength && word.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var verb = word[prefix.Length..];
            var theirs = _irregular.TryGetValue(verb, out var family) ? family.ToHashSet() : [];
            AddRegular(verb, theirs);

            // "angegriffen" keeps its ge, "begriffen" loses it.
            forms.UnionWith(theirs.Select(form => prefix + form));
            forms.UnionWith(theirs.Where(form => form.StartsWith("ge", StringComparison.Ordinal) && form.Length > MinBaseLength).Select(form => prefix + form[2..]));
            forms.UnionWith(_between.Select(between => prefix + between + verb));
        }
    }
}
