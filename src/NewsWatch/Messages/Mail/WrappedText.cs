using System.Globalization;
using System.Text;

namespace NewsWatch.Messages.Mail;

/// <summary>Text of at most 78 columns; addresses alone are never broken.</summary>
internal sealed class WrappedText
{
    private const int Columns = 78;
    private readonly StringBuilder _text = new();

    /// <summary>A paragraph; nothing for an empty one.</summary>
    /// <param name="indent">Before its first line.</param>
    /// <param name="hanging">Before its other lines; null for the same.</param>
    public WrappedText Add(string paragraph, string indent = "", string? hanging = null)
    {
        if (paragraph.Length == 0)
        {
            return this;
        }

        var line = new StringBuilder(indent);
        var room = Columns - Math.Max(indent.Length, hanging?.Length ?? 0);
        var empty = true;
        foreach (var word in paragraph.Split(' ').SelectMany(word => Pieces(word, room)))
        {
            if (!empty && line.Length + 1 + word.Length > Columns)
            {
                var open = End(line);
                line.Clear().Append(hanging ?? indent).Append(open);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        End(line);
        return this;
    }

    /// <summary>A line as it is.</summary>
    public WrappedText Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>An empty line, or nothing.</summary>
    public WrappedText Line(bool isWanted) => isWanted ? Line() : this;

    /// <summary>An address on a line of its own; nothing for none.</summary>
    public WrappedText Link(SafeLink? link, string indent) => link is null ? this : Line(indent + link.Address);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Ends a line and closes its isolates, also where a text was cut inside of one; the marks that open them again.</summary>
    private string End(StringBuilder line)
    {
        var open = Bidi.OpenAfter(line.ToString());
        _text.Append(line.ToString().TrimEnd()).Append(Bidi.PopIsolate, open.Length).Append('\n');
        return open;
    }

    /// <summary>Chinese and Japanese have no spaces, and their letters are two columns wide: a longer word is broken between two of them.</summary>
    private static IEnumerable<string> Pieces(string word, int room)
    {
        if (word.Length <= room || word.Contains("://", StringComparison.Ordinal))
        {
            return [word];
        }

        var graphemes = new List<string>();
        for (var letters = StringInfo.GetTextElementEnumerator(word); letters.MoveNext();)
        {
            graphemes.Add(letters.GetTextElement());
        }

        return graphemes.Chunk(room / 2).Select(piece => string.Concat(piece));
    }
}
