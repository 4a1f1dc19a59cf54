using System.Text;

namespace NewsWatch.Core.Text.Encodings;

/// <summary>
/// Guesses the encoding of bytes that say nothing true about it: in each encoding they are other characters, and the likeliest text of a language counts.
/// Looks at the first 4,000 words with high bytes.
/// </summary>
internal static class EncodingGuess
{
    private const int MaxWords = 4_000;
    private const int MaxWordLength = 200;

    // Natural logarithms, before any byte was seen: Windows-1252 is usual, other scripts take more than one letter to prove, and some encodings are hardly used.
    private const double Usual = 3;
    private const double Foreign = -5;
    private const double Rare = -4;

    private static readonly Candidate[] Candidates =
    [
        new(1252, Alphabets.Western, Usual), new(28605, Alphabets.Western, Usual - 1),
        new(1250, Alphabets.Central, 0), new(28592, Alphabets.Central, -1), new(1254, Alphabets.Turkish, 0), new(1257, Alphabets.Baltic, -1), new(1258, Alphabets.Vietnamese, Rare),
        new(1251, Alphabets.Cyrillic, Foreign), new(20866, Alphabets.Cyrillic, Foreign), new(21866, Alphabets.Cyrillic, Foreign - 1), new(28595, Alphabets.Cyrillic, Foreign + Rare), new(866, Alphabets.Cyrillic, Foreign + Rare),
        new(1253, Alphabets.Greek, Foreign), new(28597, Alphabets.Greek, Foreign - 1), new(1255, Alphabets.Hebrew, Foreign), new(1256, Alphabets.Arabic, Foreign), new(28596, Alphabets.Arabic, Foreign - 1), new(874, Alphabets.Thai, Foreign),
        new(54936, Alphabets.Chinese, Foreign), new(950, Alphabets.Chinese, Foreign), new(949, Alphabets.Korean, Foreign), new(932, Alphabets.Japanese, Foreign), new(51932, Alphabets.Japanese, Foreign),
    ];

    /// <summary>The likeliest encoding; Windows-1252 where nothing speaks for another one.</summary>
    public static Encoding Of(ReadOnlySpan<byte> bytes)
    {
        var sample = Sample(bytes);
        return Charsets.ByPage(Candidates.MaxBy(candidate => candidate.Likelihood(sample))!.CodePage);
    }

    /// <summary>The likelier of two encodings; the first where neither is.</summary>
    public static Encoding Likelier(ReadOnlySpan<byte> bytes, Encoding first, Encoding second)
    {
        var sample = Sample(bytes);
        return Of(second) > Of(first) ? second : first;

        double Of(Encoding encoding) => Candidates.FirstOrDefault(candidate => candidate.CodePage == encoding.CodePage)?.Likelihood(sample) ?? double.MinValue;
    }

    // A second byte of two is a letter or high as well, so that bytes below end every word in every encoding.
    private static byte[] Sample(ReadOnlySpan<byte> bytes)
    {
        var words = new List<byte>();
        for (var count = 0; count < MaxWords && bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var high; count++)
        {
            var start = high;
            while (start > 0 && high - start < MaxWordLength && bytes[start - 1] >= (byte)'@')
            {
                start--;
            }

            var end = high;
            while (end < bytes.Length && end - start < MaxWordLength && bytes[end] >= (byte)'@')
            {
                end++;
            }

            words.AddRange(bytes[start..end]);
            words.Add((byte)' ');
            bytes = bytes[end..];
        }

        return [.. words];
    }

    private sealed record Candidate(int CodePage, Alphabet[] Languages, double Before)
    {
        public double Likelihood(byte[] sample)
        {
            var text = Charsets.ByPage(CodePage).GetString(sample);
            return Before + Languages.Max(language => language.Likelihood(text));
        }
    }
}
