namespace NewsWatch.Core.Text.Encodings;

/// <summary>How likely the characters of a language are in its text. Rough is enough: what is read in a wrong encoding is far from every language.</summary>
internal sealed class Alphabet
{
    private const double Steepness = 3;

    // Natural logarithms of probabilities.
    private const float Mark = -4;
    private const float Sign = -8;
    private const float Never = -12;
    private const float OddCapital = -6;
    private const float OddCrowd = -1.5f;
    private const float OddNeighbour = -3;

    private readonly Dictionary<char, float> _letters = [];
    private readonly Script _script;
    private readonly Func<char, float>? _others;

    /// <summary>An alphabet of these letters.</summary>
    /// <param name="letters">The letters beyond ASCII, small ones, the most frequent first.</param>
    /// <param name="script">How its letters stand together.</param>
    /// <param name="share">The share of these letters in all that are not ASCII.</param>
    /// <param name="others">The logarithm for characters that are not listed; null: they are not the language's.</param>
    public Alphabet(string letters, Script script, double share = 0.98, Func<char, float>? others = null)
    {
        (_script, _others) = (script, others);
        var weights = Enumerable.Range(0, letters.Length).Select(rank => Math.Exp(-Steepness * rank / letters.Length)).ToArray();
        var sum = weights.Sum();
        for (var rank = 0; rank < letters.Length; rank++)
        {
            _letters[letters[rank]] = (float)Math.Log(share * weights[rank] / sum);
        }
    }

    /// <summary>The logarithm of the text's likelihood; ASCII counts nothing.</summary>
    public double Likelihood(ReadOnlySpan<char> text)
    {
        var sum = 0.0;
        var before = ' ';
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c >= 0x80)
            {
                sum += Of(c) + Standing(c, before, at + 1 < text.Length ? text[at + 1] : ' ');
            }

            before = c;
        }

        return sum;
    }

    private float Of(char c) =>
        _letters.TryGetValue(c, out var known) || _letters.TryGetValue(char.ToLowerInvariant(c), out known) ? known
        : c is '\u00A0' or '«' or '»' or '„' or '“' or '”' or '‘' or '’' or '–' or '—' or '…' or '‚' ? Mark
        : _others?.Invoke(c) ?? (c is '·' or '•' or '°' or '§' or '€' or '£' or '©' or '®' or '№' or '™' or '´' or '\u00AD' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '½' or '²' or '³' or '×' or '¤' or '،' or '؟' or '؛' ? Sign : Never);

    // Capitals begin a word or stand in one of capitals; letters of other alphabets have none of ASCII beside them, Latin ones hardly any of their own kind.
    private float Standing(char c, char before, char after) => _script switch
    {
        _ when !char.IsLetter(c) => Of(c) == Sign && char.IsLetter(before) && char.IsLetter(after) ? OddNeighbour : 0,
        Script.Latin => (char.IsUpper(c) && char.IsLower(before) ? OddCapital : 0) + (before >= 0x80 && char.IsLetter(before) ? OddCrowd : 0),
        Script.Other => (char.IsUpper(c) ? (char.IsLower(before) ? OddCapital : char.IsUpper(before) ? -0.5f : -2.5f) : 0) + (char.IsAsciiLetter(before) || char.IsAsciiLetter(after) ? OddNeighbour : 0),
        _ => 0,
    };
}

/// <summary>How the letters of an alphabet stand together.</summary>
internal enum Script
{
    /// <summary>Among letters of ASCII.</summary>
    Latin,

    /// <summary>Words of their own.</summary>
    Other,

    /// <summary>No words: each character is a token of its own.</summary>
    Signs,
}
