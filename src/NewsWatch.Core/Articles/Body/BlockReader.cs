using System.Text;
using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Turns a part of the tree into blocks in reading order.</summary>
internal sealed class BlockReader(Func<PageNode, bool> skip)
{
    private readonly List<Block> _blocks = [];
    private readonly StringBuilder _run = new();
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
            Take(node, inBold);
            return;
        }

        if (skip(node))
        {
            return;
        }

        if (node.IsInline)
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

    private void Take(PageNode text, bool inBold)
    {
        _run.Append(text.Text);
        _length += text.Length;
        _links += text.LinkLength;
        _bold += inBold ? text.Length : 0;
    }

    private void Flush(PageNode owner)
    {
        if (_length > 0)
        {
            _blocks.Add(new Block(PlainText.Fold(_run.ToString()), owner, _length, _links, _bold));
        }

        _run.Clear();
        (_length, _links, _bold) = (0, 0, 0);
    }
}
