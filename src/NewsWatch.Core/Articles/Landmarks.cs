using System.Globalization;
using System.Text;

namespace NewsWatch.Core.Articles;

/// <summary>
/// The words that an expression needs: one of them stands in whatever it matches. Read from the forms that <see cref="PhraseList"/> uses: letters, groups, classes, escapes and repeats.
/// </summary>
internal ref struct Landmarks
{
    private readonly ReadOnlySpan<char> _expression;
    private readonly StringBuilder _run = new();
    private int _at;

    private Landmarks(ReadOnlySpan<char> expression)
    {
        _expression = expression;
    }

    /// <summary>The words; null where an alternative needs none.</summary>
    /// <exception cref="FormatException">The expression has an escape that is none of \b, \w, \s, \d, \p and their opposites.</exception>
    public static IReadOnlyList<string>? Of(string expression) => new Landmarks(expression).ReadAlternatives();

    private readonly bool IsBefore(params ReadOnlySpan<char> signs) => _at < _expression.Length && signs.Contains(_expression[_at]);

    // Up to the end of the group.
    private List<string>? ReadAlternatives()
    {
        List<string>? all = [];
        do
        {
            var one = ReadSequence();
            all = all is null || one is null ? null : [.. all, .. one];
        }
        while (Skip('|'));

        return all;
    }

    // Those words that one alternative needs that have the most letters.
    private List<string>? ReadSequence()
    {
        List<string>? best = null;
        while (_at < _expression.Length && !IsBefore('|', ')'))
        {
            best = Longer(best, ReadPart());
        }

        return Longer(best, EndRun());
    }

    // What ends with the part that stands next: a run of letters, or a group.
    private List<string>? ReadPart()
    {
        var sign = _expression[_at++];
        switch (sign)
        {
            case '^' or '$':
                return null;
            case '(':
                return ReadGroup();
            case '[':
                _at += _expression[(_at + 1)..].IndexOf(']') + 2;
                return ReadAny();
            case '.':
                return ReadAny();
            case '\\':
                return ReadEscape();
            default:
                return ReadLetter(sign);
        }
    }

    private List<string>? ReadGroup()
    {
        // A group that begins with a question mark and no colon looks around, and may look for what is not there.
        var before = EndRun();
        var isPlain = !IsBefore('?') || _expression[_at..].StartsWith("?:");
        _at += _expression[_at..].StartsWith("?:") ? 2 : 0;
        var inner = ReadAlternatives();
        Skip(')');
        return Longer(before, ReadRepeat() == 0 || !isPlain ? null : inner);
    }

    private List<string>? ReadEscape()
    {
        var sign = _expression[_at++];
        if (!char.IsAsciiLetter(sign))
        {
            return ReadLetter(sign);
        }

        // Others spell a letter, or refer to a group.
        if (!"bwWsSdDpP".Contains(sign, StringComparison.Ordinal))
        {
            throw new FormatException($"\\{sign} in an expression of a phrase list is not understood: write the letter itself");
        }

        _at += sign is 'p' or 'P' ? _expression[_at..].IndexOf('}') + 1 : 0;
        return sign == 'b' ? null : ReadAny();
    }

    private List<string>? ReadAny()
    {
        ReadRepeat();
        return EndRun();
    }

    private List<string>? ReadLetter(char letter)
    {
        var least = ReadRepeat();
        if (least != 0)
        {
            _run.Append(letter);
        }

        return least is null ? null : EndRun();
    }

    private List<string>? EndRun()
    {
        List<string>? run = _run.Length == 0 ? null : [_run.ToString()];
        _run.Clear();
        return run;
    }

    // How often at least the part before is repeated; null where nothing is said.
    private int? ReadRepeat()
    {
        int? least = Skip('?') || Skip('*') ? 0 : Skip('+') ? 1 : null;
        if (least is null && Skip('{'))
        {
            var length = _expression[_at..].IndexOf('}');
            var bounds = _expression.Slice(_at, length);
            least = int.Parse(bounds.IndexOf(',') is >= 0 and var comma ? bounds[..comma] : bounds, CultureInfo.InvariantCulture);
            _at += length + 1;
        }

        // Whether it repeats as often or as seldom as it can.
        if (least is not null)
        {
            Skip('?');
        }

        return least;
    }

    private bool Skip(char sign)
    {
        var isThere = IsBefore(sign);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private static List<string>? Longer(List<string>? one, List<string>? other) => other is null || (one is not null && Least(one) >= Least(other)) ? one : other;

    private static int Least(List<string> words) => words.Min(word => word.Count(char.IsLetter));
}
