namespace NewsWatch.Core.Changes;

/// <summary>Says which words of a paragraph stand in quotation marks; asked from its beginning to its end.</summary>
internal sealed class QuotationMarks(string paragraph)
{
    private int _at;
    private bool _inside;

    /// <summary>True for a place inside a quote.</summary>
    /// <param name="place">A place behind the one that was asked for last.</param>
    /// <param name="opens">True where nothing but signs is between the opening mark and the place.</param>
    public bool IsInside(int place, out bool opens)
    {
        opens = false;
        for (; _at < place; _at++)
        {
            var c = paragraph[_at];
            if (char.IsLetterOrDigit(c))
            {
                opens = false;
            }
            else if (c is '“' or '”' or '„' or '«' or '»' or '「' or '」' or '『' or '』' || (c == '"' && !IsLoose()))
            {
                _inside = !_inside;
                opens = _inside;
            }
        }

        return _inside;
    }

    // A straight mark with spaces on both sides neither opens nor closes.
    private bool IsLoose() => (_at == 0 || char.IsWhiteSpace(paragraph[_at - 1])) && (_at + 1 == paragraph.Length || char.IsWhiteSpace(paragraph[_at + 1]));
}
