using System.Buffers;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Core.Articles;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Polling.Items;

/// <summary>By what an item is known again, in this order: guid, canonical link, title and day.</summary>
/// <param name="Key">The first of them that the item has and that tells it from the others of its feed.</param>
/// <param name="LinkKey">Canonical link; null when there is none.</param>
/// <param name="TitleKey">Normalised title; null when there is none.</param>
/// <param name="ContentHash">Of title and text, whatever the spacing: another hash is an edit.</param>
internal sealed record ItemKeys(FeedItem Item, string Key, string? LinkKey, string? TitleKey, string ContentHash)
{
    private const int MaxKeyLength = 300;
    private const int MaxUnitsOfRune = 2;

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(char.IsWhiteSpace)]);

    /// <summary>What is written of the item, where it was made beforehand.</summary>
    public string? Payload { get; init; }

    /// <summary>JSON of the item.</summary>
    public string Written => Payload ?? StoredJson.Write(Item);

    /// <summary>The key is a guid.</summary>
    public bool HasId => IsId(Key);

    public static bool IsId(string key) => key.StartsWith("id:", StringComparison.Ordinal);

    /// <summary>The keys of a feed's items; an item that is twice in it counts once.</summary>
    public static (IReadOnlyList<ItemKeys> Items, bool SharedIds) Of(IReadOnlyList<FeedItem> items, Source source)
    {
        var drafts = items.Select(item => Draft.From(item, source.TrackingParameters)).ToList();
        var sharedIds = SharedIds(drafts);
        var sharedLinks = SharedLinks(drafts.Where(draft => draft.Item.Id is null || sharedIds.Contains(draft.Item.Id)));
        var keyed = drafts.Select(draft => draft.Keyed(sharedIds, sharedLinks)).DistinctBy(item => item.Key).ToList();
        return (keyed, sharedIds.Count > 0);
    }

    /// <summary>Letters and digits in lower case, one blank between words.</summary>
    public static string? Normalised(string title)
    {
        var plain = Utf16Sanitizer.Of(title).Replace(Core.Stories.TitleKey.Honorific, ' ').Normalize(NormalizationForm.FormKC);
        var words = Scratch.Rent<char>(plain.Length * MaxUnitsOfRune);
        var length = 0;
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(words.AsSpan(length));
            }
            else if (length > 0 && words[length - 1] != ' ' && rune.Value is not ('\'' or '’'))
            {
                words[length++] = ' ';
            }
        }

        var key = words.AsSpan(0, length).Trim() is { Length: > 0 } text ? Short(text) : null;
        Scratch.Return(words);
        return key;
    }

    /// <summary>Guids of several items with other titles and other links: they identify none of them.</summary>
    private static HashSet<string> SharedIds(IEnumerable<Draft> drafts) =>
    [
        .. drafts.Where(draft => draft.Item.Id is not null).GroupBy(draft => draft.Item.Id!)
            .Where(group => group.DistinctBy(draft => draft.Title).Count() > 1 && (group.DistinctBy(draft => draft.Link).Count() > 1 || group.First().Link is null))
            .Select(group => group.Key),
    ];

    /// <summary>Links of several items with other titles, such as the site's front page.</summary>
    private static HashSet<string> SharedLinks(IEnumerable<Draft> drafts) =>
    [
        .. drafts.Where(draft => draft.Link is not null).GroupBy(draft => draft.Link!)
            .Where(group => group.DistinctBy(draft => draft.Title).Count() > 1)
            .Select(group => group.Key),
    ];

    private static string Short(string text) => text.Length <= MaxKeyLength ? text : Hash(text);

    private static string Short(ReadOnlySpan<char> text) => text.Length <= MaxKeyLength ? text.ToString() : Hash(text);

    private static string Hash(ReadOnlySpan<char> text) => TextHash.Of(text, 24);

    private sealed record Draft(FeedItem Item, string? Link, string? Title)
    {
        public static Draft From(FeedItem item, IReadOnlyList<string> tracking) =>
            new(string.IsNullOrWhiteSpace(item.Id) ? item with { Id = null } : item, item.Link is { Length: > 0 } link ? CanonicalUrl.Of(link, tracking) ?? link : null, Normalised(item.Title));

        public ItemKeys Keyed(HashSet<string> sharedIds, HashSet<string> sharedLinks)
        {
            var content = HashOf(Item.Title, Item.Text);
            var key = Item.Id is { } id && !sharedIds.Contains(id) ? $"id:{Short(id.Trim())}"
                : Link is not null && !sharedLinks.Contains(Link) ? $"link:{Short(Link)}"
                : Title is not null ? $"title:{Title}|{Item.Published?.UtcDateTime:yyyy-MM-dd}"
                : $"text:{content}";
            return new(Item, key, Link is not null && !sharedLinks.Contains(Link) ? Short(Link) : null, Title, content);
        }

        /// <summary>Of a line for each, with one blank between two words.</summary>
        private static string HashOf(string title, string text)
        {
            var words = Scratch.Rent<char>(title.Length + 1 + text.Length);
            var length = Tidy(title, words);
            words[length++] = '\n';
            length += Tidy(text, words.AsSpan(length));
            var hash = Hash(words.AsSpan(0, length));
            Scratch.Return(words);
            return hash;
        }

        private static int Tidy(string text, Span<char> into)
        {
            var length = 0;
            foreach (var range in text.AsSpan().SplitAny(WhiteSpace))
            {
                var word = text.AsSpan(range);
                if (!word.IsEmpty)
                {
                    if (length > 0)
                    {
                        into[length++] = ' ';
                    }

                    word.CopyTo(into[length..]);
                    length += word.Length;
                }
            }

            return length;
        }
    }
}
