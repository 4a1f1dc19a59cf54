namespace NewsWatch.Core.Rules.Language;

/// <summary>
/// The inflections of an English word: plural and third person, past, participle, -ing; with the irregular words that news uses. A list of forms, never a stem:
/// <c>news~</c> is not <c>new</c>, <c>universe~</c> is not <c>university</c>.
/// </summary>
internal static class Inflections
{
    // One family a line; the first form is the base.
    private static readonly string[] Irregular =
    [
        "be is are was were been being am", "have has had having", "do does did done doing", "go goes went gone going", "say says said saying",
        "make makes made making", "take takes took taken taking", "give gives gave given giving", "get gets got gotten getting", "come comes came coming",
        "strike strikes struck stricken striking", "withdraw withdraws withdrew withdrawn withdrawing", "fight fights fought fighting", "win wins won winning",
        "lose loses lost losing", "shoot shoots shot shooting", "kill kills killed killing", "hold holds held holding", "meet meets met meeting meetings",
        "speak speaks spoke spoken speaking", "tell tells told telling", "leave leaves left leaving", "begin begins began begun beginning", "break breaks broke broken breaking",
        "choose chooses chose chosen choosing", "fall falls fell fallen falling", "rise rises rose risen rising", "grow grows grew grown growing", "know knows knew known knowing",
        "see sees saw seen seeing", "send sends sent sending", "spend spends spent spending", "sell sells sold selling", "buy buys bought buying", "build builds built building buildings",
        "bring brings brought bringing", "seek seeks sought seeking", "think thinks thought thinking", "catch catches caught catching", "teach teaches taught teaching",
        "find finds found finding findings", "stand stands stood standing", "run runs ran running", "sink sinks sank sunk sinking", "steal steals stole stolen stealing",
        "swear swears swore sworn swearing", "drive drives drove driven driving", "fly flies flew flown flying", "freeze freezes froze frozen freezing", "forbid forbids forbade forbidden forbidding",
        "overthrow overthrows overthrew overthrown overthrowing", "throw throws threw thrown throwing", "write writes wrote written writing", "lead leads led leading",
        "feed feeds fed feeding", "flee flees fled fleeing", "pay pays paid paying", "lay lays laid laying", "lie lies lay lain lied lying", "die dies died dying",
        "hit hits hitting", "cut cuts cutting", "set sets setting", "put puts putting", "shut shuts shutting", "quit quits quitting", "split splits splitting", "spread spreads spreading",
        "cost costs costing", "hurt hurts hurting", "bet bets betting", "let lets letting", "burst bursts bursting", "cast casts casting", "bid bids bidding",
        "broadcast broadcasts broadcasting", "shake shakes shook shaken shaking", "wear wears wore worn wearing", "tear tears tore torn tearing", "hide hides hid hidden hiding",
        "deal deals dealt dealing dealings", "keep keeps kept keeping", "feel feels felt feeling", "mean means meant meaning", "sit sits sat sitting", "swim swims swam swum swimming",
        "man men", "woman women", "child children", "person people persons", "foot feet", "tooth teeth", "goose geese", "mouse mice", "ox oxen", "policeman policemen", "spokesman spokesmen",
        "crisis crises", "analysis analyses", "basis bases", "hypothesis hypotheses", "emphasis emphases", "oasis oases", "thesis theses", "diagnosis diagnoses", "parenthesis parentheses",
        "criterion criteria", "phenomenon phenomena", "medium media", "memorandum memoranda memorandums", "referendum referenda referendums", "bacterium bacteria", "nucleus nuclei",
        "life lives", "wife wives", "knife knives", "half halves", "leaf leaves", "thief thieves", "wolf wolves", "shelf shelves", "self selves", "calf calves", "loaf loaves",
        "veto vetoes vetos vetoed vetoing", "embargo embargoes embargos embargoed embargoing", "hero heroes", "echo echoes echoed echoing", "torpedo torpedoes torpedoed torpedoing", "potato potatoes", "tomato tomatoes",
        "panic panics panicked panicking", "traffic traffics trafficked trafficking", "picnic picnics picnicked picnicking", "focus focuses focused focusing focussed focussing",
        "bus buses bused busing bussed bussing", "gas gases gasses gassed gassing", "plan plans planned planning", "ban bans banned banning bannings",
        "tax taxes taxed taxing", "market markets marketed marketing", "target targets targeted targeting targetted targetting", "profit profits profited profiting",
        "news", "politics", "economics", "series", "species", "headquarters", "mathematics", "physics", "ethics", "athletics", "gymnastics", "premises", "means", "measles",
        "congress congresses", "sheep", "deer", "fish fishes fished fishing", "aircraft", "spacecraft", "offspring", "police polices policed policing",
    ];

