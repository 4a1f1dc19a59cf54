namespace NewsWatch.Core.Tests.Feeds;

public sealed class ItemTextTests
{
    [Theory]
    [InlineData("<title>Talks &amp;amp; truce</title>", "Talks & truce")]
    [InlineData("<title><![CDATA[Talks <b>resume</b>&nbsp;today]]></title>", "Talks resume today")]
    [InlineData("<title>\n  Two\n  lines </title>", "Two lines")]
    [InlineData("<title></title><dc:title>Second choice</dc:title>", "Second choice")]
    [InlineData("<media:title>Third choice</media:title>", "Third choice")]
    [InlineData("<itunes:title>Fourth choice</itunes:title>", "Fourth choice")]
    [InlineData("<enclosure url='https://news.example.com/a.jpg'><media:title>Of the picture</media:title></enclosure>", "Of the picture")]
    [InlineData("<media:group><media:title>Of the group</media:title></media:group>", "Of the group")]
    [InlineData("<title>5 &lt; 6 and 7 &gt; 6</title>", "5 < 6 and 7 > 6")]
    [InlineData("<title>AT&amp;T</title>", "AT&T")]
    [InlineData("<title>1 &amp;lt; 2</title>", "1 < 2")]
    public void A_title_is_plain_text_on_one_line(string parts, string expected) => Assert.Equal(expected, Reading.Item(parts).Title);

    [Theory]
    [InlineData("<title type='text'>Use &lt;b&gt; sparingly</title>", "Use <b> sparingly")]
    [InlineData("<title>Parties sign &lt;accord&gt; at last</title>", "Parties sign <accord> at last")]
    [InlineData("<title>Parties &lt;em&gt;sign&lt;/em&gt; at last</title>", "Parties sign at last")]
    [InlineData("<title>Parties &lt;img src='a.png'&gt; sign</title>", "Parties sign")]
    [InlineData("<title type='html'>Use &lt;b&gt;bold&lt;/b&gt; type</title>", "Use bold type")]
    [InlineData("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Use <b>bold</b> type</div></title>", "Use bold type")]
    public void An_atom_title_is_read_by_its_type(string parts, string expected) => Assert.Equal(expected, Reading.Entry(parts).Title);

    [Theory]
    [InlineData("<description>Short</description><content:encoded>The longer one</content:encoded>", "The longer one")]
    [InlineData("<description>The longer one</description><content:encoded>Short</content:encoded>", "The longer one")]
    [InlineData("<itunes:summary>Of the episode</itunes:summary>", "Of the episode")]
    [InlineData("<media:group><media:description>Of the film</media:description></media:group>", "Of the film")]
    [InlineData("<description>&lt;p&gt;One&lt;/p&gt;&lt;ul&gt;&lt;li&gt;two&lt;/li&gt;&lt;li&gt;three&lt;/li&gt;&lt;/ul&gt;</description>", "One\n\ntwo\n\nthree")]
    [InlineData("<description>a&lt;br/&gt;b&lt;!-- no --&gt;&lt;script&gt;x()&lt;/script&gt;&lt;style&gt;p{}&lt;/style&gt; c</description>", "a\n\nb c")]
    [InlineData("<description>&lt;a title=\"1 &gt; 0\"&gt;link&lt;/a&gt; text</description>", "link text")]
    [InlineData("<description>&lt;!DOCTYPE</description>", "<!DOCTYPE")]
    [InlineData("<description>&lt;!DOCTYPE html&gt;text</description>", "text")]
    [InlineData("<description>cut off &lt;img src=\"a.jpg</description>", "cut off")]
    [InlineData("<description>&lt;scr&lt;b&gt;ipt</description>", "<script")]
    [InlineData("<description>cut off &lt;a class=\"x\" href='https://news.example.com/a</description>", "cut off")]
    [InlineData("<description>Rates &lt;two percent as banks hold</description>", "Rates <two percent as banks hold")]
    [InlineData("<description>if x&lt;y then &lt;b&gt;stop&lt;/b&gt;</description>", "if x<y then stop")]
    [InlineData("<description>Parties sign &lt;accord&gt; at last</description>", "Parties sign <accord> at last")]
    [InlineData("<description>&lt;wrap&gt;Parties&lt;/wrap&gt; &lt;o:p&gt;sign&lt;/o:p&gt;</description>", "Parties sign")]
    [InlineData("<description>Prices &lt;!-- up again</description>", "Prices <!-- up again")]
    [InlineData("<description>Prices &lt;!-- a --&gt;&lt;!-- b --&gt;fall &lt;!-- again</description>", "Prices fall <!-- again")]
    [InlineData("<description>Prices &lt;!-- note --&gt; up again</description>", "Prices up again")]
    [InlineData("<description>&lt;a title=\"a &lt; b\" href=\"x\"&gt;whole&lt;/a&gt; tag</description>", "whole tag")]
    public void The_longest_text_counts_and_markup_goes(string parts, string expected) => Assert.Equal(expected, Reading.Item(parts).Text);

    [Theory]
    [InlineData("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>two</p></div></content>", "One\n\ntwo")]
    [InlineData("<content type='text'>History of the &lt;blink&gt; tag</content>", "History of the <blink> tag")]
    [InlineData("<content type='application/octet-stream'>RW5jb2RlZA==</content>", "Encoded")]
    [InlineData("<summary>Short</summary><content src='https://news.example.com/a'/>", "Short")]
    [InlineData("<media:group><media:description>Of the film</media:description></media:group>", "Of the film")]
    public void An_atom_text_is_read_by_its_type(string parts, string expected) => Assert.Equal(expected, Reading.Entry(parts).Text);

    [Fact]
    public void Writers_and_topics_are_read_once_each()
    {
        var item = Reading.Item("<author>One</author><dc:creator>One</dc:creator><dc:creator>Two</dc:creator><category>War</category><category> War </category><dc:subject>Oil</dc:subject>");

        Assert.Equal(["One", "Two"], item.Authors);
        Assert.Equal(["War", "Oil"], item.Categories);
    }

    [Fact]
    public void An_atom_entry_names_its_writers_and_topics()
    {
        var item = Reading.Entry("<author><name>One</name><email>one@example.com</email></author><category term='war' label='War'/><category term='oil'/>");

        Assert.Equal(["One"], item.Authors);
        Assert.Equal(["War", "oil"], item.Categories);
    }
}
