using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>What people come to the desk for, at both widths, in both colours, by the mouse and by keys alone; nothing that the policy reports, no rule of accessibility broken on the way.</summary>
[Collection(nameof(Journeys))]
public sealed class EverywhereTests(Browser browser)
{
    /// <summary>Width, dark, by keys.</summary>
    public static TheoryData<int, bool, bool> Everywhere { get; } = new() { { 1280, false, false }, { 1280, true, true }, { 360, false, true }, { 360, true, false } };

    [BrowserTheory]
    [MemberData(nameof(Everywhere))]
    public async Task An_alert_leads_to_its_clause_and_an_article_to_why_anna_did_not_get_it(int width, bool dark, bool byKeys)
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await tab.GoAsync("/desk/");
        await tab.LoadingAsync(() => tab.ChooseAsync(".wire [data-open]", byKeys));
        Assert.Contains("ceasefire OR truce", await tab.TextAsync(), StringComparison.Ordinal);

        await tab.GoAsync("/desk/articles");
        await tab.LoadingAsync(() => tab.ChooseAsync(".wire [data-open]", byKeys));
        await tab.EvaluateAsync("document.querySelector('select[name=subscriber]').value = 'anna'");
        await tab.LoadingAsync(() => tab.ChooseAsync("section button", byKeys));
        Assert.Contains("the rule does not fire", await tab.TextAsync(".why"), StringComparison.Ordinal);
        await CleanAsync(tab);
    }

    [BrowserTheory]
    [MemberData(nameof(Everywhere))]
    public async Task A_query_is_repaired_at_its_caret_and_finds_something(int width, bool dark, bool byKeys)
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await tab.GoAsync("/desk/workbench?query=(truce");
        Assert.True(await tab.HoldsAsync("document.querySelector('#problems')"));
        await CleanAsync(tab);

        await (byKeys ? tab.ReachAsync("#query") : tab.ClickAsync("#query"));
        await tab.EvaluateAsync("document.querySelector('#query').setSelectionRange(99, 99)");
        await tab.TypeAsync(")");
        await tab.UntilAsync("document.querySelector('#looked')?.textContent.startsWith('2 matches in the last')");
        Assert.False(await tab.HoldsAsync("document.querySelector('#problems')"));
        await CleanAsync(tab);
    }

    [BrowserTheory]
    [MemberData(nameof(Everywhere))]
    public async Task A_story_is_silenced_and_the_silence_ends_by_itself(int width, bool dark, bool byKeys)
    {
        await using var world = await DeskWorld.OpenAsync(("Web:OperatorToken", "all"));
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await JourneyTests.SignInAsync(tab, "Olga");
        await tab.GoAsync("/desk/stories/1");
        await tab.LoadingAsync(() => tab.ChooseAsync("[data-silence]", byKeys));
        await (byKeys ? tab.ReachAsync("#reason") : tab.ClickAsync("#reason"));
        await tab.TypeAsync("known since noon");
        await tab.LoadingAsync(() => tab.PressAsync("Enter"));
        await tab.LoadingAsync(() => tab.ChooseAsync(".card .act", byKeys));
        Assert.Contains("Silenced until", await tab.TextAsync(), StringComparison.Ordinal);
        await CleanAsync(tab);

        world.Service.Clock.Advance(TimeSpan.FromHours(5));
        await JourneyTests.SignInAsync(tab, "Olga"); // two hours without a request have ended the session
        await tab.GoAsync("/desk/silences/2");
        Assert.Contains("Was silenced until", await tab.TextAsync(), StringComparison.Ordinal);
        await CleanAsync(tab);
    }

    [BrowserTheory]
    [MemberData(nameof(Everywhere))]
    public async Task A_viewer_signs_in_finds_nothing_to_act_by_and_is_refused(int width, bool dark, bool byKeys)
    {
        await using var world = await DeskWorld.OpenAsync(("Web:OperatorToken", "all"), ("Web:ViewerToken", "look"));
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await tab.GoAsync("/desk/silences/1");
        await (byKeys ? tab.ReachAsync("#token") : tab.ClickAsync("#token"));
        await tab.TypeAsync("look");
        await tab.LoadingAsync(() => tab.ChooseAsync("#sign-in button", byKeys));

        Assert.Equal("viewer", await tab.TextAsync(".role"));
        Assert.False(await tab.HoldsAsync("document.querySelector('main form[method=post]')"));
        Assert.Equal(403, (await tab.EvaluateAsync("fetch('/desk/silences/1/end', { method: 'POST', body: new URLSearchParams() }).then(answer => answer.status)"))!.GetValue<int>());
        Assert.Equal([""], world.Service.Ask("SELECT coalesce(ended, '') FROM silence"));
        await CleanAsync(tab);
    }

    [BrowserTheory]
    [MemberData(nameof(Everywhere))]
    public async Task A_source_that_goes_down_is_counted_on_an_open_page_and_found_from_there(int width, bool dark, bool byKeys)
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await tab.GoAsync("/desk/alerts");
        await tab.UntilAsync("document.querySelector('[data-live=live]').textContent === 'live'");
        Assert.True(await tab.HoldsAsync("document.querySelector('[data-badge=bad-sources]').hidden"));

        await world.Service.Database.WriteAsync(db => db.Execute("UPDATE source SET configured = 1, state = 'failing', state_reason = 'HTTP 503 since 18:20' WHERE id = 'told-1'"));
        for (var beat = 0; beat < 300 && await tab.HoldsAsync("document.querySelector('[data-badge=bad-sources]').hidden"); beat++)
        {
            world.Service.Clock.Advance(TimeSpan.FromSeconds(1)); // the stream's next beat
            await tab.EvaluateAsync("new Promise(done => setTimeout(() => done(true), 50))");
        }

        Assert.Equal("1", await tab.TextAsync("[data-badge=bad-sources] [data-live]"));
        await CleanAsync(tab);
        await tab.LoadingAsync(() => tab.ChooseAsync("nav [href='/desk/sources']", byKeys));
        await tab.LoadingAsync(() => tab.ChooseAsync("[data-rows] [data-open]", byKeys));
        Assert.Contains("HTTP 503 since 18:20", await tab.TextAsync(), StringComparison.Ordinal);
        await CleanAsync(tab);
    }

    [BrowserTheory]
    [MemberData(nameof(Everywhere))]
    public async Task A_message_that_was_given_up_is_found_and_sent_again_under_its_id(int width, bool dark, bool byKeys)
    {
        await using var world = await DeskWorld.EmptyAsync(("Web:OperatorToken", "all"));
        world.Service.Hook.Next(410);
        await world.Service.TellAsync("Truce holds along the northern line");
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await JourneyTests.SignInAsync(tab, "Olga");
        await tab.GoAsync("/desk/");
        await tab.LoadingAsync(() => tab.ChooseAsync("[href='/desk/deliveries?state=dead']", byKeys));
        await tab.LoadingAsync(() => tab.ChooseAsync("[data-rows] [data-open]", byKeys));
        Assert.Contains("answered 410", await tab.TextAsync(), StringComparison.Ordinal);
        await CleanAsync(tab);

        await tab.LoadingAsync(() => tab.ChooseAsync(".act", byKeys));
        await world.Service.SettleAsync();
        await tab.GoAsync((await tab.EvaluateAsync("location.pathname"))!.GetValue<string>());

        Assert.Contains("Accepted", await tab.TextAsync(), StringComparison.Ordinal);
        Assert.False(await tab.HoldsAsync("document.querySelector('.act')"));
        Assert.Equal(world.Service.Hook.Calls.First().Id, Assert.Single(world.Service.Hook.Accepted).Id);
        Assert.Contains("Olga", await ActsAsync(tab), StringComparison.Ordinal);
        await CleanAsync(tab);
    }

    private static async Task<string> ActsAsync(Tab tab)
    {
        await tab.GoAsync("/desk/acts");
        return await tab.TextAsync();
    }

    private static async Task CleanAsync(Tab tab)
    {
        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.Equal([], tab.Complaints);
    }
}