    private static readonly Dictionary<string, string[]> ByForm = IndexForms();

    /// <summary>Every form of a folded word, the word itself first; of two letters only the plural: MPs.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        if (ByForm.TryGetValue(word, out var family))
        {
            return [word, .. family.Where(f => f != word)];
        }

        if (word.Length < 3 || !word.All(char.IsAsciiLetter))
        {
            return word.Length == 2 && word.All(char.IsAsciiLetter) ? [word, word + "s"] : [word];
        }

        var forms = new List<string> { word };
        var stem = Singular(word);
        Add(forms, stem);
        Add(forms, Plural(stem));
        if (stem.EndsWith('o'))
        {
            Add(forms, stem + "s");
        }

        AddVerbForms(forms, stem);
        return forms;
    }

    private static Dictionary<string, string[]> IndexForms()
    {
        var index = new Dictionary<string, string[]>();
        foreach (var line in Irregular)
        {
            var family = line.Split(' ');
            foreach (var form in family)
            {
                index.TryAdd(form, family);
            }
        }

        return index;
    }

    private static void Add(List<string> forms, string form)
    {
        if (!forms.Contains(form))
        {
            forms.Add(form);
        }
    }

    /// <summary>The singular of a regular plural; any other word as it is. A word written in its plural is its singular: sanctions~ is sanction~.</summary>
    public static string Singular(string word)
    {
        if (!word.EndsWith('s') || word.Length < 4 || word[^2] is 's' or 'u' or 'i' or 'a' or 'o')
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
        {
            return word[..^3] + "y";
        }

        var hissing = word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal);
        return hissing ? word[..^2] : word[..^1];
    }

    private static string Plural(string word)
    {
        if (EndsInConsonantY(word))
        {
            return word[..^1] + "ies";
        }

        var hissing = word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal);
        return hissing || (word[^1] == 'o' && !IsVowel(word[^2])) ? word + "es" : word + "s";
    }

    private static void AddVerbForms(List<string> forms, string word)
    {
        if (word.EndsWith('e'))
        {
            Add(forms, word + "d");
            Add(forms, word.EndsWith("ie", StringComparison.Ordinal) ? word[..^2] + "ying" : word[^2] is 'e' or 'o' or 'y' ? word + "ing" : word[..^1] + "ing");
            return;
        }

        if (Doubles(word))
        {
            Add(forms, word + word[^1] + "ed");
            Add(forms, word + word[^1] + "ing");
            if (Syllables(word) == 1)
            {
                return;
            }
        }

        Add(forms, EndsInConsonantY(word) ? word[..^1] + "ied" : word + "ed");
        Add(forms, word + "ing");
    }

    // Consonant, single vowel, consonant: ban, banned. In longer words the stress decides, which spelling does not show: both forms then.
    private static bool Doubles(string word) =>
        word.Length >= 3 && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'y' or 'h') && IsVowel(word[^2]) && !IsVowel(word[^3]);

    private static int Syllables(string word)
    {
        var count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            count += IsVowel(word[i]) && (i == 0 || !IsVowel(word[i - 1])) ? 1 : 0;
        }

        return count;
    }

    private static bool EndsInConsonantY(string word) => word[^1] == 'y' && word.Length > 1 && !IsVowel(word[^2]);

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
