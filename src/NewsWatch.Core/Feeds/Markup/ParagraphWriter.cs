using System.Buffers;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Feeds.Markup;

/// <summary>Collects words and paragraph breaks: blanks collapse to one, breaks to one blank line, none at the ends.</summary>
internal sealed class ParagraphWriter(int capacity)
{
    // Control characters are no text; the no-break space separates words as the others do.
    private static readonly SearchValues<char> Separators = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code).Where(c => c < ' ' || c is (>= '\u007F' and <= '\u00A0') or '\u1680' || (c >= '\u2000' && char.IsWhiteSpace(c)))]);

    private char[] _text = Scratch.Rent<char>(Math.Clamp(capacity, 64, 1 << 20));
    private int _length;
    private bool _blank;
    private bool _break;

    /// <summary>True for text that comes out as it went in.</summary>
    public static bool IsTidy(ReadOnlySpan<char> text) =>
        text.Length == 0 || (text[0] != ' ' && text[^1] != ' ' && !text.ContainsAny(Separators) && text.IndexOf("  ") < 0);

    public void Append(ReadOnlySpan<char> words)
    {
        while (words.IndexOfAny(Separators) is >= 0 and var end)
        {
            AppendSpaced(words[..end]);
            _blank = true;
            words = words[(end + 1)..];
        }

        AppendSpaced(words);
    }

    public void Paragraph() => _break = true;

    public void ParagraphIf(bool block) => _break |= block;

    /// <summary>The text; the writer is of no more use then.</summary>
    public string Finish()
    {
        var text = new string(_text, 0, _length);
        Scratch.Return(_text);
        _text = [];
        return text;
    }

    // Words with one space between them are copied at once.
    private void AppendSpaced(ReadOnlySpan<char> words)
    {
        while (words.Length > 0)
        {
            var trimmed = words.TrimStart(' ');
            _blank |= trimmed.Length < words.Length;
            var end = trimmed.IndexOf("  ");
            var run = end < 0 ? trimmed.TrimEnd(' ') : trimmed[..end];
            if (run.Length > 0)
            {
                Gap();
                Copy(run);
            }

            words = trimmed[run.Length..];
        }
    }

    private void Gap()
    {
        if (_length > 0)
        {
            Copy(_break ? "\n\n" : _blank ? " " : "");
        }

        (_break, _blank) = (false, false);
    }

    private void Copy(ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _text.Length)
        {
            Grow(_length + text.Length);
        }

        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Grow(int needed)
    {
        var larger = Scratch.Rent<char>(Math.Max(needed, 2 * _text.Length));
        _text.AsSpan(0, _length).CopyTo(larger);
        Scratch.Return(_text);
        _text = larger;
    }
}
