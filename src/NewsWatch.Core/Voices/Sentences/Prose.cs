using NewsWatch.Core.Text;

namespace NewsWatch.Core.Voices.Sentences;

/// <summary>A text cut into tokens and sentences, in one language.</summary>
internal sealed class Prose
{
    /// <summary>The languages whose dates, deadlines and quotes are read, by their codes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "english",
        ["de"] = "german",
        ["fr"] = "french",
        ["es"] = "spanish",
        ["ru"] = "russian",
        ["uk"] = "ukrainian",
        ["ar"] = "arabic",
        ["zh"] = "chinese",
    };

    private readonly int[] _sentences;

    private Prose(string text, TokenStream tokens, string language)
    {
        Text = text;
        Language = language;
        Tokens = tokens;
        _sentences = new int[Tokens.Count + 1];
        for (int i = 0, start = 0; i < Tokens.Count; i++)
        {
            start = i > 0 && IsSentenceStart(i) ? i : start;
            _sentences[i] = start;
        }

        _sentences[Tokens.Count] = Tokens.Count;
    }

    public string Text { get; }

    /// <summary>The code of one of the <see cref="Languages"/>.</summary>
    public string Language { get; }

    public TokenStream Tokens { get; }

    public int Count => Tokens.Count;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its BCP 47 tag; empty or one that is not known: the language whose script and commonest words the text shows, else English.</param>
    public static Prose Read(string text, string language)
    {
        var code = language.Length >= 2 && (language.Length == 2 || language[2] is '-' or '_') ? language[..2].ToLowerInvariant() : "";
        var tokens = new TokenStream();
        tokens.Read(text);
        return new(text, tokens, Languages.ContainsKey(code) ? code : ByScript(text, tokens));
    }

    /// <summary>The first token of the sentence of a token.</summary>
    public int SentenceStart(int token) => _sentences[token];

    /// <summary>Behind the last token of the sentence of a token.</summary>
    public int SentenceEnd(int token)
    {
        var end = token + 1;
        while (end < Count && _sentences[end] != end)
        {
            end++;
        }

        return end;
    }

    /// <summary>Where a token begins in the text.</summary>
    public int Start(int token) => Tokens.Start[token];

    /// <summary>Where a token ends in the text.</summary>
    public int End(int token) => Tokens.End[token];

    /// <summary>Whether a token is written with a capital, in scripts that have them.</summary>
    public bool IsCapital(int token) => char.IsUpper(Text[Tokens.Start[token]]);

    /// <summary>Whether two neighbouring tokens have nothing but spaces between them.</summary>
    public bool IsPlainGap(int token) => token + 1 < Count && Text.AsSpan(End(token), Start(token + 1) - End(token)).IsWhiteSpace();

    /// <summary>The text from one token up to before another.</summary>
    public string Between(int from, int to) => Text[Start(from)..End(to - 1)];

    // "am 30. September" goes on, though a dot and a capital follow each other.
    private bool IsSentenceStart(int token) =>
        Tokens.Marks[token].Has(TokenMarks.Paragraph)
        || (Tokens.Marks[token].Has(TokenMarks.Sentence)
            && !(Language == "de" && char.IsAsciiDigit(Text[Start(token - 1)]) && End(token - 1) - Start(token - 1) <= 2 && Text[End(token - 1)] == '.'));

    private static string ByScript(string text, TokenStream tokens)
    {
        var (han, arabic, cyrillic, ukrainian) = (0, 0, 0, 0);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 500)))
        {
            han += c is >= '\u4E00' and <= '\u9FFF' ? 3 : 0;
            arabic += Scripts.IsArabic(c) ? 1 : 0;
            cyrillic += Scripts.IsCyrillic(c) ? 1 : 0;
            ukrainian += c is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' ? 1 : 0;
        }

        var needed = Math.Min(text.Length, 500) / 3;
        return han > needed ? "zh" : arabic > needed ? "ar" : cyrillic <= needed ? ByWords(tokens) : ukrainian > 0 ? "uk" : "ru";
    }

    private static string ByWords(TokenStream tokens) => LanguagesOf.Of(tokens, "") switch
    {
        Core.Text.Languages.German => "de",
        Core.Text.Languages.French => "fr",
        Core.Text.Languages.Spanish => "es",
        _ => "en",
    };
}
