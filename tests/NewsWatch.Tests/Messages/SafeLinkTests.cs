using NewsWatch.Messages;

namespace NewsWatch.Tests.Messages;

public sealed class SafeLinkTests
{
    [Theory]
    [InlineData("ftp://files.example.com/a")]
    [InlineData("file://host.example.com/etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("tag:news.example.com,2025:1")]
    [InlineData("urn:newswatch:news:0123456789abcdef")]
    [InlineData("//news.example.com/a")]
    [InlineData("https://wsj.com@evil.example/")]
    [InlineData("https://news.example.com/\u0001")]
    [InlineData("https://news.example.com/<b>")]
    public void What_a_reader_must_not_follow_is_no_link(string address) => Assert.Null(SafeLink.TryCreate(address));

    [Theory]
    [InlineData("https://www.example.com/a?b=c#d", "https://www.example.com/a?b=c#d", "example.com")]
    [InlineData("http://w\u0455j.com:8080/ä", "http://xn--wj-eoc.com:8080/%C3%A4", "xn--wj-eoc.com")]
    public void What_is_left_is_escaped_and_its_host_shown_as_it_is(string address, string link, string host) => Assert.Equal(new SafeLink(link, host), SafeLink.TryCreate(address));
}
