using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NewsWatch.Core.Articles.Pages;

namespace NewsWatch.Core.Articles;

/// <summary>
/// What one host's articles have in common: a paragraph in several different articles is boilerplate of the site, whatever its markup says. An immutable value that the caller
/// keeps per host; hashes only, no text.
/// </summary>
public sealed class RepeatedParagraphs
{
    /// <summary>In how many different articles a paragraph must stand to be boilerplate.</summary>
    public const int Enough = 3;

    /// <summary>Most paragraphs that are remembered for a host; the longest unseen are forgotten first.</summary>
    public const int Capacity = 2_000;

    // Short paragraphs repeat by chance: "No comment."
    private const int MinLetters = 25;

    private readonly Dictionary<ulong, Seen> _blocks;
    private readonly int _clock;

    private RepeatedParagraphs(Dictionary<ulong, Seen> blocks, int clock)
    {
        _blocks = blocks;
        _clock = clock;
    }

    /// <summary>Nothing seen yet.</summary>
    public static RepeatedParagraphs None { get; } = new([], 0);

    /// <summary>How many paragraphs are remembered.</summary>
    public int Count => _blocks.Count;

    /// <summary>Reads what <see cref="ToString"/> wrote; what cannot be read counts as not seen.</summary>
    public static RepeatedParagraphs Parse(string? text)
    {
        var blocks = new Dictionary<ulong, Seen>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            if (parts.Length == 4 && ulong.TryParse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var block)
                && ulong.TryParse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var article)
                && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var times) && int.TryParse(parts[3], CultureInfo.InvariantCulture, out var last))
            {
                blocks[block] = new Seen(article, times, last);
            }
        }

        return new RepeatedParagraphs(blocks, blocks.Count == 0 ? 0 : blocks.Values.Max(b => b.Last));
    }

    /// <summary>True for a paragraph that stood in enough different articles.</summary>
    public bool IsBoilerplate(string paragraph) => _blocks.TryGetValue(Hash(TextMeasure.Key(paragraph)), out var seen) && seen.Times >= Enough;

    /// <summary>The memory after one more article. Reading the same article again changes nothing.</summary>
    /// <param name="articleUrl">The article's canonical URL.</param>
    /// <param name="paragraphs"><see cref="PageResult.Read.Paragraphs"/>.</param>
    public RepeatedParagraphs With(string articleUrl, IEnumerable<string> paragraphs)
    {
        ArgumentNullException.ThrowIfNull(paragraphs);
        var article = Hash(articleUrl);
        var blocks = new Dictionary<ulong, Seen>(_blocks);
        foreach (var block in paragraphs.Select(TextMeasure.Key).Where(key => key.Length >= MinLetters).Select(Hash).Distinct())
        {
            blocks[block] = !blocks.TryGetValue(block, out var seen) ? new Seen(article, 1, _clock + 1)
                : seen.Article == article ? seen with { Last = _clock + 1 }
                : new Seen(article, Math.Min(seen.Times + 1, 1_000), _clock + 1);
        }

        return new RepeatedParagraphs(blocks.Count <= Capacity ? blocks : blocks.OrderByDescending(b => b.Value.Last).Take(Capacity).ToDictionary(), _clock + 1);
    }

    /// <summary>One line for each paragraph, in a stable order; <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        string.Join('\n', _blocks.OrderBy(b => b.Key).Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Key:x} {b.Value.Article:x} {b.Value.Times} {b.Value.Last}")));

    private static ulong Hash(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Seen(ulong Article, int Times, int Last);
}
