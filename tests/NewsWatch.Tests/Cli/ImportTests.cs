using System.Text;
using NewsWatch.Cli;
using NewsWatch.Core.Feeds;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

public sealed class ImportTests
{
    private const string List =
        """
        <opml version="2.0"><head><title>My feeds</title></head><body>
          <outline text="News"><outline text="World">
            <outline title="The Example Times &amp;amp; Post" text="ignored" type="rss" xmlUrl="https://times.example.com/rss?section=world&amp;lang=en"/>
            <outline text="The Example Times &amp; Post" xmlUrl="https://times.example.com/rss?section=europe"/>
          </outline></outline>
          <outline text="Café Zürich – Politik/Wirtschaft" xmlUrl="https://cafe.example.com/feed"/>
          <outline text="Новости" xmlUrl="https://www.novosti.example.com/feed"/>
          <outline xmlUrl="http://192.0.2.7/feed"/>
          <outline text="Again" xmlUrl="https://cafe.example.com/feed"/>
          <outline text="A file" xmlUrl="file:///etc/passwd"/>
          <outline text="Quoted &quot;name&quot;&#10;on two lines" xmlUrl="https://quoted.example.com/&quot;/feed"/>
        </body></opml>
        """;

    [Fact]
    public void A_list_becomes_entries_ready_to_paste() => Snapshot.Approved(ImportCommand.Text(Read(List)), "import.txt");

    [Fact]
    public void What_is_pasted_is_taken_by_the_configuration()
    {
        var sources = System.Text.Json.Nodes.JsonNode.Parse("{" + ImportCommand.Text(Read(List)) + "}", null, new() { AllowTrailingCommas = true, CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!.AsObject();

        Assert.Equal(6, sources.Count);
        Assert.Equal("https://times.example.com/rss?section=world&lang=en", sources["the-example-times-post"]!["Url"]!.GetValue<string>());
        Assert.Equal("https://quoted.example.com/\"/feed", sources["quoted-name-on-two-lines"]!["Url"]!.GetValue<string>());
    }

    private static OpmlResult.List Read(string opml) => Assert.IsType<OpmlResult.List>(Opml.Read(Encoding.UTF8.GetBytes(opml)));
}
