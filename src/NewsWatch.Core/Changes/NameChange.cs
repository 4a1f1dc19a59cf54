using NewsWatch.Core.Text;

namespace NewsWatch.Core.Changes;

/// <summary>Tells a name that changed from other words that begin with a capital.</summary>
internal sealed class NameChange(VersionText before, VersionText after, ChangeWords vocabulary, DiffBudget budget)
{
    // Endings that a name takes in another case or number: Дорин, Дорина; Varena's.
    private static readonly HashSet<string> Endings =
    [
        "", "s", "es", "n", "en", "e", "er", "em", "а", "у", "е", "ом", "ым", "ой", "ы", "и", "ю", "я", "ем", "ей", "й", "ого", "ому", "ий", "ый", "ая", "ую", "ов", "ам", "ами", "ах",
        "і", "ів", "ові", "еві", "ою", "ію", "ії", "ій", "їй", "им", "їм",
    ];

    /// <summary>True where a sentence names another than it did.</summary>
    public bool IsIn(Sentence old, Sentence now, Edit edit, bool isTitle)
    {
        var isCompared = budget.TrySpend((long)edit.Removed.Count * edit.Added.Count);
        var (gone, come) = isCompared ? (Lacking(edit.Removed, edit.Added), Lacking(edit.Added, edit.Removed)) : (Without(edit.Removed, edit.Added), Without(edit.Added, edit.Removed));
        if (isCompared && gone.Exists(one => come.Exists(other => IsMisspelling(one, other))))
        {
            return true;
        }

        var lost = gone.Exists(word => IsName(old, word, isTitle));
        var found = come.Exists(word => IsName(now, word, isTitle) && !(isTitle && before.Keys.Contains(word.Key)));
        return (lost && found) || come.Exists(word => !before.Keys.Contains(word.Key) && IsName(now, word, isTitle) && Extends(old, now, word));
    }

    private static List<Word> Lacking(IReadOnlyList<Word> words, IReadOnlyList<Word> others) => [.. words.Where(word => !Has(others, word))];

    // Beyond the budget a name in another case counts as another name: it is told, and the reader sees both sentences.
    private static List<Word> Without(IReadOnlyList<Word> words, IReadOnlyList<Word> others)
    {
        var known = others.Select(word => word.Key).ToHashSet();
        return [.. words.Where(word => !known.Contains(word.Key))];
    }

    /// <summary>True for one name in two cases.</summary>
    public static bool IsInflection(string one, string other)
    {
        var same = CommonBeginning(one, other);
        return same >= 3 && Endings.Contains(one[same..]) && Endings.Contains(other[same..]);
    }

    private static bool Has(IReadOnlyList<Word> words, Word word) => words.Any(other => other.Key == word.Key || (word.IsCapital && other.IsCapital && IsInflection(word.Key, other.Key)));

    /// <summary>One name with other letters: Varena, Varona. A script without capitals has nothing else to tell a name by.</summary>
    private bool IsMisspelling(Word one, Word other)
    {
        var capital = one.IsCapital && other.IsCapital && one.Kind == WordKind.Plain && other.Kind == WordKind.Plain;
        if (!capital || IsInflection(one.Key, other.Key) || Math.Max(one.Key.Length, other.Key.Length) < 3)
        {
            return false;
        }

        var known = before.Names.Contains(one.Key) || after.Names.Contains(other.Key) || !one.IsOpening;
        return known && (CommonBeginning(one.Key, other.Key) >= Math.Max(2, Math.Max(one.Key.Length, other.Key.Length) / 2) || Distance(one.Key, other.Key) <= 2);
    }

    private bool IsName(Sentence sentence, Word word, bool isTitle)
    {
        if (!word.IsCapital || word.Kind != WordKind.Plain || word.Key.Length < 2)
        {
            return false;
        }

        // A headline may give every word a capital.
        if (word.IsOpening || isTitle)
        {
            return before.Names.Contains(word.Key) || after.Names.Contains(word.Key) || (!isTitle && IsBesideName(sentence, word));
        }

        return !vocabulary.CapitalNouns || IsBesideName(sentence, word);
    }

    /// <summary>A name often has two words.</summary>
    private static bool IsBesideName(Sentence sentence, Word word)
    {
        var at = IndexOf(sentence, word);
        return IsNeighbour(at - 1) || IsNeighbour(at + 1);

        bool IsNeighbour(int place) => place >= 0 && place < sentence.Words.Count && sentence.Words[place] is { IsCapital: true, IsOpening: false, Kind: WordKind.Plain };
    }

    /// <summary>A name that got another part: Vasseur, Vasseur-Lenz.</summary>
    private static bool Extends(Sentence old, Sentence now, Word word)
    {
        var at = IndexOf(now, word);
        return at > 0 && word.Start - now.Words[at - 1].End == 1 && now.Words[at - 1] is { IsCapital: true, IsOpening: false } part && old.Words.Any(known => known.Key == part.Key);
    }

    // Words stand in the order of the text.
    private static int IndexOf(Sentence sentence, Word word)
    {
        var (low, high) = (0, sentence.Words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sentence.Words[middle].Start < word.Start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int CommonBeginning(string one, string other) => one.AsSpan().CommonPrefixLength(other);

    /// <summary>How many letters must be changed, added or taken away; 3 for all that are more.</summary>
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2 || one.Length > FoldedWord.MaxLetters)
        {
            return 3;
        }

        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
            }
        }

        return Math.Min(3, row[^1]);
    }
}
