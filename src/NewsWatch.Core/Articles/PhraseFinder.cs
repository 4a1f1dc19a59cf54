using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Articles;

/// <summary>
/// Finds phrases at every place of short texts. Most texts hold no word that any of them needs (<see cref="Landmarks"/>), and are not looked at further.
/// </summary>
internal sealed class PhraseFinder
{
    private readonly Regex _phrases;
    private readonly SearchValues<string> _plain;
    private readonly SearchValues<string> _others;

    // A letter of each of the others, in both cases: to look for words beyond ASCII is ten times as slow as for these.
    private readonly SearchValues<char> _letters;

    /// <summary>A finder of what an expression means, whatever the case.</summary>
    /// <exception cref="FormatException">An alternative of the expression needs no word: it would have to be looked for in every text.</exception>
    public PhraseFinder(string expression)
    {
        var landmarks = Landmarks.Of(expression) ?? throw new FormatException($"an alternative needs no word: {expression}");
        var (plain, others) = (landmarks.Where(word => Ascii.IsValid(word)).ToArray(), landmarks.Where(word => !Ascii.IsValid(word)).ToArray());
        _phrases = RegexLimit.OfPhrases(expression);
        _plain = SearchValues.Create(plain, StringComparison.OrdinalIgnoreCase);
        _others = SearchValues.Create(others, StringComparison.OrdinalIgnoreCase);
        _letters = SearchValues.Create([.. others.Select(word => word.First(letter => !char.IsAscii(letter))).SelectMany(letter => new[] { char.ToLowerInvariant(letter), char.ToUpperInvariant(letter) })]);
    }

    /// <summary>Whether a text of a few hundred characters at most holds one of the phrases.</summary>
    public bool IsIn(string text) => HoldsLandmark(text) && _phrases.IsMatch(text);

    private bool HoldsLandmark(ReadOnlySpan<char> text) => text.ContainsAny(_plain) || (text.ContainsAny(_letters) && text.ContainsAny(_others));
}
