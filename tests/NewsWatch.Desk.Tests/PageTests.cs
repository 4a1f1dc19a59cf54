using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Desk.Tests;

/// <summary>Every page in a real browser: readable for everybody, nothing from outside, nothing that the policy reports.</summary>
[Collection(nameof(Journeys))]
public sealed class PageTests(Browser browser)
{
    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    public async Task No_page_breaks_a_rule_of_accessibility_or_the_policy(int width, bool dark)
    {
        await using var world = await DeskWorld.OpenAsync(("Web:OperatorToken", "all"));
        await world.BacktestAsync();
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await JourneyTests.SignInAsync(tab, "Olga");

        var broken = await LookAsync(tab, [.. DeskWorld.Pages, "backtests/1", "no-such-page", "alerts?before=x", "alerts/99", "sign-in"]);

        Assert.Equal("", string.Join('\n', broken));
        Assert.Equal([], tab.Complaints);
        Assert.All(tab.Asked, address => Assert.StartsWith(world.Site.AbsoluteUri, address, StringComparison.Ordinal));
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    public async Task An_empty_desk_breaks_no_rule_and_says_what_to_do(int width, bool dark)
    {
        await using var world = await DeskWorld.EmptyAsync();
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        string[] lists = ["", "alerts", "stories", "articles", "articles?q=nothing", "decisions", "sources", "deliveries", "rules", "rules/ceasefire", "subscribers/anna", "silences", "acts", "backtests", "workbench", "configuration", "replicas"];

        var broken = await LookAsync(tab, lists);

        Assert.Equal("", string.Join('\n', broken));
        Assert.Equal([], tab.Complaints);
        await tab.GoAsync("/desk/alerts");
        Assert.Contains("No alert yet", await tab.TextAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Hostile_texts_are_text_on_every_page()
    {
        await using var world = await DeskWorld.EmptyAsync();
        foreach (var payload in Payloads.All.Values)
        {
            await world.Service.TellAsync($"Truce {payload}", text: $"Truce {payload}", author: payload);
        }

        var told = world.Service.Ask("SELECT id FROM alert");
        Assert.NotEmpty(told);
        await using var tab = await browser.OpenAsync(world.Site);
        string[] pages = [.. DeskWorld.Pages, .. told.Select(id => $"alerts/{id}"), .. world.Service.Ask("SELECT id FROM article").Select(id => $"articles/{id}"), $"articles?q={Uri.EscapeDataString(Payloads.All["script"])}"];
        foreach (var page in pages)
        {
            await tab.GoAsync($"/desk/{page}");
            var odd = await tab.EvaluateAsync(
                """
                [...document.querySelectorAll('iframe, object, embed, base, meta[http-equiv], style, script:not([type=module]), main img, main svg script, main link, [srcdoc]')].map(e => e.outerHTML.slice(0, 200))
                  .concat([...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on') || a.name === 'style' || /^\s*(javascript|data):/i.test(a.value)).map(a => `${e.tagName} ${a.name}=${a.value}`)))
                  .concat([...document.querySelectorAll('form')].filter(f => new URL(f.action).origin !== location.origin).map(f => f.action))
                """);
            Assert.True(odd!.AsArray().Count == 0, $"{page}: {odd.ToJsonString()}");
        }

        Assert.Equal([], tab.Complaints);
        Assert.All(tab.Asked, address => Assert.StartsWith(world.Site.AbsoluteUri, address, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Pages_fit_a_narrow_window_without_sideways_scrolling()
    {
        await using var world = await DeskWorld.OpenAsync();
        await world.Service.TellAsync("Truce " + new string('x', 400), text: "Truce " + new string('y', 3_000));
        await world.Service.Database.WriteAsync(db => db.Execute("UPDATE source SET state = 'failing'")); // a badge in the navigation
        world.Service.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var tab = await browser.OpenAsync(world.Site, 360);
        foreach (var page in (string[])[.. DeskWorld.Pages, "alerts/3", "articles/4"])
        {
            await tab.GoAsync($"/desk/{page}");
            Assert.True(await tab.HoldsAsync("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page);
        }
    }

    private static async Task<IReadOnlyList<string>> LookAsync(Tab tab, IEnumerable<string> pages)
    {
        var broken = new List<string>();
        foreach (var page in pages)
        {
            await tab.GoAsync($"/desk/{page}");
            broken.AddRange((await Axe.LookAsync(tab)).Select(line => $"{page}: {line}"));
        }

        return broken;
    }
}
