using System.Text;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Turns a part of the tree into blocks in reading order.</summary>
internal sealed class BlockReader(Func<PageNode, bool> skip)
{
    // Characters of a line that an editor's window ended; verses and addresses are shorter.
    private const int WindowWidth = 40;

    private readonly List<Block> _blocks = [];
    private readonly StringBuilder _run = new();
    private int _lineStart;
    private bool _broken;
    private int _length;
    private int _links;
    private int _bold;

    /// <summary>The blocks under a node, without what <c>skip</c> says.</summary>
    public List<Block> Read(PageNode node)
    {
        Visit(node, node, inBold: false);
        Flush(node);
        return _blocks;
    }

    private void Visit(PageNode node, PageNode owner, bool inBold)
    {
        if (node.Tag == "#text")
        {
            Take(node, owner, inBold);
            return;
        }

        if (skip(node))
        {
            return;
        }

        if (node.Tag == "br" && !_broken && IsMidSentence())
        {
            _broken = true;
        }
        else if (node.IsInline)
        {
            VisitChildren(node, owner, inBold || node.Tag is "b" or "strong" or "em" or "i");
        }
        else
        {
            Flush(owner);
            VisitChildren(node, node.Tag == "br" ? owner : node, inBold: false);
            Flush(node.Tag == "br" ? owner : node);
        }
    }

    private void VisitChildren(PageNode node, PageNode owner, bool inBold)
    {
        foreach (var child in node.Children)
        {
            Visit(child, owner, inBold);
        }
    }

    // Some systems break the lines of a paragraph where the window ended: a line that is no sentence, and the next in small letters, are one.
    private bool IsMidSentence()
    {
        var line = _run.ToString(_lineStart, _run.Length - _lineStart).AsSpan().Trim();
        return line.Length >= WindowWidth && line[^1] is not ('.' or '!' or '?' or ':');
    }

    private void Take(PageNode text, PageNode owner, bool inBold)
    {
        if (_broken && text.Text.AsSpan().TrimStart() is { Length: > 0 } line)
        {
            Rejoin(line[0], owner);
        }

        _run.Append(text.Text);
        _length += text.Length;
        _links += text.LinkLength;
        _bold += inBold ? text.Length : 0;
    }

    private void Rejoin(char first, PageNode owner)
    {
        if (char.IsLower(first))
        {
            _run.Append(' ');
            (_lineStart, _broken) = (_run.Length, false);
        }
        else
        {
            Flush(owner);
        }
    }

    private void Flush(PageNode owner)
    {
        if (_length > 0)
        {
            _blocks.Add(new Block(PlainText.Fold(_run.ToString()), owner, _length, _links, _bold));
        }

        _run.Clear();
        (_length, _links, _bold, _lineStart, _broken) = (0, 0, 0, 0, false);
    }
}
