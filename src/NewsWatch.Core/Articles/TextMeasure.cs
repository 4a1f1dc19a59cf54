namespace NewsWatch.Core.Articles;

/// <summary>Measures texts so that scripts without spaces weigh like those with them.</summary>
internal static class TextMeasure
{
    /// <summary>Characters that are no white space; an ideograph, kana or Hangul syllable counts twice.</summary>
    public static int Letters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (c is >= '\u3040' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF')
            {
                count += 2;
            }
            else if (c > ' ' && !char.IsWhiteSpace(c))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>The letters and digits of a text in lower case: for comparing texts that differ in spaces and punctuation.</summary>
    public static string Key(string text)
    {
        return string.Create(text.Count(char.IsLetterOrDigit), text, static (key, source) =>
        {
            var at = 0;
            foreach (var c in source)
            {
                if (char.IsLetterOrDigit(c))
                {
                    key[at++] = char.ToLowerInvariant(c);
                }
            }
        });
    }
}
