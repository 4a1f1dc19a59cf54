using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Ties each quote to the words that name its speaker, and decides which spans are speech at all.</summary>
internal sealed class Attribution(Prose prose, Label<SpeechWord>[] labels, bool[] quoted, People people)
{
    private const int FewWords = 4;
    private readonly QuotedNames _names = new(prose, labels);
    private readonly SpeakerReader _reader = new(prose, labels, quoted, people);
    private Speaker? _last;
    private int _lastEnd;
    private Person? _lastPerson;

    /// <summary>The spans that are speech.</summary>
    public List<Quote> Read(List<(int Start, int End)> spans)
    {
        var found = new List<Quote>();
        for (var i = 0; i < spans.Count; i++)
        {
            var (start, end) = spans[i];
            var next = i + 1 < spans.Count ? spans[i + 1].Start : prose.Text.Length;
            if (Of(start, end, i == 0 ? 0 : spans[i - 1].End, next) is { } speaker)
            {
                found.Add(Quoted(start, end, speaker));
            }
        }

        return found;
    }

    private Quote Quoted(int start, int end, Speaker speaker)
    {
        var person = speaker.Person;
        if (person is null && speaker.Pronoun != Gender.Unknown)
        {
            person = people.Of(speaker.At, speaker.Pronoun, prose.Text[start..end], _lastPerson);
        }
        else if (person is null && speaker.Role.Length > 0)
        {
            person = people.OfRole(speaker.At, speaker.Role, prose.Text[start..end]);
        }

        person = person is null ? null : people.Fullest(person);
        (_last, _lastEnd, _lastPerson) = (speaker with { Person = person }, end, person ?? _lastPerson);
        var name = person?.Name ?? (speaker.Pronoun == Gender.Unknown && speaker.End > speaker.At ? prose.Between(speaker.At, speaker.End) : null);
        return speaker.End > speaker.At ? new(start, end, prose.Start(speaker.At), prose.End(speaker.End - 1), name) : new(start, end, -1, -1, name);
    }

    private Speaker? Of(int start, int end, int previousEnd, int nextStart)
    {
        var (first, behind) = (TokenAt(start), TokenAt(end));
        if (first == behind || _names.Is(start, end, first, behind))
        {
            return null;
        }

        var sentence = SentenceStart(first, start);
        var isWhole = IsSentence(start, end, first);
        var ahead = _reader.Behind(behind, end, nextStart, isWhole);
        var back = _reader.Before(sentence, first, start);
        var isClose = back is { IsClose: true };
        return (isClose ? back : ahead ?? back) ?? Continued(start, end, previousEnd, isWhole, first) ?? (isWhole ? Introduced(first, start) ?? Nobody(first) : null);
    }

    // "..." he said. "...": who speaks goes on until somebody else does.
    private Speaker? Continued(int start, int end, int previousEnd, bool isWhole, int first)
    {
        if (_last is null || _lastEnd != previousEnd)
        {
            return null;
        }

        var gap = prose.Text.AsSpan(previousEnd, start - previousEnd);
        var isNear = !gap.Contains('\n') || gap.IsWhiteSpace();
        var isSame = isNear && people.FirstBetween(TokenAt(previousEnd), first) is var named && (named is null || _last.Person is null || people.Fullest(named).Name == people.Fullest(_last.Person).Name);
        var isSpeech = isWhole || (prose.IsCapital(first) && (LastSign(start, end) is '.' or '!' or '?' || (end < prose.Text.Length && prose.Text[end] == '.')));
        return isSame && (isSpeech || !prose.Text.AsSpan(previousEnd, start - previousEnd).ContainsAny(".!?")) && first - TokenAt(previousEnd) < 25 ? _last : null;
    }

    // "Tomas Aldren began with an apology. '...'": a whole sentence without a speaker of its own.
    private Speaker? Introduced(int first, int start)
    {
        if (first == 0)
        {
            return null;
        }

        var from = prose.SentenceStart(first - 1);
        var person = people.FirstBetween(from, first);
        return person is null || TokenAt(start) - from > 60 ? null : new(person.At, person.End, person, Gender.Unknown, "", false);
    }

    // Speech of somebody whom the text does not name beside it.
    private static Speaker Nobody(int first) => new(first, first, null, Gender.Unknown, "", false);

    // Speech begins like a sentence and has some words; a name or a title ends without a stop.
    private bool IsSentence(int start, int end, int first) =>
        TokenAt(end) - first >= FewWords && (prose.IsCapital(first) || prose.Language is "ar" or "zh") && (first == 0 || prose.Tokens.Marks[first].Has(TokenMarks.Paragraph) || LastSign(start, end) is '.' or '!' or '?' or ',' or '。' or '，' or '…');

    // The last character of a quote's words: behind it may stand the marks of a quote inside it, "... and say 'I am the only one,'".
    private char LastSign(int start, int end)
    {
        var at = end - 2;
        while (at > start && prose.Text[at] is '\'' or '’' or '"' or '”' or ' ')
        {
            at--;
        }

        return prose.Text[at];
    }

    private int SentenceStart(int first, int start)
    {
        if (first == 0)
        {
            return 0;
        }

        var own = prose.SentenceStart(first);
        return own < first ? own : prose.Text.AsSpan(prose.End(first - 1), start - prose.End(first - 1)).Trim() is ":" or "," or "：" or "" or "，" && !prose.Text.AsSpan(prose.End(first - 1), start - prose.End(first - 1)).Contains('\n')
            || prose.Text.AsSpan(prose.End(first - 1), start - prose.End(first - 1)).Trim() is ":" or "："
            ? prose.SentenceStart(first - 1) : first;
    }

    private int TokenAt(int offset)
    {
        var at = Array.BinarySearch(prose.Tokens.Start, 0, prose.Count, offset);
        return at < 0 ? ~at : at;
    }
}

/// <summary>The words that name a speaker.</summary>
/// <param name="At">Their first token.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="Person">Who is named; null for a pronoun or a description.</param>
/// <param name="Pronoun">The pronoun's gender; unknown when it is none.</param>
/// <param name="Role">The office that describes him, folded; empty when there is none.</param>
/// <param name="IsClose">Whether the verb is directly before the quote.</param>
internal sealed record Speaker(int At, int End, Person? Person, Gender Pronoun, string Role, bool IsClose);
