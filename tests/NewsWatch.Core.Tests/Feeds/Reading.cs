using System.Text;
using NewsWatch.Core.Feeds;

namespace NewsWatch.Core.Tests.Feeds;

/// <summary>Reads small feeds as if they had come from https://news.example.com/feed.</summary>
internal static class Reading
{
    private static readonly Uri Address = new("https://news.example.com/feed");

    public static FeedResult Result(string text, string? contentType = null) => FeedParser.Parse(Encoding.UTF8.GetBytes(text), contentType, Address);

    public static Feed Feed(string text) => Assert.IsType<FeedResult.Parsed>(Result(text)).Feed;

    public static string Refusal(string text) => Assert.IsType<FeedResult.NotAFeed>(Result(text)).Reason;

    /// <summary>The only item of an RSS 2.0 feed.</summary>
    public static FeedItem Item(string parts) => Assert.Single(Feed(
        $"""
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
          xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>T</title><item>{parts}</item></channel></rss>
        """).Items);

    /// <summary>The only entry of an Atom 1.0 feed.</summary>
    public static FeedItem Entry(string parts) => Assert.Single(Feed($"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>T</title><entry>{parts}</entry></feed>""").Items);
}
