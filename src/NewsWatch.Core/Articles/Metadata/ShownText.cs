using System.Text;
using AngleSharp.Dom;

namespace NewsWatch.Core.Articles.Metadata;

/// <summary>
/// The text of an element as people see it, with gaps where elements stand side by side and no space parts them: a bar for a new line and behind two or more words, which are a name of their own
/// ("Ann Writer" and "Chief Economist"), else a space ("Ann" and "Writer").
/// </summary>
internal sealed class ShownText
{
    private readonly StringBuilder _text = new();
    private readonly int _most;
    private bool _isName;

    private ShownText(int most) => _most = most;

    /// <summary>The first characters of it; more than <paramref name="most"/> say that there is more.</summary>
    public static string Of(IElement element, int most)
    {
        var text = new ShownText(most);
        text.Append(element);
        return text._text.ToString();
    }

    private void Append(INode node)
    {
        var children = node.ChildNodes;
        for (var index = 0; index < children.Length && _text.Length <= _most; index++)
        {
            if (children[index] is IText words)
            {
                Add(words.Data.AsSpan(0, Math.Min(words.Data.Length, _most + 1)));
            }
            else if (children[index] is IElement { LocalName: "br" })
            {
                Add(" | ");
            }
            else if (children[index] is not Element { LocalName: "style" or "script" })
            {
                Append(children[index]);
            }
        }
    }

    private void Add(ReadOnlySpan<char> piece)
    {
        if (piece.Length == 0)
        {
            return;
        }

        if (_text.Length > 0 && char.IsLetter(_text[^1]) && char.IsLetter(piece[0]))
        {
            _text.Append(_isName && char.IsUpper(piece[0]) ? " | " : " ");
        }

        _text.Append(piece);
        var last = piece.LastIndexOfAny(',', '|');
        _isName = (last < 0 && _isName) || piece[(last + 1)..].Trim().Contains(' ') || (last < 0 && _text.Length > piece.Length && _text[_text.Length - piece.Length - 1] == ' ');
    }
}
