using NewsWatch.Core.Text;
using NewsWatch.Core.Voices.Sentences;

namespace NewsWatch.Core.Voices.Quotes;

/// <summary>Finds the people whom a text names outside quotes, and who a pronoun, a surname or an office means.</summary>
internal sealed class People
{
    private const int MaxNameWords = 4;
    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create("“”\"„«»‘");
    private readonly Prose _prose;
    private readonly Label<SpeechWord>[] _labels;
    private readonly Func<int, bool> _isQuoted;
    private readonly Dictionary<int, Person> _at = [];
    private readonly List<Person> _all = [];

    public People(Prose prose, Label<SpeechWord>[] labels, Func<int, bool> isQuoted)
    {
        (_prose, _labels, _isQuoted) = (prose, labels, isQuoted);
        for (var i = 0; i < prose.Count;)
        {
            i = isQuoted(i) || ReadAt(i) is not { } person ? i + 1 : Add(person);
        }
    }

    /// <summary>The person whose name begins at a token, titles included; null when none does.</summary>
    public Person? At(int token) => _at.GetValueOrDefault(token);

    /// <summary>The last person who is named between two tokens.</summary>
    public Person? LastBetween(int from, int to) => _all.FindLast(person => person.At >= from && person.End <= to);

    /// <summary>The first person who is named between two tokens.</summary>
    public Person? FirstBetween(int from, int to) => _all.Find(person => person.At >= from && person.End <= to);

    /// <summary>The fullest name of a person in the text.</summary>
    public Person Fullest(Person person) =>
        person.IsFull ? person : _all.Find(other => other.IsFull && other.Surname == person.Surname && (other.Gender == person.Gender || other.Gender == Gender.Unknown || person.Gender == Gender.Unknown)) ?? person;

    /// <summary>Whom a pronoun means: the nearest fitting subject before it, else who follows; null when nobody fits.</summary>
    /// <param name="token">The pronoun.</param>
    /// <param name="gender">Its gender.</param>
    /// <param name="quoted">What the quote says; who is named in it does not speak of himself.</param>
    /// <param name="last">Who spoke last.</param>
    public Person? Of(int token, Gender gender, string quoted, Person? last)
    {
        var sentence = _prose.SentenceStart(token);
        var before = _all.Where(person => person.End <= token && Fits(person, gender, quoted)).ToList();
        var inSentence = before.FindLast(person => person.At >= sentence && person.IsSubject);
        before = before.Exists(person => !IsBehindPreposition(person)) ? before.FindAll(person => !IsBehindPreposition(person)) : before;
        var nearest = before.Count == 0 ? -1 : _prose.SentenceStart(before[^1].At);
        return inSentence
            ?? (last is not null && Fits(last, gender, quoted) && (nearest < 0 || nearest <= last.At || before.TrueForAll(person => person.At <= last.At || Fullest(person).Name == Fullest(last).Name)) ? last : null)
            ?? before.FindLast(person => person.IsSubject && _prose.SentenceStart(person.At) == nearest && !IsPlain(gender))
            ?? before.Find(person => _prose.SentenceStart(person.At) == nearest)
            ?? _all.Find(person => person.At > token && Fits(person, gender, quoted) && _all.Count(other => other.At > token) <= 2);
    }

    /// <summary>Whom an office means: who is called so, else the only fitting person of the sentences before.</summary>
    public Person? OfRole(int token, string role, string quoted)
    {
        var called = _all.Where(person => person.Role.Contains(role, StringComparison.Ordinal)).DistinctBy(person => Fullest(person).Surname).ToList();
        if (called.Count > 0)
        {
            return called.FindLast(person => person.At <= token) ?? called[0];
        }

        var gender = RoleGender(token);
        var near = _all.Where(person => person.End <= token && person.Role.Length == 0 && Fits(person, gender, quoted)).ToList();
        var sentences = near.Select(person => _prose.SentenceStart(person.At)).Distinct().ToList();
        return near.Count > 0 && sentences.Count == 1 && _all.Select(person => Fullest(person).Surname).Distinct().Count() <= 2 ? near[0] : null;
    }

    // "On Ukraine, he said": what is behind a preposition is not who acts.
    private bool IsBehindPreposition(Person person) => person.At > 0 && _labels[person.At - 1].Kind == SpeechWord.Preposition;

    private static bool IsPlain(Gender gender) => gender == Gender.Neither;

    private Gender RoleGender(int token) => _labels[token].Kind switch
    {
        SpeechWord.FemaleRole => Gender.Female,
        SpeechWord.MaleRole => Gender.Male,
        _ => Gender.Unknown,
    };

    private bool Fits(Person person, Gender gender, string quoted) =>
        (Known(person) is var known && (known == gender || known == Gender.Unknown || gender == Gender.Unknown)) && gender != Gender.Neither && !quoted.Contains(person.Surname, StringComparison.Ordinal);

    private Gender Known(Person person) => person.Gender != Gender.Unknown ? person.Gender : _all.Find(other => other.Surname == person.Surname && other.Gender != Gender.Unknown)?.Gender ?? Gender.Unknown;

