using NewsWatch.Cli;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Articles;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

public sealed class TryTests
{
    private const string Page = """
        <html lang="en"><head><title>Locks reopen | River Post</title>
        <link rel="canonical" href="https://news.example.com/world/locks?utm_source=x">
        <meta property="article:section" content="World">
        <script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Locks reopen under a truce","datePublished":"2025-08-06T14:05:00+02:00","keywords":"river, freight",
          "author":[{"name":"Ann Example"},{"name":"Bob Sample"}],"coverageEndTime":"2025-08-06T22:00:00+02:00","liveBlogUpdate":[{"headline":"First ship","articleBody":"It passed."}]}</script></head>
        <body><h1>Locks reopen under a truce</h1><div class="article-body">
        <p>The ministers of the eleven river states agreed on a truce on Tuesday, with a deadline for the last of the barges at the end of the month.</p>
        <p>No sanctions are planned against the ports of the delta, the harbour master said, and none had been asked for by any of the states.</p></div></body></html>
        """;

    private static readonly PageResult.Read Read = Assert.IsType<PageResult.Read>(PageReader.Read(Page, new Uri("https://news.example.com/live")));

    [Fact]
    public void Each_field_tells_where_on_the_page_it_stood() => Snapshot.Approved(TryText.Facts(Read), "try-facts.txt");

    [Fact]
    public void Each_rule_tells_its_hits_or_what_was_missing() =>
        Snapshot.Approved(
            TryText.Rules(ArticleDocument.Of(Read.Article, [], ""), SomeWatch.Of([], [SomeWatch.Rule("ports", "sanctions AND embargo"), SomeWatch.Rule("truce-deadline", "truce NEAR/20 deadline", Severity.Urgent)], []), only: null), "try-rules.txt");

    [Fact]
    public void What_a_page_says_cannot_colour_the_terminal()
    {
        var read = Assert.IsType<PageResult.Read>(PageReader.Read(Page.Replace("Locks reopen under", "Locks \u001b[31m reopen under", StringComparison.Ordinal), new Uri("https://news.example.com/live")));
        Assert.DoesNotContain('\u001b', TryText.Facts(read) + TryText.Rules(ArticleDocument.Of(read.Article, [], ""), SomeWatch.Default, null));
    }
}
