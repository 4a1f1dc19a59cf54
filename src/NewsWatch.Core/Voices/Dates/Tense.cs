using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Dates;

/// <summary>Whether a clause looks ahead or back.</summary>
internal enum Tense : byte
{
    /// <summary>Nothing says.</summary>
    Open,

    Past,

    /// <summary>The verb of the past is directly before the date: "was signed on".</summary>
    CertainPast,

    Future,
}

/// <summary>Kinds of the lines of <c>tenses-english.txt</c> and its like.</summary>
internal enum TenseWord : byte
{
    None,
    Past,
    Future,

    /// <summary>Begins another clause.</summary>
    Barrier,

    /// <summary>Makes the participle behind it no past.</summary>
    EndBe,
}

/// <summary>Finds the verb that decides on which side of the publication a date lies: the nearest before it in the sentence, else the nearest behind it.</summary>
internal sealed class TenseReader(Prose prose)
{
    private const int CertainWithin = 2;

    // A word of the one language is another of the other: the French "expire" looks ahead, the English one follows "had been due to".
    private static readonly Dictionary<string, PhraseTable<TenseWord>> Tables =
        Prose.Languages.ToDictionary(pair => pair.Key, pair => PhraseTable<TenseWord>.Read($"Voices.Dates.Words.tenses-{pair.Value}.txt"), StringComparer.Ordinal);

    private readonly PhraseTable<TenseWord> _table = Tables[prose.Language];

    /// <summary>The tense at the tokens from <paramref name="at"/> to before <paramref name="end"/>.</summary>
    public Tense At(int at, int end)
    {
        for (var i = at - 1; i >= prose.SentenceStart(at); i--)
        {
            if (Of(i) is var tense && tense != Tense.Open)
            {
                return tense == Tense.Past && at - i <= CertainWithin ? Tense.CertainPast : tense;
            }
        }

        for (var i = end; i < prose.SentenceEnd(at); i++)
        {
            if (Of(i) is var tense && tense != Tense.Open)
            {
                return tense;
            }
        }

        return Tense.Open;
    }

    private Tense Of(int token) => IsCovered(token) ? Tense.Open : Kind(token) switch
    {
        TenseWord.Past when !IsBehindBe(token) => Tense.Past,
        TenseWord.Future => Tense.Future,
        TenseWord.None when IsPastByForm(token) => Tense.Past,
        _ => Tense.Open,
    };

    // "Scheduled to" inside "had been scheduled".
    private bool IsCovered(int token)
    {
        for (var back = 1; back <= 2 && token - back >= 0; back++)
        {
            if (_table.At(prose.Tokens, token - back).Length > back)
            {
                return true;
            }
        }

        return false;
    }

    private TenseWord Kind(int token) => _table.At(prose.Tokens, token).Kind;

    // "Will be held".
    private bool IsBehindBe(int token) => token > 0 && Kind(token - 1) == TenseWord.EndBe;

    // "Resigned", but not "be resigned"; a Russian or Ukrainian verb in -л, a Spanish one in -ó, a German one in -te.
    private bool IsPastByForm(int token)
    {
        var word = prose.Tokens.FoldedOf(token);
        return word.Length > 3 && prose.Language switch
        {
            "en" => word.EndsWith("ed") && !IsBehindBe(token) && !prose.Tokens.Marks[token].Has(TokenMarks.Glued) && !word.EndsWith("eed"),
            "de" => word.EndsWith("te") && !prose.IsCapital(token),
            "es" => prose.Text[prose.End(token) - 1] == 'ó' || word.EndsWith("aron") || word.EndsWith("ieron"),
            "ru" => word.EndsWith("л") || word.EndsWith("ла") || word.EndsWith("ли") || word.EndsWith("лся") || word.EndsWith("лась") || word.EndsWith("лись"),
            "uk" => word.EndsWith("ла") || word.EndsWith("ли") || word.EndsWith("вся") || word.EndsWith("лася"),
            _ => false,
        };
    }
}
