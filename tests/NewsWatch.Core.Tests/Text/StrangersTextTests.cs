using System.Text.Json;
using NewsWatch.Core.Text;

namespace NewsWatch.Core.Tests.Text;

/// <summary>Texts of strangers that .NET takes at first and throws at later.</summary>
public sealed class StrangersTextTests
{
    [Theory]
    [InlineData("""{"a":"x\ud800y"}""", """{"a":"x\ufffdy"}""")]
    [InlineData("""{"a\udc00":1}""", """{"a\ufffd":1}""")]
    [InlineData("""{"a":"\ud83d\ude00"}""", """{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", """{"a":"\ufffd\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\ud800"}""", """{"a":"\\ud800"}""")]
    [InlineData("""{"a":"\ud80""", """{"a":"\ud80""")]
    [InlineData("""{"a":"\n\u0041\"\\"}""", """{"a":"\n\u0041\"\\"}""")]
    public void Half_a_surrogate_pair_is_repaired_and_nothing_else_is(string json, string repaired) => Assert.Equal(repaired, JsonEscapes.Repair(json));

    [Fact]
    public void Halves_by_the_hundred_thousand_are_repaired_in_one_pass() =>
        Assert.Equal(string.Concat(Enumerable.Repeat(@"\ufffd", 300_000)), JsonEscapes.Repair(string.Concat(Enumerable.Repeat(@"\ud800", 300_000))));

    [Fact]
    public void Names_and_texts_of_a_repaired_document_can_be_asked_for()
    {
        using var document = JsonDocument.Parse(JsonEscapes.Repair("""{"\ud800":"\udfff","b":"c"}"""));

        Assert.Equal("c", document.RootElement.GetProperty("b").GetString());
        Assert.Equal("\uFFFD", document.RootElement.GetProperty("\uFFFD").GetString());
    }

    [Theory]
    [InlineData("https://news.example.com/", "news.example.com")]
    [InlineData("https://w\u0455j.com/", "xn--wj-eoc.com")]
    [InlineData("https://a\u200Db.example.com/", null)]
    [InlineData("https://\uFFFD.example.com/", null)]
    public void A_host_that_is_no_name_is_none(string url, string? host) => Assert.Equal(host, HostName.Of(new Uri(url)));

    [Fact]
    public void Text_is_well_formed_whatever_it_was() =>
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd😀", Utf16Sanitizer.Of("a\uD800b\uFFFEc\uFDD0d😀"));
}
