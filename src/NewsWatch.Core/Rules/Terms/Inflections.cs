using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>
/// The inflections of an English word: plural and third person, past, participle, -ing, comparison; with the irregular words that news uses. A list of forms, never a stem:
/// <c>news~</c> is not <c>new</c>, <c>universe~</c> is not <c>university</c>.
/// </summary>
internal static class Inflections
{
    private static readonly string[] VerbPrefixes = ["under", "inter", "over", "fore", "with", "for", "out", "mis", "re", "un", "up", "in", "off"];

    private static readonly Dictionary<string, string[]> ByForm = IndexForms();
    private static readonly ILookup<bool, string> Adjectives = WordList.Lines("Rules.Terms.Words.en-adjectives.txt").Select(line => line.Split(' '))
        .SelectMany(line => line[0] == "not" ? line.Skip(1).Select(word => (Word: word, IsCompared: false)) : line.Select(word => (Word: word, IsCompared: true)))
        .ToLookup(entry => entry.IsCompared, entry => entry.Word);

    private static readonly HashSet<string> Compared = [.. Adjectives[true]];
    private static readonly HashSet<string> NotCompared = [.. Adjectives[false]];

    /// <summary>Every form of a folded word, the word itself first; of two letters only the plural: MPs.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        if (FamilyOf(word) is { } family)
        {
            return [word, .. family.Append(PluralOfForm(word, family)).Where(f => f != word)];
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
        if (IsCompared(word) || (word.StartsWith("un", StringComparison.Ordinal) && IsCompared(word[2..])))
        {
            AddComparison(forms, word);
        }

        return forms;
    }

    // Some past forms are nouns: shots, thoughts, roses.
    private static string PluralOfForm(string word, IEnumerable<string> family) => word == family.First() || word[^1] is not ('t' or 'e' or 'w') ? word : word + "s";

    // A verb with its ing is known behind a prefix too: overrun, overran. Of women, spokeswomen and airwomen the plural alone is irregular.
    private static IEnumerable<string>? FamilyOf(string word)
    {
        if (ByForm.TryGetValue(word, out var family))
        {
            return family;
        }

        if (word.EndsWith("woman", StringComparison.Ordinal) || word.EndsWith("women", StringComparison.Ordinal))
        {
            return [word[..^2] + "an", word[..^2] + "en"];
        }

        var prefix = Array.Find(VerbPrefixes, prefix => word.StartsWith(prefix, StringComparison.Ordinal) && ByForm.TryGetValue(word[prefix.Length..], out var verb) && verb.Any(IsGerund));
        return prefix is null ? null : ByForm[word[prefix.Length..]].Select(form => prefix + form);
    }

    private static bool IsGerund(string form) => form.EndsWith("ing", StringComparison.Ordinal);

    private static Dictionary<string, string[]> IndexForms()
    {
        var index = new Dictionary<string, string[]>();
        var families = WordList.Lines("Rules.Terms.Words.en.txt").Select(line => line.Split(' ')).ToList();
        families.ForEach(family => index.TryAdd(family[0], family));
        foreach (var family in families)
        {
            Array.ForEach(family, form => index.TryAdd(form, family));
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

        if (word.EndsWith("sis", StringComparison.Ordinal))
        {
            return word[..^2] + "es";
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

    private static bool IsCompared(string word) => Compared.Contains(word) || (word.Length > 3 && EndsInConsonantY(word) && Syllables(word[..^1]) == 1 && !NotCompared.Contains(word));

    private static void AddComparison(List<string> forms, string word)
    {
        var stem = EndsInConsonantY(word) ? word[..^1] + "i" : word.Length > 4 && word.EndsWith("ey", StringComparison.Ordinal) ? word[..^2] + "i" : word.EndsWith('e') ? word[..^1] : Doubles(word) && Syllables(word) == 1 ? word + word[^1] : word;
        Add(forms, stem + "er");
        Add(forms, stem + "est");
    }

    // Consonant, single vowel, consonant: ban, banned. In longer words the stress decides, which spelling does not show: both forms then.
    private static bool Doubles(string word) =>
        word.Length >= 3 && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'y' or 'h') && IsVowel(word[^2]) && (!IsVowel(word[^3]) || word.EndsWith("quip", StringComparison.Ordinal) || word.EndsWith("quit", StringComparison.Ordinal));

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
