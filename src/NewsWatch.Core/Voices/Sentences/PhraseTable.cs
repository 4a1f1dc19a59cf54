using NewsWatch.Core.Text;

namespace NewsWatch.Core.Voices.Sentences;

/// <summary>
/// Words and phrases with what they mean, from a text resource with lines <c>kind: phrase, phrase</c> or <c>kind value: phrase, phrase</c>. A phrase is cut into
/// tokens as texts are, so that case, accents and scripts without spaces make no difference.
/// </summary>
/// <typeparam name="TKind">The kinds of a table, an enum; its default means none.</typeparam>
internal sealed class PhraseTable<TKind>
    where TKind : struct, Enum
{
    private readonly Node _root = new();

    private PhraseTable()
    {
    }

    /// <summary>Reads a resource of this assembly.</summary>
    public static PhraseTable<TKind> Read(string resource)
    {
        var table = new PhraseTable<TKind>();
        foreach (var line in WordList.Lines(resource))
        {
            table.Add(line);
        }

        return table;
    }

    /// <summary>The longest phrase at each token; where none begins, the kind's default.</summary>
    public Label<TKind>[] LabelsOf(TokenStream tokens)
    {
        var labels = new Label<TKind>[tokens.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = At(tokens, i);
        }

        return labels;
    }

    /// <summary>The longest phrase at a token.</summary>
    public Label<TKind> At(TokenStream tokens, int at)
    {
        var (node, found) = (_root, default(Label<TKind>));
        for (var i = at; i < tokens.Count && (i == at || !tokens.Marks[i].Has(TokenMarks.Paragraph)); i++)
        {
            if (node.Next is null || !node.Next.TryGetValue(Stem.HashOf(tokens, i), out node!))
            {
                break;
            }

            found = node.HasLabel ? node.Label with { Length = i - at + 1 } : found;
        }

        return found;
    }

    private void Add(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var head = line[..colon].Split(' ');
        var value = head.Length > 1 ? int.Parse(head[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        foreach (var phrase in line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Add(phrase, new(Enum.Parse<TKind>(head[0]), value, 0));
        }
    }

    private void Add(string phrase, Label<TKind> label)
    {
        var tokens = new TokenStream();
        tokens.Read(phrase);
        var node = _root;
        for (var i = 0; i < tokens.Count; i++)
        {
            node.Next ??= [];
            if (!node.Next.TryGetValue(tokens.Hash[i], out var next))
            {
                next = new();
                node.Next.Add(tokens.Hash[i], next);
            }

            node = next;
        }

        (node.HasLabel, node.Label) = (true, node.HasLabel ? node.Label : label);
    }

    private sealed class Node
    {
        public Dictionary<ulong, Node>? Next { get; set; }

        public bool HasLabel { get; set; }

        public Label<TKind> Label { get; set; }
    }
}

/// <summary>What a phrase means.</summary>
/// <param name="Kind">Its kind; the default means that no phrase begins here.</param>
/// <param name="Value">The number that its line gives it, e.g. 5 for "Friday".</param>
/// <param name="Length">How many tokens it takes.</param>
internal readonly record struct Label<TKind>(TKind Kind, int Value, int Length)
    where TKind : struct, Enum;
