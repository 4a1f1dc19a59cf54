using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Processing;

public sealed class LanguageTests
{
    private const string German = "Die Minister der elf Staaten haben sich am Dienstag darauf geeinigt, die Schleusen für die Fracht zu öffnen, und zwar mit dem Ende der Woche.";

    [Theory]
    [InlineData("<language>de_at</language>", "de-AT")]
    [InlineData("<language>EN-us</language>", "en-US")]
    [InlineData("<language>English</language>", "")]
    [InlineData("", "")]
    public async Task An_item_keeps_its_feeds_language(string channel, string expected)
    {
        await using var world = await PollWorld.StartAsync();
        world.Configure(world.Source());
        world.Server.Answer("/feed", Reply.Text(Rss.Of(1, channel: channel)));

        await world.PollAsync();

        Assert.Equal(expected, Assert.Single(world.Database.Read(db => Stored.Items(db))).Language);
    }

    [Fact]
    public async Task An_items_own_language_counts_before_its_feeds()
    {
        await using var world = await PollWorld.StartAsync();
        world.Configure(world.Source());
        world.Server.Answer("/feed", Reply.Text("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry xml:lang='pt_br'><id>urn:x:1</id><title>A</title></entry></feed>"));

        await world.PollAsync();

        Assert.Equal("pt-BR", Assert.Single(world.Database.Read(db => Stored.Items(db))).Language);
    }

    [Theory]
    [InlineData("fr", "nl", German, "fr")]
    [InlineData("", "nl", German, "nl")]
    [InlineData("", "", German, "de")]
    [InlineData("", "", "Kurz", "")]
    public async Task An_article_has_the_feeds_language_else_the_sources_else_its_words(string feed, string source, string text, string expected)
    {
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire with { Language = source }], [SomeWatch.Ceasefire], [SomeWatch.Anna]));
        await desk.AddAsync("wire", "Schleusen", "https://wire.example.com/a", text, language: feed);

        await desk.ProcessAsync();

        Assert.Equal(expected, desk.Database.Read(db => Stored.Column<string>(db, "article", "language").Single()));
    }

    [Theory]
    [InlineData("en-GB", 1)]
    [InlineData("de", 0)]
    public async Task A_rule_for_one_language_alerts_by_the_feeds_language(string language, int alerts)
    {
        await using var desk = new ArticleDesk(SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Rule("truce", "truce AND lang:en", Severity.Urgent)], [SomeWatch.Anna]));
        await desk.AddAsync("wire", "A truce is near", "https://wire.example.com/a", language: language);

        await desk.ProcessAsync();

        Assert.Equal(alerts, desk.Alerts().Count);
    }
}
