using CsCheck;
using NewsWatch.Core.Articles;

namespace NewsWatch.Core.Tests.Articles;

public sealed class CanonicalUrlTests
{
    [Theory]
    [InlineData("HTTPS://News.Example.COM./a", "https://news.example.com/a")]
    [InlineData("https://example.com:443/a#part", "https://example.com/a")]
    [InlineData("http://example.com:8080", "http://example.com:8080/")]
    [InlineData("https://example.com/%7euser/caf%c3%a9", "https://example.com/~user/caf%C3%A9")]
    [InlineData("https://example.com/café", "https://example.com/caf%C3%A9")]
    [InlineData("https://bücher.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://wsj.com@evil.example/a", "https://evil.example/a")]
    [InlineData(" https://example.com/a\n ", "https://example.com/a")]
    [InlineData("https://example.com/a/../b/./c", "https://example.com/b/c")]
    public void Case_port_dot_encoding_fragment_and_userinfo_are_normalised(string url, string expected) =>
        Assert.Equal(expected, CanonicalUrl.Of(url));

    [Theory]
    [InlineData("utm_source utm_anything mtm_campaign ga_source itm_source vero_id oly_enc_id")]
    [InlineData("fbclid gclid dclid msclkid twclid yclid srsltid igshid spm")]
    [InlineData("mc_cid mc_eid mkt_tok _ga _gl cmpid s_cid wt_mc _hsenc _hsmi utm%5Fterm")]
    public void A_parameter_that_only_tracks_is_dropped_whatever_its_case(string names)
    {
        foreach (var name in names.Split(' '))
        {
            Assert.Equal("https://example.com/a?id=7", CanonicalUrl.Of($"https://example.com/a?{name}=x&id=7"));
            Assert.Equal("https://example.com/a?id=7", CanonicalUrl.Of($"https://example.com/a?id=7&{name.ToUpperInvariant()}"));
        }
    }

    [Fact]
    public void Unknown_parameters_stay_in_their_order() =>
        Assert.Equal("https://example.com/a?z=1&id=2&a&cid=9", CanonicalUrl.Of("https://example.com/a?z=1&utm_source=x&id=2&a&cid=9&"));

    [Fact]
    public void A_site_may_name_its_own_tracking_parameters() =>
        Assert.Equal("https://example.com/a?id=2", CanonicalUrl.Of("https://example.com/a?from=app&id=2&px_a=1", ["FROM", "px_*"]));

    [Theory]
    [InlineData("from", true)]
    [InlineData("px_*", true)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData("a*b", false)]
    [InlineData("a**", false)]
    [InlineData("a=1", false)]
    public void A_sites_tracking_parameter_is_a_name_or_its_beginning(string name, bool good) => Assert.Equal(good, CanonicalUrl.IsParameter(name));

    [Theory]
    [InlineData("https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Futm_source%3Dx", "https://example.com/a")]
    [InlineData("https://www.google.co.uk/url?q=https://example.com/a", "https://example.com/a")]
    [InlineData("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa&h=1", "https://example.com/a")]
    [InlineData("https://example-com.cdn.ampproject.org/c/s/example.com/a", "https://example.com/a")]
    [InlineData("https://www.google.com/amp/s/example.com/a", "https://example.com/a")]
    [InlineData("https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fexample.com%252Fa", "https://example.com/a")]
    public void Redirectors_of_known_hosts_are_unwrapped(string url, string expected) => Assert.Equal(expected, CanonicalUrl.Of(url));

    [Theory]
    [InlineData("https://example.com/url?url=https%3A%2F%2Fother.example%2Fa")]
    [InlineData("https://google.com.evil.example/url?q=https%3A%2F%2Fother.example%2Fa")]
    public void A_parameter_that_holds_a_url_is_left_alone_on_any_other_host(string url) => Assert.Equal(url, CanonicalUrl.Of(url));

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://example.com/a")]
    [InlineData("https://")]
    public void What_is_no_absolute_http_url_has_no_canonical_form(string url) => Assert.Null(CanonicalUrl.Of(url));

    [Fact]
    public void A_url_of_endless_length_has_no_canonical_form() =>
        Assert.Null(CanonicalUrl.Of("https://example.com/" + new string('a', CanonicalUrl.MaxLength)));

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form()
    {
        string[] hosts = ["example.com", "Example.COM.", "bücher.example", "www.google.com", "l.facebook.com", "127.0.0.1", "[::1]"];
        var host = Gen.Int[0, hosts.Length - 1].Select(i => hosts[i]);
        var path = Gen.String[Gen.OneOf(Gen.Char["abAB/%.~ é&=+;:@?#0E9"], Gen.Char), 0, 20];
        Gen.Select(host, path, path).Sample((h, p, q) =>
        {
            var once = CanonicalUrl.Of($"https://{h}/{p}?{q}&url=https%3a%2f%2fexample.com%2f{p}");
            return once is null || CanonicalUrl.Of(once) == once;
        }, iter: 5_000);
    }
}