    private int Add(Person person)
    {
        _all.Add(person);
        _at[person.At] = person;
        return person.End;
    }

    private Person? ReadAt(int at)
    {
        var i = at;
        while (i < _prose.Count && IsTitle(i) && (i == at || IsNext(i)))
        {
            i += Math.Max(1, _labels[i].Length);
        }

        var first = i;
        while (i < _prose.Count && i - first < MaxNameWords && IsNameWord(i) && (i == first ? i == at || IsNext(i) : IsNext(i)))
        {
            i++;
        }

        if (i == first || (i - first == 1 && (_prose.Tokens.FoldedOf(first).Length < 2 || IsOpener(first, at))))
        {
            return null;
        }

        var end = i;
        var name = _prose.Between(first, end);
        name = Stem.IsPossessive(_prose.Tokens, end - 1) ? name[..^2] : name;
        return new(at, end, name, GenderOf(at, first, end), RoleOf(at, first, end), IsSubject(at));
    }

    // The first word of a sentence is a name only when it is written so elsewhere or nothing else is known of it.
    private bool IsOpener(int first, int at) =>
        first == at && _prose.SentenceStart(first) == first && _labels[first].Kind is not (SpeechWord.None or SpeechWord.Male or SpeechWord.Female)
        || (first == at && Abbreviations.IsOpener(_prose.Text.AsSpan(_prose.Start(first), _prose.End(first) - _prose.Start(first))));

    private bool IsTitle(int token) => _prose.IsCapital(token) && _labels[token].Kind is SpeechWord.Role or SpeechWord.FemaleRole or SpeechWord.MaleRole && token + 1 < _prose.Count;

    private bool IsNameWord(int token) =>
        _prose.IsCapital(token) && !_isQuoted(token) && _labels[token].Kind is SpeechWord.None or SpeechWord.Male or SpeechWord.Female && char.IsLetter(_prose.Text[_prose.Start(token)]) && !IsCalendar(token)
        && !(_prose.Language == "en" && _prose.SentenceStart(token) == token && Abbreviations.IsOpener(_prose.Text.AsSpan(_prose.Start(token), _prose.End(token) - _prose.Start(token))));

    private bool IsCalendar(int token) => _prose.Tokens.FoldedOf(token) is "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday" or "january" or "february" or "march"
        or "april" or "june" or "july" or "august" or "september" or "october" or "november" or "december" or "i" or "according";

    private bool IsNext(int token) =>
        (_prose.Tokens.Marks[token] & (TokenMarks.Sentence | TokenMarks.Paragraph)) == TokenMarks.None && !_prose.Tokens.Marks[token].Has(TokenMarks.Pause) && !Stem.IsPossessive(_prose.Tokens, token - 1)
        && !_prose.Text.AsSpan(_prose.End(token - 1), _prose.Start(token) - _prose.End(token - 1)).ContainsAny(Marks);

    private Gender GenderOf(int at, int first, int end)
    {
        for (var i = at; i < end; i++)
        {
            if (_labels[i].Kind is SpeechWord.FemaleRole or SpeechWord.MaleRole || (i == first && _labels[i].Kind is SpeechWord.Female or SpeechWord.Male))
            {
                return _labels[i].Kind is SpeechWord.FemaleRole or SpeechWord.Female ? Gender.Female : Gender.Male;
            }
        }

        var apposition = end < _prose.Count && _prose.Tokens.Marks[end].Has(TokenMarks.Pause) ? RoleIn(end) : -1;
        return apposition >= 0 ? RoleGender(apposition) : Gender.Unknown;
    }

    // "President Karl Joost", "Clara Winter, the mayor", "The governor, Pavel Ostrov".
    private string RoleOf(int at, int first, int end)
    {
        var before = Enumerable.Range(at, first - at).Select(i => _prose.Tokens.FoldedOf(i).ToString());
        var beside = end < _prose.Count && _prose.Tokens.Marks[end].Has(TokenMarks.Pause) && RoleIn(end) is var role && role >= 0 ? _prose.Tokens.FoldedOf(role).ToString() : "";
        var ahead = at > 0 && _prose.Tokens.Marks[at].Has(TokenMarks.Pause) && !_prose.Tokens.Marks[at].Has(TokenMarks.Sentence) && IsRole(at - 1) ? _prose.Tokens.FoldedOf(at - 1).ToString() : "";
        return string.Join(' ', [.. before, beside, ahead]).Trim();
    }

    private int RoleIn(int from)
    {
        for (var i = from; i < Math.Min(_prose.Count, from + 3); i++)
        {
            if (IsRole(i))
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsRole(int token) => _labels[token].Kind is SpeechWord.Role or SpeechWord.FemaleRole or SpeechWord.MaleRole;

    private bool IsSubject(int at) =>
        at == _prose.SentenceStart(at) || (_labels[at - 1].Kind is not SpeechWord.Preposition && (_prose.Tokens.Marks[at].Has(TokenMarks.Pause) || at - _prose.SentenceStart(at) <= 2));
}
