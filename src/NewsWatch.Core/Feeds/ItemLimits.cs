namespace NewsWatch.Core.Feeds;

/// <summary>How much of an item is kept: more than any item needs, and little enough to be carried through everything that follows.</summary>
internal static class ItemLimits
{
    private const int Title = 1_000;
    private const int Text = 1_000_000;
    private const int Name = 200;
    private const int Names = 50;

    /// <summary>The item with its texts cut to the limits, in UTF-16 code units; guid and link stay as they are, because they identify it.</summary>
    public static FeedItem Of(FeedItem item) => item with
    {
        Title = Cut(item.Title, Title),
        Text = Cut(item.Text, Text),
        Authors = Cut(item.Authors),
        Categories = Cut(item.Categories),
    };

    private static IReadOnlyList<string> Cut(IReadOnlyList<string> names) =>
        names.Count <= Names && names.All(name => name.Length <= Name) ? names : [.. names.Take(Names).Select(name => Cut(name, Name))];

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
