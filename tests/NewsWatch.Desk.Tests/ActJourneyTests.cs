using System.Net;
using System.Net.Http.Headers;
using NewsWatch.Configuration;
using NewsWatch.Core.Rules;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Drills;
using NewsWatch.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>What operators do at night, in the browser: a drill, a pause; and who may not.</summary>
[Collection(nameof(Journeys))]
public sealed class ActJourneyTests(Browser browser)
{
    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task A_drill_is_begun_by_its_button_and_its_page_says_that_it_passed(int width, bool dark)
    {
        await using var world = await OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site, width, dark: dark);
        await JourneyTests.SignInAsync(tab, "Olga");
        await tab.GoAsync("/desk/drills");
        Assert.Equal([], await Axe.LookAsync(tab));

        await tab.LoadingAsync(() => tab.ClickAsync("form.card .act"));
        Assert.Contains("It runs", await tab.TextAsync(), StringComparison.Ordinal);
        await world.Service.SettleAsync();
        await world.Service.Get<DrillWatch>().LookAsync(CancellationToken.None);
        await tab.GoAsync("/desk/drills/2");

        Assert.Contains("passed", await tab.TextAsync(".lead"), StringComparison.Ordinal);
        Assert.Contains("ops@example.com", await tab.TextAsync("table"), StringComparison.Ordinal);
        Assert.Equal([], await Axe.LookAsync(tab));
        await tab.GoAsync("/desk/acts");
        Assert.Contains("drill 2, over mail", await tab.TextAsync(), StringComparison.Ordinal);
        Assert.Equal([], tab.Complaints);
    }

    [BrowserFact]
    public async Task A_source_is_paused_on_its_page_and_polled_again()
    {
        await using var world = await OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await JourneyTests.SignInAsync(tab, "Olga");
        await tab.GoAsync("/desk/sources/told-3");
        await tab.ClickAsync("details summary");
        await tab.ClickAsync("#pause-reason");
        await tab.TypeAsync("its server moves");
        await tab.LoadingAsync(() => tab.PressAsync("Enter"));

        Assert.Contains("by Olga: its server moves", await tab.TextAsync(".note"), StringComparison.Ordinal);
        Assert.Equal([], await Axe.LookAsync(tab));
        await tab.LoadingAsync(() => tab.ClickAsync("form[action$=resume] .act"));

        Assert.DoesNotContain("Paused until", await tab.TextAsync(), StringComparison.Ordinal);
        Assert.Equal([], tab.Complaints);
    }

    [Fact]
    public async Task A_viewer_begins_no_drill_and_sees_no_address_of_one()
    {
        await using var world = await OpenAsync(("Web:ViewerToken", "look"));
        using var begun = await PostAsync(world, "all");
        await world.Service.SettleAsync();
        await world.Service.Get<DrillWatch>().LookAsync(CancellationToken.None);

        using var refused = await PostAsync(world, "look");
        var list = (await world.AskAsync("drills", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "look"))).Body;
        var page = (await world.AskAsync("drills/2", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "look"))).Body;

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Forbidden), (begun.StatusCode, refused.StatusCode));
        Assert.DoesNotContain("Begin a drill", list, StringComparison.Ordinal);
        Assert.DoesNotContain("ops@example.com", list + page, StringComparison.Ordinal);
        Assert.Contains("o…@example.com", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal(["2"], world.Service.Ask("SELECT count(*) FROM drill"));
    }

    private static async Task<DeskWorld> OpenAsync(params (string, string)[] settings)
    {
        var world = await DeskWorld.OpenAsync([("Web:OperatorToken", "all"), .. settings]);
        world.Service.Configure(watch => watch with { Rules = new Dictionary<string, WatchRule> { ["ceasefire"] = SomeWatch.Ceasefire with { Examples = new RuleExamples(["Both sides agree on a truce"], []) } } });
        return world;
    }

    private static async Task<HttpResponseMessage> PostAsync(DeskWorld world, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/drills") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await world.Client.SendAsync(request);
    }
}
