using System.Runtime.CompilerServices;

namespace NewsWatch.Core.Text;

/// <summary>The relation of a token to the one before it.</summary>
[Flags]
internal enum TokenMarks : byte
{
    None = 0,

    /// <summary>Only a dash joins it to the token before: parts of a compound.</summary>
    Glued = 1,

    /// <summary>It begins a sentence.</summary>
    Sentence = 2,

    /// <summary>It begins a paragraph or a field.</summary>
    Paragraph = 4,

    /// <summary>A dotted acronym ("U.S.").</summary>
    Acronym = 8,

    /// <summary>A comma, semicolon, colon, bracket or long dash precedes it.</summary>
    Pause = 16,

    /// <summary>A single character of a script without spaces.</summary>
    Ideograph = 32,

    /// <summary>It may carry a prefix, a particle or a suffix that is no part of the word itself: see <see cref="Affixes"/>.</summary>
    Affixed = 64,
}

internal static class TokenMarksExtensions
{
    /// <summary>Whether a mark is set.</summary>
    public static bool Has(this TokenMarks marks, TokenMarks mark) => (marks & mark) != TokenMarks.None;
}

/// <summary>
/// The tokens of a document's fields in flat arrays that are reused from document to document. Offsets are UTF-16 code units into the field's original text;
/// the folded form of token i is <c>Folded[FoldStart[i]..FoldStart[i+1]]</c>.
/// </summary>
/// <param name="capacity">How many tokens have room before the arrays grow: for an article, unless it is said that a stream reads less.</param>
internal sealed class TokenStream(int capacity = 1024)
{
    private const int LettersOfWord = 8;
    private readonly int[] _fieldEnds = new int[4];

    public int Count { get; private set; }

    public int[] Start { get; private set; } = new int[capacity];

    public int[] End { get; private set; } = new int[capacity];

    public ulong[] Hash { get; private set; } = new ulong[capacity];

    public TokenMarks[] Marks { get; private set; } = new TokenMarks[capacity];

    public int[] FoldStart { get; private set; } = new int[capacity + 1];

    /// <summary>Folded characters of all tokens; the tokeniser makes room before it writes.</summary>
    public char[] Folded { get; private set; } = new char[capacity * LettersOfWord];

    /// <summary>The first token behind the last of a field.</summary>
    public int FieldEnd(Field field) => _fieldEnds[(int)field];

    /// <summary>The first token of a field.</summary>
    public int FieldBegin(Field field) => field == Field.Title ? 0 : _fieldEnds[(int)field - 1];

    /// <summary>The field a token belongs to.</summary>
    public Field FieldOf(int token)
    {
        var field = Field.Title;
        while (field < Field.Author && token >= _fieldEnds[(int)field])
        {
            field++;
        }

        return field;
    }

    public ReadOnlySpan<char> FoldedOf(int token) => Folded.AsSpan(FoldStart[token], FoldStart[token + 1] - FoldStart[token]);

    public void Clear()
    {
        Count = 0;
        Array.Clear(_fieldEnds);
    }

    /// <summary>Tokenises the four fields of a document.</summary>
    public void Read(Document document)
    {
        Clear();
        ReadField(document.Title, Field.Title);
        ReadField(document.Body, Field.Body);
        ReadField(document.Section, Field.Section);
        ReadField(document.Author, Field.Author);
    }

    /// <summary>Tokenises a text as one field.</summary>
    public void Read(string text)
    {
        Clear();
        ReadField(text, Field.Title);
        Array.Fill(_fieldEnds, Count);
    }

    /// <summary>Appends a token whose folded form has been written at the end of <see cref="Folded"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(int start, int end, int foldEnd, ulong hash, TokenMarks marks)
    {
        if (Count == Start.Length)
        {
            Grow();
        }

        Start[Count] = start;
        End[Count] = end;
        Hash[Count] = hash;
        Marks[Count] = marks;
        FoldStart[++Count] = foldEnd;
    }

    /// <summary>Makes room for <paramref name="more"/> folded characters behind <paramref name="used"/>.</summary>
    public char[] MakeRoom(int used, int more)
    {
        if (used + more > Folded.Length)
        {
            var wider = new char[Math.Max(Folded.Length * 2, used + more)];
            Folded.AsSpan(0, used).CopyTo(wider);
            Folded = wider;
        }

        return Folded;
    }

    /// <summary>Replaces the end and the hash of the last token, whose folded form has been changed in place.</summary>
    public void ReplaceLast(int end, ulong hash)
    {
        End[Count - 1] = end;
        Hash[Count - 1] = hash;
    }

    private void ReadField(string text, Field field)
    {
        if (text.Length > 0)
        {
            new Tokeniser(this, text).Run();
        }

        _fieldEnds[(int)field] = Count;
    }

    private void Grow()
    {
        var size = Count * 2;
        Start = Wider(Start, size);
        End = Wider(End, size);
        Hash = Wider(Hash, size);
        Marks = Wider(Marks, size);
        FoldStart = Wider(FoldStart, size + 1);
    }

    private static T[] Wider<T>(T[] array, int size)
    {
        Array.Resize(ref array, size);
        return array;
    }
}
