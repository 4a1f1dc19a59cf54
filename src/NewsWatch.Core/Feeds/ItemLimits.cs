namespace NewsWatch.Core.Feeds;

/// <summary>How much of an item is kept: more than any item needs, and little enough to be carried through everything that follows.</summary>
internal static class ItemLimits
{
    private const int Title = 1_000;
    private const int Text = 1_000_000;
    private const int Name = 200;
    internal const int Names = 50;

    /// <summary>The item with its texts cut to the limits, in UTF-16 code units; guid and link stay as they are, because they identify it.</summary>
    public static FeedItem Of(FeedItem item) =>
        item.Title.Length <= Title && item.Text.Length <= Text && Fit(item.Authors) && Fit(item.Categories) ? item : item with
        {
            Title = Cut(item.Title, Title),
            Text = Cut(item.Text, Text),
            Authors = Cut(item.Authors),
            Categories = Cut(item.Categories),
        };

    private static bool Fit(IReadOnlyList<string> names)
    {
        for (var at = 0; at < names.Count; at++)
        {
            if (at == Names || names[at].Length > Name)
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<string> Cut(IReadOnlyList<string> names) => Fit(names) ? names : [.. names.Take(Names).Select(name => Cut(name, Name))];

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
