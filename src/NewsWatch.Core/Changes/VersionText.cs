namespace NewsWatch.Core.Changes;

/// <summary>A version as it is compared: its sentences, without page furniture.</summary>
internal sealed class VersionText
{
    private VersionText(Sentence title, List<Sentence> body)
    {
        (Title, Body) = (title, body);
        Keys = [.. body.Append(title).SelectMany(sentence => sentence.Words).Select(word => word.Key)];
        Names = [.. body.SelectMany(sentence => sentence.Words).Where(word => word is { IsCapital: true, IsOpening: false }).Select(word => word.Key)];
    }

    /// <summary>The headline.</summary>
    public Sentence Title { get; }

    /// <summary>The sentences of the text, in order.</summary>
    public IReadOnlyList<Sentence> Body { get; }

    /// <summary>All its words.</summary>
    public HashSet<string> Keys { get; }

    /// <summary>The words that stand with a capital inside sentences of the text.</summary>
    public HashSet<string> Names { get; }

    /// <summary>Reads a version.</summary>
    public static VersionText Read(TextVersion version, ChangeWords vocabulary, CancellationToken cancellationToken)
    {
        var reader = new WordFacts(vocabulary);
        var body = new List<Sentence>();
        var paragraphs = 0;
        foreach (var (start, text) in Paragraphs(version.Text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Notices.IsFurniture(text))
            {
                body.AddRange(Sentences(text, start, paragraphs++, reader.Read(text, start)));
            }
        }

        return new(new(-1, 0, version.Title, reader.Read(version.Title, 0)), body);
    }

    private static IEnumerable<(int Start, string Text)> Paragraphs(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            var begin = at;
            while (begin < end && char.IsWhiteSpace(text[begin]))
            {
                begin++;
            }

            if (begin < end)
            {
                yield return (begin, text[begin..end].TrimEnd());
            }

            at = end + 1;
        }
    }

    private static IEnumerable<Sentence> Sentences(string paragraph, int offset, int number, List<Word> words)
    {
        var (first, start) = (0, 0);
        for (var i = 1; i <= words.Count; i++)
        {
            if (i < words.Count && !words[i].BeginsSentence)
            {
                continue;
            }

            var end = i < words.Count ? BeforeSigns(paragraph, words[i].Start - offset) : paragraph.Length;
            yield return new(number, offset + start, paragraph[start..end].TrimEnd(), words[first..i]);
            (first, start) = (i, end);
        }
    }

    // The quotation mark or bracket before a sentence's first word belongs to it.
    private static int BeforeSigns(string paragraph, int at)
    {
        while (at > 0 && !char.IsWhiteSpace(paragraph[at - 1]) && paragraph[at - 1] is not ('.' or '!' or '?' or '。' or '！' or '？' or '؟' or '…'))
        {
            at--;
        }

        return at;
    }
}
