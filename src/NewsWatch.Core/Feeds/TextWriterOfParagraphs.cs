using System.Text;

namespace NewsWatch.Core.Feeds;

/// <summary>Collects words and paragraph breaks: blanks collapse to one, breaks to one blank line, none at the ends.</summary>
internal sealed class TextWriterOfParagraphs(int capacity)
{
    private readonly StringBuilder _text = new(Math.Min(capacity, 1 << 20));
    private bool _blank;
    private bool _break;

    public void Append(ReadOnlySpan<char> words)
    {
        while (words.Length > 0)
        {
            var end = Run(words);
            if (end > 0)
            {
                Gap();
                _text.Append(words[..end]);
            }

            _blank |= end < words.Length;
            words = words[Math.Min(words.Length, end + 1)..];
        }
    }

    // Words with one space between them are appended at once.
    private static int Run(ReadOnlySpan<char> words)
    {
        var end = 0;
        while (end < words.Length && (!IsBlank(words[end]) || (words[end] == ' ' && end > 0 && end + 1 < words.Length && !IsBlank(words[end + 1]))))
        {
            end++;
        }

        return end;
    }

    public void Paragraph() => _break = true;

    public void ParagraphIf(bool block) => _break |= block;

    public override string ToString() => _text.ToString();

    private void Gap()
    {
        if (_text.Length > 0)
        {
            _text.Append(_break ? "\n\n" : _blank ? " " : "");
        }

        (_break, _blank) = (false, false);
    }

    // Control characters are no text; the no-break space separates words as the others do.
    private static bool IsBlank(char c) => c <= ' ' || (c >= '\u007F' && (c <= '\u00A0' || (c >= '\u2000' && char.IsWhiteSpace(c)) || c is '\u1680'));
}
