using System.Collections.Frozen;

namespace NewsWatch.Core.Text;

/// <summary>
/// The words that a folded token holds beside the token itself: without the suffix behind its apostrophe (English, Turkish, Polish), without the one-letter words that
/// Arabic and Hebrew write as prefixes, without the particles of Korean. Walks them without allocating.
/// </summary>
/// <param name="token">The folded token.</param>
/// <param name="scratch">Room for a reading that does not stand in the token as it is: at least the token's length.</param>
internal ref struct Affixes(ReadOnlySpan<char> token, Span<char> scratch)
{
    /// <summary>The longest token that is looked at.</summary>
    public const int MaxLength = 48;

    private const int MinStemLength = 3;
    private const int MinKoreanWordLength = 2;
    private const int MaxParticleLength = 5;
    private const int MaxPrefixLength = 4;
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Particles = WordList.Folded("Text.Words.korean.txt").GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> HebrewPrefixes = WordList.Folded("Text.Words.hebrew.txt").GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ArabicPrefixes = WordList.Folded("Text.Words.arabic.txt").GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Suffixes = WordList.Folded("Text.Words.suffixes.txt").GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SuffixesOfConsonants = WordList.Folded("Text.Words.suffixes-after-consonants.txt").GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly ReadOnlySpan<char> _token = token;
    private readonly Span<char> _scratch = scratch;
    private int _step;

    /// <summary>The reading at hand.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    public readonly Affixes GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_token.Length is < MinStemLength or > MaxLength)
        {
            return false;
        }

        var first = _token[0];
        return Scripts.IsArabic(first) ? NextPrefix(ArabicPrefixes)
            : Scripts.IsHebrew(first) ? NextPrefix(HebrewPrefixes)
            : Scripts.IsHangul(first) ? NextParticle()
            : NextSuffix();
    }

    // Steps 1 to 4: without a prefix of so many letters; Arabic writes the article behind "to" as a second l: "للصين" is "ل" and "الصين".
    private bool NextPrefix(in FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> prefixes)
    {
        while (_step < MaxPrefixLength * 2)
        {
            var length = (_step / 2) + 1;
            var article = (_step++ & 1) == 1;
            if (_token.Length - length < MinStemLength || !prefixes.Contains(_token[..length]))
            {
                continue;
            }

            if (!article)
            {
                Current = _token[length..];
                return true;
            }

            if (_token[length - 1] == 'ل' && _token[length] == 'ل')
            {
                _scratch[0] = 'ا';
                _token[length..].CopyTo(_scratch[1..]);
                Current = _scratch[..(_token.Length - length + 1)];
                return true;
            }
        }

        return false;
    }

    private bool NextParticle()
    {
        while (++_step <= MaxParticleLength && _token.Length - _step >= MinKoreanWordLength)
        {
            if (Particles.Contains(_token[^_step..]))
            {
                Current = _token[..^_step];
                return true;
            }
        }

        return false;
    }

    private bool NextSuffix()
    {
        var apostrophe = _step++ == 0 ? _token.IndexOf('\'') : -1;
        if (apostrophe < 2)
        {
            return false;
        }

        Current = _token[..apostrophe];
        var suffix = _token[(apostrophe + 1)..];
        return Suffixes.Contains(suffix) || (!EndsInVowel(Current) && SuffixesOfConsonants.Contains(suffix));
    }

    // An e may be silent: "Google'ın".
    private static bool EndsInVowel(ReadOnlySpan<char> word) => word[^1] is 'a' or 'i' or 'o' or 'u';
}
