namespace NewsWatch.Core.Articles.Body;

/// <summary>A run of text between two block boundaries: a paragraph, a heading, a list entry.</summary>
/// <param name="Text">Folded text.</param>
/// <param name="Owner">Its block element.</param>
/// <param name="Length">Letters; ideographs twice.</param>
/// <param name="LinkLength">Letters in links.</param>
/// <param name="BoldLength">Letters in bold or italic type.</param>
internal sealed record Block(string Text, PageNode Owner, int Length, int LinkLength, int BoldLength)
{
    private string? _key;

    public double LinkShare => Length == 0 ? 0 : (double)LinkLength / Length;

    public bool IsHeading => Owner.Tag is ['h', >= '1' and <= '6'];

    public bool IsListEntry => Owner.Tag is "li" or "dd" or "dt";

    /// <summary>A cell of a table, or a paragraph in one.</summary>
    public bool IsCell => Owner.Tag is "td" or "th" || Owner.Parent?.Tag is "td" or "th";

    /// <summary>Long enough and free enough of links to be a sentence of an article.</summary>
    public bool IsProse => Length >= 60 && LinkShare < 0.35 && !IsHeading;

    /// <summary>Ends as a sentence does, or as what leads to a list.</summary>
    public bool EndsSentence
    {
        get
        {
            var end = Text.AsSpan().TrimEnd("\"”“’'»«)]』」 *");
            return end.Length > 0 && end[^1] is '.' or '!' or '?' or '…' or ':' or '。' or '！' or '？' or ';' or '؟' or '।';
        }
    }

    /// <summary>Letters and digits only, in lower case.</summary>
    public string Key => _key ??= TextMeasure.Key(Text);
}
