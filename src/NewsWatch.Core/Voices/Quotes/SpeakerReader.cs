using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Reads the speaker beside a quote: the subject of a verb of speech behind or before it, who follows "according to", or a name by itself.</summary>
internal sealed class SpeakerReader(Prose prose, Label<SpeechWord>[] labels, bool[] quoted, People people)
{
    private const int VerbReach = 16;
    private const int MaxWords = 8;

    /// <summary>The speaker behind a quote, in the rest of its sentence; null when there is none.</summary>
    public Speaker? Behind(int token, int end, int limit, bool isWhole)
    {
        var to = token;
        while (to < prose.Count && prose.Start(to) < limit && !quoted[to] && to - token < VerbReach && (to == token ? !IsBreak(end, prose.Start(to)) : !IsSentenceStart(to)))
        {
            to++;
        }

        if (to == token)
        {
            return null;
        }

        if (labels[token].Kind == SpeechWord.According)
        {
            return Subject(token + labels[token].Length, to);
        }

        if (Find(token, to, SpeechWord.With) is >= 0 and var with && Find(token, to, SpeechWord.Verb) < 0)
        {
            return people.FirstBetween(with, to) is { } named ? Of(named) : null;
        }

        var verb = Find(token, to, SpeechWord.Verb);
        if (verb < 0)
        {
            return people.At(token) is { } alone && prose.Text.AsSpan(end, prose.Start(token) - end).Contains(',') ? Of(alone) : null;
        }

        if (Find(token, to, SpeechWord.After) is >= 0 and var after)
        {
            return Subject(after + 1, to);
        }

        var isDirect = prose.Text[end - 2] is ',' or '?' or '!' or '.' or '…' or '，' || prose.Text.AsSpan(end, prose.Start(token) - end).IndexOfAny(",，—–") >= 0;
        return verb == token ? (isDirect || isWhole ? Subject(verb + labels[verb].Length, to) : null)
            : HasBarrier(token, verb) && !isDirect ? null
            : isDirect || isWhole || Find(token, verb, SpeechWord.With) >= 0 ? Nearest(token, verb) ?? Subject(verb + labels[verb].Length, to) : null;
    }

    /// <summary>The speaker before a quote, in its sentence.</summary>
    public Speaker? Before(int from, int token, int start)
    {
        for (var i = token - 1; i >= from; i--)
        {
            if (quoted[i])
            {
                continue;
            }

            if (labels[i].Kind == SpeechWord.According)
            {
                return Subject(i + labels[i].Length, token);
            }

            if (labels[i].Kind == SpeechWord.Verb && !IsNounByPlace(i) && (Nearest(from, i) ?? (IsVerbFirst(i, from) ? Subject(i + labels[i].Length, token) : null)) is { } speaker)
            {
                return speaker with { IsClose = token - i <= MaxWords && prose.Text.AsSpan(prose.End(token - 1), start - prose.End(token - 1)) is var gap && (gap.Contains(':') || gap.Contains(',') || gap.Contains('：') || !prose.IsCapital(token) || token - i <= 2) };
            }
        }

        return token > from && prose.Text.AsSpan(prose.End(token - 1), start - prose.End(token - 1)).IndexOfAny(":：") >= 0 ? Nearest(from, token) is { } named ? named with { IsClose = true } : null : null;
    }

    // "The claims", "his calls".
    private bool IsNounByPlace(int verb) => prose.Language == "en" && verb > 0 && labels[verb - 1].Kind == SpeechWord.Article && prose.IsPlainGap(verb - 1) && prose.Tokens.FoldedOf(verb - 1) is "the" or "a" or "an" or "his" or "her" or "their" or "its";

    private bool IsVerbFirst(int verb, int from) => verb == from || prose.Language is "ar" or "es" or "de";

    // The nearest pronoun, name or description before a verb.
    private Speaker? Nearest(int from, int verb)
    {
        for (var i = verb - 1; i >= from; i--)
        {
            if (quoted[i])
            {
                continue;
            }

            if (labels[i].Kind == SpeechWord.He && (labels[i].Value < 3 || prose.Tokens.FoldedOf(i) is "they" or "we" or "i" or "who"))
            {
                return labels[i].Value < 3 || prose.Tokens.FoldedOf(i) is not "who" ? new(i, i + 1, null, (Gender)labels[i].Value, "", false) : people.LastBetween(from, i) is { } head ? Of(head) : null;
            }

            if (people.At(i) is { } person && !IsOwner(person) && !IsModifier(person, verb) && !IsBehindPreposition(person, from))
            {
                return Of(person);
            }

            if (IsDescription(i) && Description(i, verb) is { } described)
            {
                return described;
            }
        }

        return prose.Language is "zh" && verb > from ? Plain(from, verb) : verb > from && verb - from <= 3 && labels[from].Kind is SpeechWord.None or SpeechWord.Role or SpeechWord.FemaleRole or SpeechWord.MaleRole ? Description(from, verb) : null;
    }

