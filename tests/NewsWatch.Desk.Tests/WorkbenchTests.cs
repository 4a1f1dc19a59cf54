using System.Net;
using System.Text.Json.Nodes;
using NewsWatch.Desk.Pages;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Desk.Tests;

/// <summary>Matches while a query is typed, names that are completed, examples that are kept by a click.</summary>
[Collection(nameof(Journeys))]
public sealed class WorkbenchTests(Browser browser)
{
    [BrowserFact]
    public async Task Matches_come_while_the_query_is_typed()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/workbench");
        await tab.ClickAsync("#query");

        await tab.TypeAsync("truce AND northern");
        await tab.UntilAsync("document.querySelector('#looked').textContent.startsWith('1 match in the last')");
        Assert.Contains("Truce holds along the northern line", await tab.TextAsync("#result"), StringComparison.Ordinal);
        Assert.Equal("/desk/workbench?query=truce+AND+northern", (await tab.EvaluateAsync("location.pathname + location.search"))!.GetValue<string>());

        await tab.TypeAsync(" AND (");
        await tab.UntilAsync("document.querySelector('#problems')");
        Assert.Equal("problems", (await tab.EvaluateAsync("document.querySelector('#query').getAttribute('aria-describedby')"))!.GetValue<string>());
        Assert.Equal([], tab.Complaints);
    }

    [BrowserFact]
    public async Task A_name_that_was_begun_is_completed_by_keys_and_the_list_breaks_no_rule()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site, 360);
        await tab.GoAsync("/desk/workbench");
        await tab.ClickAsync("#query");

        await tab.TypeAsync("truce NE");
        await tab.UntilAsync("!document.querySelector('#query-names').hidden");
        await tab.UntilAsync("location.search.includes('truce+NE') && !document.querySelector('#result').ariaBusy"); // what is old is pale while the new is looked up
        Assert.Equal([], await Axe.LookAsync(tab));
        await tab.PressAsync("ArrowDown");
        Assert.Equal("query-names-0", (await tab.EvaluateAsync("document.querySelector('#query').getAttribute('aria-activedescendant')"))!.GetValue<string>());
        await tab.PressAsync("Enter");

        Assert.Equal("truce NEAR/10 ", (await tab.EvaluateAsync("document.querySelector('#query').value"))!.GetValue<string>());
        Assert.True(await tab.HoldsAsync("document.querySelector('#query-names').hidden"));
        await tab.TypeAsync("OR");
        await tab.UntilAsync("!document.querySelector('#query-names').hidden || document.querySelector('#query').value.endsWith('OR')");
        await tab.PressAsync("Escape");
        Assert.True(await tab.HoldsAsync("document.querySelector('#query-names').hidden"));
        Assert.Equal([], tab.Complaints);
    }

    [BrowserFact]
    public async Task A_click_keeps_a_headline_as_an_example_in_the_entry()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/workbench?query=truce");

        await tab.ClickAsync("#result [data-example]");
        await tab.UntilAsync("document.querySelector('#examples')");
        Assert.Contains("1 of 1 come out right", await tab.TextAsync("#examples"), StringComparison.Ordinal);
        Assert.Equal("Talks on a truce break off without a date", await EntryAsync(tab, "Fires"));

        await tab.ClickAsync("#result .why [data-example]");
        await tab.UntilAsync("!document.querySelector('#examples')");
        Assert.Equal([], tab.Complaints);
    }

    [Fact]
    public async Task An_example_that_comes_out_wrong_is_named_without_script_as_well()
    {
        await using var world = await DeskWorld.OpenAsync();

        var body = WebUtility.HtmlDecode((await world.AskAsync("workbench?query=truce&fires=A+pier+opens&not=Truce+at+last")).Body);

        Assert.Contains("0 of 2 come out right", body, StringComparison.Ordinal);
        Assert.Contains("the rule is silent", body, StringComparison.Ordinal);
        Assert.Contains("the rule fires", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_s_page_makes_an_example_for_each_rule()
    {
        await using var world = await DeskWorld.OpenAsync();

        var body = WebUtility.HtmlDecode((await world.AskAsync("articles/1")).Body);

        Assert.Contains("/desk/workbench?rule=ceasefire&not=Truce%20holds%20along%20the%20northern%20line", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_part_that_is_looked_up_is_a_part_and_hostile_headlines_are_text_in_it()
    {
        await using var world = await DeskWorld.OpenAsync();
        await world.Service.TellAsync($"Truce {Payloads.All["script"]}");

        var (status, body) = await world.AskAsync("workbench/look?query=truce");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("<html", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_third_query_waits_for_a_turn_and_is_refused_when_none_comes()
    {
        await using var world = await DeskWorld.OpenAsync();
        var turns = world.Service.Get<WorkbenchTurns>();
        using var first = await turns.TakeAsync(CancellationToken.None);
        var second = await turns.TakeAsync(CancellationToken.None);

        var third = turns.TakeAsync(CancellationToken.None);
        world.Service.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(await third);

        var fourth = turns.TakeAsync(CancellationToken.None);
        second!.Dispose();
        using var taken = await fourth;
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_any_more_gives_up_its_place()
    {
        await using var world = await DeskWorld.OpenAsync();
        var turns = world.Service.Get<WorkbenchTurns>();
        using var first = await turns.TakeAsync(CancellationToken.None);
        using var second = await turns.TakeAsync(CancellationToken.None);
        using var gone = new CancellationTokenSource();

        var third = turns.TakeAsync(gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Throws<OperationCanceledException>(() => Trial.Run(world.Service.Configuration.Rules["ceasefire"].Rule, world.Service.Configuration, world.Service.Database, gone.Token));
    }

    private static async Task<string> EntryAsync(Tab tab, string kind) =>
        JsonNode.Parse($"{{{await tab.TextAsync("#entry")}}}")!["new-rule"]!["Examples"]![kind]![0]!.GetValue<string>();
}
