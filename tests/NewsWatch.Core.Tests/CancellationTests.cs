using System.Text;
using NewsWatch.Core.Articles.Pages;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Rules;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests;

/// <summary>A caller that gives an input so much time and no more can stop every reader.</summary>
public sealed class CancellationTests
{
    private static readonly Uri Address = new("https://news.example.com/a");

    public static TheoryData<string, Action<CancellationToken>> Readers => new()
    {
        { "page", cancellation => PageReader.Read("<body><p>A sentence of some length, with a comma, stands in this paragraph.", Address, null, cancellation) },
        { "links of a page", cancellation => WatchedPage.Links("<body><a href=/a>A headline of some length</a>", Address, null, [], cancellation) },
        { "paragraphs of a page", cancellation => WatchedPage.Paragraphs("<body><p>A sentence of some length.", Address, null, [], [], cancellation) },
        { "feeds of a page", cancellation => PageFeeds.Of("<link rel=alternate type=application/rss+xml href=/feed>", Address, cancellation) },
        { "feed", cancellation => FeedParser.Parse(Bytes("<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"), null, Address, cancellation) },
        { "broken feed", cancellation => FeedParser.Parse(Bytes("<rss version='2.0'><channel><item><title>One</titel></item>"), null, Address, cancellation) },
        { "JSON feed", cancellation => FeedParser.Parse(Bytes("""{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/a"}]}"""), null, Address, cancellation) },
        { "sitemap", cancellation => SitemapParser.Parse(Bytes("<urlset><url><loc>/a</loc></url></urlset>"), Address, default, cancellation) },
        { "rules", cancellation => Rules.Match(Truce, cancellation) },
        { "excerpts", cancellation => Excerpts.CutEach(Truce, Rules.Match(Truce, CancellationToken.None), cancellation) },
    };

    private static Document Truce => new() { Title = "Truce", Body = "A truce is near." };

    private static RuleSet Rules => RuleSet.Compile([new Rule("truce", Query.Parse("truce", Vocabulary.Empty).Query!, null)], Vocabulary.Empty);

    [Theory]
    [MemberData(nameof(Readers), DisableDiscoveryEnumeration = true)]
    public void A_reader_stops_when_its_time_is_over(string reader, Action<CancellationToken> read)
    {
        Assert.NotEmpty(reader);
        using var over = new CancellationTokenSource();
        read(over.Token);

        over.Cancel();

        Assert.Throws<OperationCanceledException>(() => read(over.Token));
    }

    [Fact]
    public void Rules_match_as_ever_after_a_match_that_was_stopped()
    {
        var rules = RuleSet.Compile([new Rule("near", Query.Parse("truce NEAR/5 near", Vocabulary.Empty).Query!, null)], Vocabulary.Empty);
        var before = rules.Match(Truce).Single().Hits;

        Assert.Throws<OperationCanceledException>(() => rules.Match(Truce, new CancellationToken(canceled: true)));

        Assert.Equal(before, rules.Match(Truce).Single().Hits);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
