namespace NewsWatch.Core.Tests.Feeds;

/// <summary>Authors, languages and ids.</summary>
public sealed class ItemFactsTests
{
    [Theory]
    [InlineData("<author>desk@paper.example.org (Mara Quell)</author>", "Mara Quell")]
    [InlineData("<author>Mara Quell &lt;desk@paper.example.org&gt;</author>", "Mara Quell")]
    [InlineData("<author>\"Mara Quell\" desk@paper.example.org</author>", "Mara Quell")]
    [InlineData("<author>desk@paper.example.org</author>", "desk@paper.example.org")]
    [InlineData("<dc:creator>Mara Quell @quell</dc:creator>", "Mara Quell @quell")]
    public void An_author_is_a_name_where_there_is_one(string parts, string expected) => Assert.Equal([expected], Reading.Item(parts).Authors);

    [Theory]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Mara Quell</name></author><entry/></feed>", "Mara Quell")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Of the feed</name></author><entry><source><author><name>Mara Quell</name></author></source></entry></feed>", "Mara Quell")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Of the feed</name></author><entry><author><name>Mara Quell</name></author></entry></feed>", "Mara Quell")]
    [InlineData("<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><dc:creator>Mara Quell</dc:creator><item><source url='https://example.org/'>Wire</source></item></channel></rss>", "Mara Quell")]
    public void An_item_without_authors_has_those_of_its_source_or_feed(string feed, string expected) => Assert.Equal([expected], Assert.Single(Reading.Feed(feed).Items).Authors);

    [Theory]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry xml:lang='pl'/></feed>", "pl")]
    [InlineData("<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><language>en</language><item><dc:language>pl</dc:language></item></channel></rss>", "pl")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\",\"language\":\"en\",\"items\":[{\"id\":\"1\",\"language\":\"pl\"}]}", "pl")]
    [InlineData("<rss><channel><language>en</language><item/></channel></rss>", "")]
    public void An_item_may_have_a_language_of_its_own(string feed, string expected) => Assert.Equal(expected, Assert.Single(Reading.Feed(feed).Items).Language);

    [Theory]
    [InlineData("<dc:identifier>paper-17</dc:identifier>", "paper-17")]
    [InlineData("<dc:identifier>paper-17</dc:identifier><guid>g</guid>", "g")]
    public void An_identifier_of_dublin_core_is_an_id_where_there_is_no_other(string parts, string expected) => Assert.Equal(expected, Reading.Item(parts).Id);
}