    private Speaker? Subject(int from, int to)
    {
        while (from < to && (quoted[from] || (labels[from].Kind == SpeechWord.Preposition && prose.Language != "en")))
        {
            from++;
        }

        if (from >= to)
        {
            return null;
        }

        if (labels[from].Kind == SpeechWord.He)
        {
            return labels[from].Value < 3 ? new(from, from + 1, null, (Gender)labels[from].Value, "", false) : null;
        }

        var stop = from + 1;
        while (stop < to && !prose.Tokens.Marks[stop].Has(TokenMarks.Pause) && !quoted[stop] && labels[stop].Kind is not (SpeechWord.Barrier or SpeechWord.Verb))
        {
            stop++;
        }

        var person = people.FirstBetween(from, stop);
        return person is not null && !IsOwner(person) && !(person.At > from && labels[person.At - 1].Kind == SpeechWord.Preposition) ? Of(person) with { At = person.At == from ? from : person.At }
            : prose.Language is "ar" ? Plain(from, Math.Min(stop, from + 4))
            : labels[from].Kind == SpeechWord.Article || prose.IsCapital(from) || prose.Language is "zh" || labels[from].Kind is SpeechWord.Role ? Description(from, stop) : null;
    }

    private static Speaker Of(Person person) => new(person.At, person.End, person, Gender.Unknown, "", false);

    private Speaker Plain(int from, int to) => new(from, to, new Person(from, to, NameOf(from, to), Gender.Unknown, "", true), Gender.Unknown, "", false);

    // An Arabic name behind its office, a Chinese one before what its bearer does.
    private string NameOf(int from, int to)
    {
        while (from + 1 < to && labels[from].Kind == SpeechWord.Role)
        {
            from++;
        }

        return prose.Between(from, to);
    }

    // "The ambassador, Yusuf Tarik,": the name beside the office counts.
    private Speaker? Description(int from, int to)
    {
        var end = from + 1;
        while (end < to && end - from < MaxWords && !quoted[end] && labels[end].Kind is not (SpeechWord.Barrier or SpeechWord.Verb or SpeechWord.He) && !prose.Tokens.Marks[end].Has(TokenMarks.Pause) && !IsSentenceStart(end))
        {
            end++;
        }

        if (end < to && people.At(end) is { } beside)
        {
            return Of(beside) with { At = from };
        }

        var role = people.FirstBetween(from, end) is not null ? -1 : Enumerable.Range(from, Math.Min(end - from, 3)).LastOrDefault(i => labels[i].Kind is SpeechWord.Role or SpeechWord.FemaleRole or SpeechWord.MaleRole, -1);
        return new(from, end, null, Gender.Unknown, role >= 0 ? prose.Tokens.FoldedOf(role).ToString() : "", false);
    }

    private bool IsDescription(int token) => labels[token].Kind == SpeechWord.Article && (token == 0 || quoted[token - 1] || labels[token - 1].Kind is not (SpeechWord.Preposition or SpeechWord.Verb or SpeechWord.Article));

    private bool IsOwner(Person person) => Stem.IsPossessive(prose.Tokens, person.End - 1);

    // "The Kesten leader" is not Kesten.
    private bool IsModifier(Person person, int verb) => person.End < verb && labels[person.End].Kind is SpeechWord.Role or SpeechWord.MaleRole or SpeechWord.FemaleRole && prose.IsPlainGap(person.End - 1);

    private bool IsBehindPreposition(Person person, int from) => person.At > from && IsPreposition(person.At - 1, from) && Enumerable.Range(from, person.At - from).Any(i => IsDescription(i) || people.At(i) is not null || labels[i].Kind == SpeechWord.Role || i == from);

    // "Of", or "of the".
    private bool IsPreposition(int token, int from) => labels[token].Kind == SpeechWord.Preposition || (token > from && labels[token].Kind == SpeechWord.Article && labels[token - 1].Kind == SpeechWord.Preposition);

    private int Find(int from, int to, SpeechWord kind)
    {
        for (var i = from; i < to; i++)
        {
            if (labels[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }

    private bool HasBarrier(int from, int to) => Find(from, to, SpeechWord.Barrier) >= 0;

    // Behind the mark goes on the sentence, unless a stop inside or outside the marks and a capital end it: then only a pronoun, a name or a verb that speaks may follow.
    private bool IsBreak(int end, int start)
    {
        var gap = prose.Text.AsSpan(end, start - end);
        return gap.Contains('\n') || gap.ContainsAny(".。!?") || (prose.Text[end - 2] is '.' && char.IsUpper(prose.Text[start]) && prose.Language != "de");
    }

    private bool IsSentenceStart(int token) => (prose.Tokens.Marks[token] & (TokenMarks.Sentence | TokenMarks.Paragraph)) != TokenMarks.None;
}
