using System.Globalization;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>Symbols beside a word that are part of what its author means: 25%, $500, C++, AT&amp;T, .NET.</summary>
internal static class Symbols
{
    /// <summary>The symbols right before a position of a rule's word; a dot counts where the word begins with it.</summary>
    public static string Before(string text, int start)
    {
        var from = start;
        while (from > 0 && IsSymbol(text[from - 1]))
        {
            from--;
        }

        return from == start && start == 1 && text[0] == '.' && text.Length > 1 && char.IsLetter(text[1]) ? "." : text[from..start];
    }

    /// <summary>The symbols right behind a position of a rule's word.</summary>
    public static string Behind(string text, int end)
    {
        var to = end;
        while (to < text.Length && IsSymbol(text[to]))
        {
            to++;
        }

        return text[end..to];
    }

    /// <summary>The signs of a rule's word that have no effect: reported, because its author may count on them.</summary>
    public static string Unread(string text) => string.Concat(text.Where(c => c is '!' or '§' or '^' or '\\').Distinct());

    /// <summary>Whether the symbols stand right before a word of a text; a currency may stand on either side of its number, and a space between them.</summary>
    public static bool Precede(string symbols, string text, int start, int end) =>
        symbols.Length == 0 || EndsWith(text, start, symbols) || (IsOfNumber(symbols, text, start) && ((start > 0 && IsSpace(text[start - 1]) && EndsWith(text, start - 1, symbols)) || Begins(text, end, symbols)));

    /// <summary>Whether the symbols stand right behind a word of a text; a currency may stand on either side of its number, and a space between them.</summary>
    public static bool Follow(string symbols, string text, int start, int end) =>
        symbols.Length == 0 || Begins(text, end, symbols) || (IsOfNumber(symbols, text, start) && IsCurrency(symbols[0]) && (EndsWith(text, start, symbols) || (start > 0 && IsSpace(text[start - 1]) && EndsWith(text, start - 1, symbols))))
        || (symbols == "%" && char.IsDigit(text[end - 1]) && end + 1 < text.Length && IsSpace(text[end]) && text[end + 1] == '%');

    private static bool EndsWith(string text, int end, string symbols) =>
        text.AsSpan(0, end).EndsWith(symbols, StringComparison.Ordinal) && (end == symbols.Length || text[end - symbols.Length - 1] != symbols[0]);

    // Behind the word, or behind it and a space; not when there are more of the same: C+ is not C++.
    private static bool Begins(string text, int end, string symbols)
    {
        var at = end < text.Length && IsSpace(text[end]) && IsCurrency(symbols[0]) ? end + 1 : end;
        var behind = at + symbols.Length;
        return text.AsSpan(at).StartsWith(symbols, StringComparison.Ordinal) && (behind == text.Length || text[behind] != symbols[^1]);
    }

    private static bool IsOfNumber(string symbols, string text, int start) => symbols.Length == 1 && IsCurrency(symbols[0]) && char.IsDigit(text[start]);

    private static bool IsCurrency(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    private static bool IsSpace(char c) => c is ' ' or '\u00A0' or '\u202F' or '\u2009';

    private static bool IsSymbol(char c) =>
        c is '%' or '‰' or '#' or '&' or '@' || (c is not ('`' or '´' or '=' or '~' or '|' or '^') && char.GetUnicodeCategory(c) is UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol);
}
