using System.Net;
using System.Xml.Linq;
using NewsWatch.Core.Alerts;
using NewsWatch.Storage.Operators;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Web;

/// <summary>Alerts as Atom feeds on the operator's port.</summary>
public sealed class AlertFeedTests
{
    private const string Token = "0123456789abcdef";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task A_feed_has_the_newest_alerts_of_a_rule_with_stable_ids_and_a_reader_that_has_them_gets_none()
    {
        await using var ports = await OpenPorts.OpenAsync(("Web:FeedToken", Token));
        var rule = await AlertAsync(ports, "Truce holds in the copse", "Truce ends at the glade");

        using var first = await ports.Operator.GetAsync($"/atom/{Token}/rule/{rule}");
        var feed = XDocument.Parse(await first.Content.ReadAsStringAsync());
        var (_, again) = await ports.Operator.AskAsync($"/atom/{Token}/rule/{rule}");
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/atom/{Token}/rule/{rule}") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await ports.Operator.SendAsync(known);

        Assert.Equal("application/atom+xml; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        var entries = feed.Root!.Elements(Atom + "entry").ToList();
        Assert.Equal(2, entries.Count);
        Assert.Contains(entries, entry => entry.Element(Atom + "title")!.Value.EndsWith("Truce holds in the copse", StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.StartsWith("https://", (string)entry.Element(Atom + "link")!.Attribute("href")!, StringComparison.Ordinal));
        Assert.Equal(2, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.Equal(feed.ToString(), XDocument.Parse(again).ToString());
        Assert.Equal((HttpStatusCode.NotModified, ""), (unchanged.StatusCode, await unchanged.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_label_gathers_the_alerts_of_its_rules()
    {
        await using var ports = await OpenPorts.OpenAsync(("Web:FeedToken", Token));
        ports.World.Configure(watch => watch with { Rules = watch.Rules.ToDictionary(rule => rule.Key, rule => rule.Value with { Labels = new Dictionary<string, string> { ["desk"] = "night" } }) });
        await AlertAsync(ports, "Truce holds in the copse");

        Assert.Contains("Truce holds in the copse", (await ports.Operator.AskAsync($"/atom/{Token}/label/desk/night")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ports.Operator.AskAsync($"/atom/{Token}/label/desk/day")).Status);
    }

    [Fact]
    public async Task What_a_silence_keeps_from_everybody_is_in_no_feed()
    {
        await using var ports = await OpenPorts.OpenAsync(("Web:FeedToken", Token));
        var now = ports.World.Clock.GetUtcNow();
        var rule = ports.World.Configuration.Rules.Keys.Single();
        await ports.World.Database.WriteAsync(db => SilenceStore.Add(db, new(0, SilenceScope.Rule, rule, now, now.AddHours(1), "a strike", "ops") { WithFlash = true }));

        await AlertAsync(ports, "Truce holds in the copse");

        Assert.Equal(1, ports.World.Database.Read(db => Stored.Count(db, "alert")));
        Assert.DoesNotContain("copse", (await ports.Operator.AskAsync($"/atom/{Token}/rule/{rule}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Token, "/atom/0123456789abcdee/rule/RULE")]
    [InlineData(Token, "/atom/x/rule/RULE")]
    [InlineData(Token, $"/atom/{Token}/rule/other")]
    [InlineData("", "/atom//rule/RULE")]
    [InlineData("", "/atom/0123456789abcdef/rule/RULE")]
    public async Task Without_the_token_and_a_rule_there_is_nothing(string token, string path)
    {
        await using var ports = await OpenPorts.OpenAsync(("Web:FeedToken", token));
        var rule = await AlertAsync(ports, "Truce holds in the copse");
        var asked = path.Replace("RULE", rule, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await ports.Operator.AskAsync(asked)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ports.Public.AskAsync($"/atom/{Token}/rule/{rule}")).Status);
    }

    /// <summary>Alerts of the one rule there is; returns its id.</summary>
    private static async Task<string> AlertAsync(OpenPorts ports, params string[] titles)
    {
        foreach (var title in titles)
        {
            await ports.World.TellAsync(title);
        }

        return ports.World.Configuration.Rules.Keys.Single();
    }
}
