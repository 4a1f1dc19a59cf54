using NewsWatch.Configuration;
using NewsWatch.Processing;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

public sealed class AlertContentBuilderTests
{
    [Theory]
    [InlineData("wire", "https://elsewhere.example.com/a", "The Wire")]
    [InlineData("paper", "https://www.paper.example.com/a", "paper.example.com")]
    [InlineData("paper", "https://пример.example.com/a", "xn--e1afmkfd.example.com")]
    [InlineData("norland-desk", "https://a\u200b--.xn--/a", "Norland desk")]
    [InlineData("norland-desk", "http://192.0.2.7/a", "Norland desk")]
    [InlineData("norland-desk", "", "Norland desk")]
    [InlineData("file", "", "Harbour news")]
    [InlineData("file", "https://harbour.example.com/a", "harbour.example.com")]
    public void A_source_is_called_by_its_publisher_else_its_articles_site_else_in_words(string source, string link, string name)
    {
        var file = new Source { Id = "file", Kind = SourceKind.File, Url = "/srv/harbour_news.xml" };
        var configuration = SomeWatch.Of([SomeWatch.Wire, SomeWatch.Paper, file], [], []);

        Assert.Equal(name, AlertContentBuilder.Other(configuration, new(source, link, "Truce", null)).Name);
    }
}
