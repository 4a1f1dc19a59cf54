using System.Diagnostics.Metrics;
using System.Net;
using NewsWatch.Backtest;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Storage.Operators;

namespace NewsWatch.Desk.Tests;

/// <summary>Backtests are started, waited for, cancelled and looked at on the desk.</summary>
[Collection(nameof(Journeys))]
public sealed class BacktestPageTests(Browser browser)
{
    [BrowserFact]
    public async Task A_changed_query_is_backtested_from_the_workbench_and_its_result_read()
    {
        await using var world = await DeskWorld.OpenAsync();
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/workbench?rule=ceasefire&query=truce%20AND%20northern");

        await tab.LoadingAsync(() => tab.ClickAsync("#result form button"));
        await world.Service.Get<BacktestQueue>().IdleAsync();
        await tab.GoAsync("/desk/backtests/1");

        var text = await tab.TextAsync();
        Assert.Contains("Would have alerted 1 time in 1 story. In force: 2 times in 2 stories. +0 new, −1 gone, 1 the same.", text, StringComparison.Ordinal);
        Assert.Contains("What is in force gives exactly the 2 alerts that were sent", text, StringComparison.Ordinal);
        Assert.Contains("missing northern", text, StringComparison.Ordinal);
        Assert.Equal([], await Axe.LookAsync(tab));
        await tab.GoAsync("/desk/backtests");
        Assert.Contains("ceasefire: truce AND northern", await tab.TextAsync("table"), StringComparison.Ordinal);
        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.Equal([], tab.Complaints);
    }

    [Fact]
    public async Task All_rules_are_backtested_with_an_edit_and_the_result_read()
    {
        await using var world = await DeskWorld.OpenAsync();
        await world.Service.Get<BacktestQueue>().StartAsync(
            new(world.Service.Configuration) { Baseline = world.Service.Configuration }, """{"Rule":"","Query":"","Unless":"","Edit":"{ \"Rules\": {} }","Since":"all"}""", "ops", null, CancellationToken.None);
        await world.Service.Get<BacktestQueue>().IdleAsync();

        var (status, body) = await world.AskAsync("backtests/1");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("What is in force gives exactly the 2 alerts that were sent", WebUtility.HtmlDecode(body), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await world.AskAsync("api/v1/backtests/1")).Status);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_starts_one_and_nothing_but_its_row_is_written()
    {
        await using var world = await DeskWorld.OpenAsync();
        var alerts = world.Service.Ask("SELECT count(*) FROM alert");
        var mails = world.Service.Mail.Mails.Count;

        using var first = await PostAsync(world, "backtests", ("key", "form-1"), ("rule", "ceasefire"), ("query", "pier"), ("since", "all"));
        using var second = await PostAsync(world, "backtests", ("key", "form-1"), ("rule", "ceasefire"), ("query", "pier"), ("since", "all"));
        await world.Service.Get<BacktestQueue>().IdleAsync();

        Assert.Equal("/desk/backtests/1", first.Headers.Location?.ToString());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(["1 done"], world.Service.Ask("SELECT id || ' ' || state FROM backtest"));
        Assert.Equal(alerts, world.Service.Ask("SELECT count(*) FROM alert"));
        Assert.Equal(mails, world.Service.Mail.Mails.Count);
        Assert.Contains("newswatch_backtests_total{outcome=\"done\"} 1", world.Service.MetricsPage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query", "truce AND (", "When")]
    [InlineData("query", "truce AND #nothing", "unknown list #nothing")]
    [InlineData("query", "", "Write a query")]
    [InlineData("edit", "{ \"Rules\": {} }", "Operators alone try edits")]
    public async Task What_cannot_be_tried_is_said_and_stays_in_the_form(string field, string value, string says)
    {
        await using var world = await DeskWorld.OpenAsync();

        using var answer = await PostAsync(world, "backtests", ("rule", "ceasefire"), (field, value));
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(says, body, StringComparison.Ordinal);
        Assert.Empty(world.Service.Ask("SELECT id FROM backtest"));
    }

    [Fact]
    public async Task One_runs_at_a_time_the_next_waits_and_can_be_cancelled()
    {
        await using var world = await DeskWorld.OpenAsync();
        var queue = world.Service.Get<BacktestQueue>();
        var first = (await StartAsync(queue, world))!.Value;
        var waiting = Enumerable.Range(0, BacktestQueue.MaxOpen + 3).Select(_ => StartAsync(queue, world)).ToList();
        await Task.WhenAll(waiting);

        foreach (var id in waiting.Select(task => task.Result).OfType<long>())
        {
            queue.Cancel(id);
        }

        await queue.IdleAsync();
        var states = world.Service.Database.Read(db => BacktestStore.List(db, 50)).ToDictionary(kept => kept.Id, kept => kept.State);
        Assert.Equal(BacktestState.Done, states[first]);
        Assert.All(states.Values, state => Assert.True(state is BacktestState.Done or BacktestState.Cancelled));
        Assert.False(queue.Cancel(first));
        Assert.Null(queue.PlaceOf(first));
    }

    [Fact]
    public async Task A_backtest_that_the_service_s_end_cut_off_says_so()
    {
        await using var world = await DeskWorld.OpenAsync();
        await world.Service.Database.WriteAsync(db => BacktestStore.Add(
            db, world.Service.Clock.GetUtcNow(), "ops", """{"Rule":"ceasefire","Query":"pier","Unless":"","Edit":"","Since":"7d"}""", "1.0.0", null));

        Assert.Contains("The service ended before it did.", (await world.AskAsync("backtests/1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_ends_amid_backtests_has_written_their_rows_alone_and_the_next_one_goes_on()
    {
        await using var world = await DeskWorld.OpenAsync();
        var before = Counts(world);
        var ending = new BacktestQueue(world.Service.Database, world.Service.Get<IMeterFactory>(), world.Service.Clock);
        for (var number = 0; number < 3; number++)
        {
            Assert.NotNull(await StartAsync(ending, world));
        }

        await ending.DisposeAsync();
        Assert.Equal(before, Counts(world));
        Assert.Contains("The service ended before it did.", (await world.AskAsync("backtests/3")).Body, StringComparison.Ordinal);

        await world.BacktestAsync();
        Assert.Equal(["done"], world.Service.Ask("SELECT state FROM backtest WHERE id = 4"));
        Assert.Equal(before, Counts(world));
    }

    private static List<string> Counts(DeskWorld world) => [.. world.Service.Ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('backtest', 'sqlite_sequence') ORDER BY name")
        .Select(table => $"{table} {world.Service.Ask($"SELECT count(*) FROM {table}")[0]}")];

    private static Task<long?> StartAsync(BacktestQueue queue, DeskWorld world) => queue.StartAsync(
        new(world.Service.Configuration) { Baseline = world.Service.Configuration }, """{"Rule":"","Query":"","Unless":"","Edit":"","Since":"all"}""", "ops", null, CancellationToken.None);

    private static async Task<HttpResponseMessage> PostAsync(DeskWorld world, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/desk/{path}") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await world.Client.SendAsync(request);
    }
}
