using System.Text.RegularExpressions;

namespace NewsWatch.Messages;

/// <summary>Keeps right-to-left text from reordering its neighbours (UAX #9 isolates).</summary>
internal static partial class Bidi
{
    private const char LeftToRightIsolate = '\u2066';
    private const char RightToLeftIsolate = '\u2067';
    private const char FirstStrongIsolate = '\u2068';

    /// <summary>Closes an isolate.</summary>
    public const char PopIsolate = '\u2069';

    /// <summary>The text, isolated when it holds right-to-left letters; other text is left alone, for programs that show the marks.</summary>
    public static string Isolate(string text) => IsRightToLeft(text) ? FirstStrongIsolate + text + PopIsolate : text;

    /// <summary>True when the text holds right-to-left letters.</summary>
    public static bool IsRightToLeft(string text) => text.Any(IsRightToLeft);

    /// <summary>A query with its right-to-left words isolated: its operators stay from left to right whatever word it begins with.</summary>
    public static string IsolateWords(string query) => string.Concat(Parts(query).Select(Isolate));

    /// <summary>The parts of a query in their order: right-to-left words with the spaces between them, and what stands around them.</summary>
    public static string[] Parts(string query) => RightToLeftWords().Split(query);

    /// <summary>Isolates that text leaves open where its line is broken, as marks: a line is a paragraph of its own, which closes and opens them again in their direction.</summary>
    /// <param name="line">The line up to the break.</param>
    /// <returns>The marks that open them again; each is closed by one <see cref="PopIsolate"/>.</returns>
    public static string OpenAfter(string line)
    {
        var open = "";
        for (var at = 0; at < line.Length; at++)
        {
            open = line[at] switch
            {
                FirstStrongIsolate => open + (BeginsRightToLeft(line[at..]) ? RightToLeftIsolate : LeftToRightIsolate),
                LeftToRightIsolate or RightToLeftIsolate => open + line[at],
                PopIsolate when open.Length > 0 => open[..^1],
                _ => open,
            };
        }

        return open;
    }

    private static bool BeginsRightToLeft(string text) => IsRightToLeft(text.FirstOrDefault(char.IsLetter));

    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF');

    [GeneratedRegex(@"(?<words>[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]+(\s+[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]+)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RightToLeftWords();
}
