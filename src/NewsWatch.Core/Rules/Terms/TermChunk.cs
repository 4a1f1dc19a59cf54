namespace NewsWatch.Core.Rules.Terms;

/// <summary>One piece of a term between spaces, with its <c>=</c> and <c>~</c> taken off.</summary>
internal sealed class TermChunk
{
    public TermChunk(string text, int offset)
    {
        Text = text;
        Offset = offset;
        Exact = text.Length > 1 && text[0] == '=';
        Inflected = text.Length > 1 + (Exact ? 1 : 0) && text[^1] == '~';
        Body = text[(Exact ? 1 : 0)..^(Inflected ? 1 : 0)];
        if (IsNumber(Body))
        {
            Body = Body.Replace(' ', ',');
        }
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Where it begins in the term.</summary>
    public int Offset { get; }

    /// <summary>Without <c>=</c> and <c>~</c>.</summary>
    public string Body { get; }

    /// <summary>Whether it keeps its capitals.</summary>
    public bool Exact { get; }

    /// <summary>Whether it is found in its forms.</summary>
    public bool Inflected { get; }

    /// <summary>Behind the chunk that begins at a position: at the next space, but "J. D." and "1 000" are one.</summary>
    public static int EndOf(string text, int position)
    {
        var start = position;
        var end = NextSpace(text, start);
        while (end + 1 < text.Length && text[end] == ' ' && NextSpace(text, end + 1) is var next && BelongTogether(text.AsSpan(start, end - start), text.AsSpan(end + 1, next - end - 1), start == position))
        {
            start = end + 1;
            end = next;
        }

        return end;
    }

    private static int NextSpace(string text, int position)
    {
        while (position < text.Length && !char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static bool BelongTogether(ReadOnlySpan<char> left, ReadOnlySpan<char> right, bool first) =>
        (IsInitial(left) && IsInitial(right)) || (AreDigits(left) && left.Length <= 3 && (first || left.Length == 3) && AreDigits(right) && right.Length == 3);

    private static bool IsInitial(ReadOnlySpan<char> word) => word.Length == 2 && char.IsUpper(word[0]) && word[1] == '.';

    private static bool AreDigits(ReadOnlySpan<char> word) => !word.IsEmpty && word.IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsNumber(string text) => text.Contains(' ', StringComparison.Ordinal) && text.All(c => c == ' ' || char.IsAsciiDigit(c));
}
