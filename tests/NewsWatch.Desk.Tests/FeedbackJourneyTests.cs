using System.Text.RegularExpressions;
using NewsWatch.Configuration;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Hostile;
using NewsWatch.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>What a reader does with the link "Useful or not?" of a mail, in the browser.</summary>
[Collection(nameof(Journeys))]
public sealed partial class FeedbackJourneyTests(Browser browser)
{
    [BrowserTheory]
    [InlineData(1280, false, false)]
    [InlineData(360, true, true)]
    public async Task A_reader_says_by_a_button_that_an_alert_was_not_useful_and_may_stop_its_mails(int width, bool dark, bool byKeys)
    {
        await using var ports = await OpenPorts.OpenAsync();
        var link = await LinkOfAMailAsync(ports.World, "Truce holds in the north");
        await using var tab = await browser.OpenAsync(ports.Public.BaseAddress!, width, dark: dark);

        await tab.GoAsync(link);
        Assert.Contains("Truce holds in the north", await tab.TextAsync("body"), StringComparison.Ordinal);
        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.Equal(["0"], ports.World.Ask("SELECT count(*) FROM feedback"));
        await tab.LoadingAsync(() => tab.ChooseAsync("button[value=not-useful]", byKeys));

        Assert.Contains("You said: not useful", await tab.TextAsync("body"), StringComparison.Ordinal);
        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.Equal(["anna not-useful"], ports.World.Ask("SELECT subscriber || ' ' || verdict FROM feedback"));
        await tab.LoadingAsync(() => tab.ChooseAsync("a[href^='/u/']", byKeys));
        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.Equal(["0"], ports.World.Ask("SELECT count(*) FROM unsubscribed"));
        Assert.Equal([], tab.Complaints);
    }

    private static async Task<string> LinkOfAMailAsync(HostileWorld world, string headline)
    {
        world.Configure(watch => watch with
        {
            Channels = watch.Channels.ToDictionary(channel => channel.Key, channel => channel.Value is Channel.Email mail ? mail with { FeedbackBase = new("https://news.example.com/f/") } : channel.Value),
        });
        return new Uri(Link().Match((await world.TellAsync(headline)).Message.TextBody!).Value).AbsolutePath;
    }

    [GeneratedRegex(@"https://news\.example\.com/f/\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
