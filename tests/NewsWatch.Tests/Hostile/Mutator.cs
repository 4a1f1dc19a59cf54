using System.Text;

namespace NewsWatch.Tests.Hostile;

/// <summary>Makes one broken input out of good ones: the same number gives the same input.</summary>
internal static class Mutator
{
    private const int MaxChanges = 12;
    private const int MaxBytes = 200_000;

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#xFFFE;", "&#xD800;", "&amp;lt;", "&", ";", "<?xml version='1.0' encoding='utf-7'?>",
            "\"", "'", "\\", "\\ud800", "\\u0000", "{", "}", "[", "]", ":", ",", "null", "1e999", "-0", "\r\n", "\t", "\0", "\uFEFF", "\u202E", "\uFFFE", "\u0301\u0301\u0301", "(", ")", "/(a+)+/", "/[/", "NEAR/",
            "NEAR/999999999999", "NOT ", " OR ", " AND ", "atleast0(", "{a|", "@x", "#x", "=U.S.", "a*b?c*", "title:", "env:", "file:/dev/null", "1d", "99999999999999999999", "24:00", "+99:99", "Feb 30", "Sun, 0 Jan 0000",
            "GMT+25", "۱۲:۳۰", "٢٠٢٥", "１２", "𝟙𝟚", "<item>", "<entry>", "<table>", "<b>", "<svg>", "<script>", "<template>", "<style>", "<base href='//x'>", "xmlns:a=''", "xml:base='http://['", "../", "http://[::1", "https://xn--/", "%", "%zz",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1F, 0x8B], [0, 0, 0, 0],
    ];

    /// <summary>One of the good inputs with a few changes.</summary>
    public static byte[] Input(IReadOnlyList<byte[]> good, int number)
    {
        var chance = new Random(number);
        var input = new List<byte>(good[chance.Next(good.Count)]);
        for (var changes = chance.Next(MaxChanges + 1); changes > 0 && input.Count < MaxBytes; changes--)
        {
            Change(input, good, chance);
        }

        return [.. input];
    }

    private static void Change(List<byte> input, IReadOnlyList<byte[]> good, Random chance)
    {
        var at = chance.Next(input.Count + 1);
        var length = Math.Min(chance.Next(1, 1 << chance.Next(1, 10)), input.Count - at);
        switch (chance.Next(7))
        {
            case 0:
                input.InsertRange(at, Words[chance.Next(Words.Length)]);
                break;
            case 1:
                input.RemoveRange(at, length);
                break;
            case 2:
                var piece = input.GetRange(at, length);
                input.InsertRange(chance.Next(input.Count + 1), Enumerable.Repeat(piece, chance.Next(1, 30)).SelectMany(bytes => bytes).Take(20_000));
                break;
            case 3 when input.Count > at:
                input[at] = (byte)chance.Next(256);
                break;
            case 4 when input.Count > at:
                input[at] ^= (byte)(1 << chance.Next(8));
                break;
            case 5:
                var other = good[chance.Next(good.Count)];
                var from = chance.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + chance.Next(200))]);
                break;
            default:
                input.RemoveRange(at, input.Count - at);
                break;
        }
    }
}
