using System.Globalization;
using System.Xml;
using CsCheck;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Feeds.Xml;

namespace NewsWatch.Core.Tests.Feeds;

/// <summary>Feeds of more than is read: what is kept, what is said, and that reading them holds little.</summary>
public sealed class LimitTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void Of_more_items_than_are_held_while_reading_the_newest_are_kept_in_their_order() => Gen.Int[0, 3_000].Array[25_000].Sample(
        days =>
        {
            var items = days.Select((day, at) => $"<item><guid>{at}</guid>{(day % 7 == 0 ? "" : $"<pubDate>{Day(day)}</pubDate>")}</item>");
            var feed = Reading.Feed($"<rss><channel><title>A</title>{string.Concat(items)}<link>https://news.example.com/</link></channel></rss>");

            var newest = days.Select((day, at) => (Day: day % 7 == 0 ? int.MaxValue : day, At: at)).OrderByDescending(item => item.Day).Take(2_000).OrderBy(item => item.At);
            Assert.Equal(newest.Select(item => item.At.ToString(CultureInfo.InvariantCulture)), feed.Items.Select(item => item.Id));
            Assert.Equal((23_000, "A", "https://news.example.com/"), (feed.Dropped, feed.Title, feed.Link));
        },
        iter: 3);

    [Fact]
    public void Items_of_json_are_kept_by_the_same_measure()
    {
        var items = Enumerable.Range(0, 9_001).Select(at => $$"""{"id":"{{at}}"{{(at % 3 == 0 ? "" : $", \"date_published\":\"{Day(at)}\"")}}}""");
        var feed = Reading.Feed($$"""{"version":"https://jsonfeed.org/version/1.1","items":[{{string.Join(',', items)}}]}""");

        Assert.Equal(Enumerable.Range(0, 2_000).Select(at => $"{3 * at}"), feed.Items.Select(item => item.Id));
        Assert.Equal(7_001, feed.Dropped);
    }

    [Fact]
    public void Empty_items_by_the_hundred_thousand_are_not_held()
    {
        var text = $"<rss><channel><title>A</title>{string.Concat(Enumerable.Repeat("<item/>", 200_000))}</channel></rss>";

        using var reader = XmlReader.Create(new StringReader(text));
        var tree = new LimitedTreeBuilder(reader, ItemTrimmer.DropOldest, CancellationToken.None);

        Assert.True(tree.Read(10));
        Assert.InRange(tree.Root!.Descendants().Count(), 2_000, 25_000);
        Assert.InRange(tree.Dropped, 175_000, 198_000);
        Assert.Equal(198_000, Reading.Feed(text).Dropped);
    }

    [Theory]
    [InlineData("<rss><channel>{0}</channel></rss>")]
    [InlineData("<rss><channel><item>{0}</item></channel></rss>")]
    public void Elements_that_are_no_items_are_refused_when_there_are_too_many(string document)
    {
        Assert.Equal("the document has too many elements", Reading.Refusal(string.Format(CultureInfo.InvariantCulture, document, string.Concat(Enumerable.Repeat("<x/>", 500_000)))));
        Assert.NotNull(Reading.Feed(string.Format(CultureInfo.InvariantCulture, document, string.Concat(Enumerable.Repeat("<x/>", 200_000)))));
    }

    [Fact]
    public void Of_a_large_broken_feed_the_beginning_is_recovered_and_that_is_said()
    {
        var result = Assert.IsType<FeedResult.Parsed>(Reading.Result($"<rss><channel odd=yes>{string.Concat(Enumerable.Range(0, 60_000).Select(at => $"<item><guid>{at}</guid></item>"))}</channel></rss>"));

        Assert.Equal((2_000, "0"), (result.Feed.Items.Count, result.Feed.Items[0].Id));
        Assert.Equal(["it is not well-formed XML: its first 50000 elements were recovered"], result.Warnings);
        Assert.Equal(24_998 - 2_000, result.Feed.Dropped);
    }

    [Fact]
    public void Json_of_too_many_parts_is_refused_before_it_is_held()
    {
        var text = $$"""{"version":"https://jsonfeed.org/version/1.1","items":[{}{{string.Concat(Enumerable.Repeat(",{}", 1_100_000))}}]}""";

        Assert.Equal("the answer is JSON of too many parts", Reading.Refusal(text));
        Assert.InRange(Allocated(() => Reading.Refusal(text)), 0, 20L * Mebibyte);
    }

    [Fact]
    public void Authors_of_a_whole_json_feed_are_read_once()
    {
        var text = $$"""{"version":"https://jsonfeed.org/version/1.1","authors":[{{string.Join(',', Enumerable.Range(0, 5_000).Select(at => $"{{\"name\":\"Author {at}\"}}"))}}],"items":[{{string.Join(',', Enumerable.Range(0, 2_000).Select(at => $"{{\"id\":\"{at}\"}}"))}}]}""";

        Assert.InRange(Allocated(() => Assert.All(Reading.Feed(text).Items, item => Assert.Equal(50, item.Authors.Count))), 0, 50L * Mebibyte);
    }

    [Fact]
    public void Texts_of_an_item_are_cut_and_no_character_is_halved()
    {
        var text = new string('x', 999) + "😀" + new string('x', 1_100_000);
        var item = Reading.Item($"<title>{text}</title><description>{text}</description><author>{text[..300]}</author>{string.Concat(Enumerable.Repeat($"<category>{text[..300]}</category>", 100))}");

        Assert.Equal((999, 1_000_000, 200), (item.Title.Length, item.Text.Length, Assert.Single(item.Authors).Length));
        Assert.Equal(200, Assert.Single(item.Categories).Length);
    }

    [Fact]
    public void An_item_has_at_most_fifty_categories() =>
        Assert.Equal(Enumerable.Range(0, 50).Select(at => $"c{at}"), Reading.Item(string.Concat(Enumerable.Range(0, 100).Select(at => $"<category>c{at}</category>"))).Categories);

    private static long Allocated(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Day(int day) => new DateTime(2015, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddDays(day).ToString("r", CultureInfo.InvariantCulture);
}
