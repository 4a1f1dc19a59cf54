using NewsWatch.Cli.Output;
using NewsWatch.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

public sealed class StartBannerTests
{
    [Fact]
    public void It_says_what_is_watched_who_is_told_how_and_where_mails_lie()
    {
        var watch = SomeWatch.Default with { Channels = new Dictionary<string, Channel> { ["mail"] = new Channel.Pickup("mail") { Folder = "/data/mail" } } };

        Snapshot.Approved(StartBanner.Of(watch, "/config/appsettings.json", "http://127.0.0.1:8081"), "start-banner.txt");
    }

    [Fact]
    public void Nobody_to_tell_is_said()
    {
        var watch = SomeWatch.Of([SomeWatch.Wire], [SomeWatch.Tariffs], []);

        Assert.StartsWith("NewsWatch: 1 source, 1 rule -> no subscribers yet\nHealth", StartBanner.Of(watch, "appsettings.json", ""), StringComparison.Ordinal);
    }
}
