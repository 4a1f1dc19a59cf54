using CsCheck;
using NewsWatch.Core.Feeds;
using NewsWatch.Core.Feeds.Json;

namespace NewsWatch.Core.Tests.Feeds;

public sealed class BrokenJsonTests
{
    private const string Open = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[";
    private const string Whole = "{\"id\":\"1\",\"title\":\"Vote delayed\"}";

    [Theory]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"Vote\n delayed\"}]}", "Vote delayed")]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"Vote\tdelayed\"}]}", "Vote delayed")]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"Speaker\\'s vote\"}]}", "Speaker's vote")]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"Vote\\x41\"}]}", "VoteA")]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"Vote \\d\"}]}", "Vote d")]
    [InlineData(Open + "{\"id\":\"1\",\"score\":NaN,\"other\":-Infinity,\"none\":undefined,\"title\":\"Vote\"}]}", "Vote")]
    [InlineData(Open + "{\"id\":\"1\" \"title\":\"Vote\"}]}", "Vote")]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"The \"great\" vote\"}]}", "The \"great\" vote")]
    [InlineData(Open + "{\"id\":\"1\",\"title\":\"A \"yes\", he said\"}]}", "A \"yes\", he said")]
    [InlineData(Open + "{id:'1',title:'Vote'}]}", "Vote")]
    [InlineData(Open + "{\"id\":01,\"title\":\"Vote\"}]}", "Vote")]
    [InlineData(Open + Whole + "]}<br />\n<b>Fatal error</b>", "Vote delayed")]
    [InlineData("Warning: {main} failed\n" + Open + Whole + "]}", "Vote delayed")]
    public void Nearly_json_is_repaired_and_warned_of(string json, string title)
    {
        var parsed = Assert.IsType<FeedResult.Parsed>(Reading.Result(json));

        Assert.Equal(title, Assert.Single(parsed.Feed.Items).Title);
        Assert.Contains("not well-formed JSON", Assert.Single(parsed.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Open + Whole)]
    [InlineData(Open + Whole + ",")]
    [InlineData(Open + Whole + "]")]
    [InlineData(Open + Whole + ",{\"id\":\"2\",\"tit")]
    [InlineData(Open + Whole + ",{\"id\":\"2\",\"title\":\"Half a head")]
    [InlineData(Open + Whole + ",{\"id\":\"2\",\"authors\":[{\"name\":\"A\"}")]
    [InlineData(Open + Whole + "],\"author\":{\"name\":\"Ann O")]
    public void Of_json_that_is_cut_off_the_whole_items_are_kept(string json)
    {
        var parsed = Assert.IsType<FeedResult.Parsed>(Reading.Result(json));

        Assert.Equal("Vote delayed", Assert.Single(parsed.Feed.Items).Title);
        Assert.Contains("ends too early", Assert.Single(parsed.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_items_without_a_comma_between_them_are_two() => Assert.Equal(2, Reading.Feed(Open + Whole + "\n" + Whole.Replace("1", "2", StringComparison.Ordinal) + "]}").Items.Count);

    [Fact]
    public void Nesting_is_limited_in_what_is_repaired_too() => Assert.Contains("cannot be read", Reading.Refusal("{\"items\":" + new string('[', 100) + "NaN"), StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_repaired_is_json() =>
        Gen.Char["{}[]\",:\\'x1aN/* \n\u0001u"].Array[0, 60].Sample(characters =>
        {
            var repaired = JsonRepair.Repair("{" + new string(characters), 0, out _);
            if (repaired is not null)
            {
                System.Text.Json.JsonDocument.Parse(repaired).Dispose();
            }
        });
}
