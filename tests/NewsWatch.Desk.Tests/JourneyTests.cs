using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>What people come to the desk for, by mouse, by keyboard and without script.</summary>
[Collection(nameof(Journeys))]
public sealed class JourneyTests(Browser browser)
{
    [BrowserFact]
    public async Task From_now_to_the_clause_that_fired_by_one_click()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/");

        await tab.LoadingAsync(() => tab.ClickAsync(".wire [data-open]"));

        var text = await tab.TextAsync();
        Assert.Contains("Talks on a truce break off without a date", text, StringComparison.Ordinal);
        Assert.Contains("ceasefire OR truce", text, StringComparison.Ordinal);
        Assert.Contains("anna", text, StringComparison.Ordinal);
        Assert.Equal("truce", await tab.TextAsync("td mark"));
    }

    [BrowserFact]
    public async Task Keys_alone_lead_to_an_alert_and_to_the_help()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/");

        await tab.LoadingAsync(() => tab.PressAsync("g", "a"));
        await tab.PressAsync("j", "j");
        await tab.LoadingAsync(() => tab.PressAsync("Enter"));
        Assert.Contains("Truce holds along the northern line", await tab.TextAsync(".headline"), StringComparison.Ordinal);

        await tab.PressAsync("?");
        Assert.True(await tab.HoldsAsync("document.querySelector('#help').open"));
        await tab.PressAsync("Escape");
        await tab.UntilAsync("!document.querySelector('#help').open");
        await tab.LoadingAsync(() => tab.PressAsync("t"));
        Assert.Equal("light", (await tab.EvaluateAsync("document.documentElement.dataset.theme"))!.GetValue<string>());
    }

    [BrowserFact]
    public async Task An_article_says_why_a_subscriber_did_not_get_it()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/articles");
        await tab.LoadingAsync(() => tab.ClickAsync(".wire [data-open]"));

        await tab.EvaluateAsync("document.querySelector('select[name=subscriber]').value = 'anna'");
        await tab.LoadingAsync(() => tab.ClickAsync("section button"));

        Assert.Contains("the rule does not fire", await tab.TextAsync(".why"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Without_script_the_workbench_shows_a_caret_and_then_the_matches()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site, 360);
        await tab.WithoutScriptAsync();

        var wrong = (await world.AskAsync("workbench?query=truce%20AND%20%23nothing")).Body;
        Assert.Contains("unknown list #nothing", wrong, StringComparison.Ordinal);
        Assert.Contains("          ^^^^^^^^", wrong, StringComparison.Ordinal);

        await tab.GoAsync("/desk/workbench?query=truce+AND+northern");
        var found = (await world.AskAsync("workbench?query=truce+AND+northern")).Body;
        Assert.Contains("1 match in the last", found, StringComparison.Ordinal);
        Assert.Contains("Near misses", found, StringComparison.Ordinal);
        Assert.Contains("&quot;When&quot;: &quot;truce AND northern&quot;", found, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task News_that_comes_while_the_page_is_open_is_offered_not_pushed_in()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/alerts");
        await tab.UntilAsync("document.querySelector('[data-live=live]').textContent === 'live'");

        await world.Service.TellAsync("Truce is signed");
        for (var beat = 0; beat < 300 && await tab.HoldsAsync("document.querySelector('.new').hidden"); beat++)
        {
            world.Service.Clock.Advance(TimeSpan.FromSeconds(1)); // the stream's next beat; one may pass before the alert is written
            await tab.EvaluateAsync("new Promise(done => setTimeout(() => done(true), 50))");
        }

        Assert.Equal("1 new alert: show", await tab.TextAsync(".new"));
        Assert.Equal(2, (await tab.EvaluateAsync("document.querySelectorAll('.wire > li').length"))!.GetValue<int>());
        await tab.LoadingAsync(() => tab.ClickAsync(".new"));
        Assert.Equal(3, (await tab.EvaluateAsync("document.querySelectorAll('.wire > li').length"))!.GetValue<int>());
    }

    [BrowserFact]
    public async Task The_one_time_link_signs_in_and_a_wrong_token_says_so()
    {
        await using var world = await DeskWorld.OpenAsync(("Web:OperatorToken", "all"));
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/alerts");
        await tab.ClickAsync("#token");
        await tab.TypeAsync("wrong");
        await tab.LoadingAsync(() => tab.PressAsync("Enter"));
        Assert.Contains("Not accepted", await tab.TextAsync(), StringComparison.Ordinal);

        var code = await NewsWatch.Desk.Access.OneTimeCode.CreateAsync(world.Service.Database, "ops", world.Service.Clock, CancellationToken.None);
        await tab.GoAsync($"/desk/sign-in?to=/desk/alerts#{code}");
        await tab.UntilAsync("document.querySelector('.role')?.textContent === 'operator'");
        Assert.DoesNotContain(tab.Asked, address => address.Contains($"?{code}", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_story_is_silenced_from_its_page_by_keys_and_mouse_and_the_silence_ended()
    {
        await using var world = await DeskWorld.OpenAsync(("Web:OperatorToken", "all"));
        await using var tab = await browser.OpenAsync(world.Site);
        await SignInAsync(tab, "Olga");
        await tab.GoAsync("/desk/stories/1");
        await tab.LoadingAsync(() => tab.PressAsync("m"));
        await tab.ClickAsync("#reason");
        await tab.TypeAsync("known since noon");
        await tab.LoadingAsync(() => tab.PressAsync("Enter"));
        Assert.Contains("it would have kept back 2 deliveries to 2 subscribers in 1 story", await tab.TextAsync(), StringComparison.Ordinal);

        await tab.LoadingAsync(() => tab.ClickAsync(".card .act"));
        Assert.Contains("by Olga: known since noon", await tab.TextAsync(), StringComparison.Ordinal);
        await tab.GoAsync("/desk/stories/1");
        Assert.Contains("Silenced until", await tab.TextAsync(), StringComparison.Ordinal);

        await tab.LoadingAsync(() => tab.ClickAsync(".note a"));
        await tab.LoadingAsync(() => tab.ClickAsync(".acts .act"));
        Assert.Contains("Was silenced until", await tab.TextAsync(), StringComparison.Ordinal);
        Assert.Equal([], tab.Complaints);
    }

    /// <summary>Signs in as an operator.</summary>
    internal static async Task SignInAsync(Tab tab, string name)
    {
        await tab.GoAsync("/desk/sign-in");
        await tab.ClickAsync("#token");
        await tab.TypeAsync("all");
        await tab.ClickAsync("#name");
        await tab.TypeAsync(name);
        await tab.LoadingAsync(() => tab.PressAsync("Enter"));
    }

    [BrowserFact]
    public async Task Pages_of_a_list_show_every_alert_once_while_new_ones_come()
    {
        await using var world = await DeskWorld.EmptyAsync();
        for (var number = 0; number < 60; number++)
        {
            await world.Service.TellAsync($"Truce of the day number {number}");
        }

        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/alerts");
        var first = await IdsAsync(tab);
        await world.Service.TellAsync("Truce in between");
        await tab.LoadingAsync(() => tab.ClickAsync("[rel=next]"));
        var second = await IdsAsync(tab);

        Assert.Equal(60, first.Concat(second).Distinct().Count());
        Assert.Equal((50, 10), (first.Count, second.Count));
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(Tab tab) =>
        [.. (await tab.EvaluateAsync("[...document.querySelectorAll('.wire [data-open]')].map(link => link.getAttribute('href'))"))!.AsArray().Select(link => link!.GetValue<string>())];
}
