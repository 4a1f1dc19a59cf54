using NewsWatch.Backtest;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Rules.Language;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>Pictures of pages for people to look at: written where NEWSWATCH_PICTURES names a folder.</summary>
[Collection(nameof(Journeys))]
public sealed class PictureTests(Browser browser)
{
    [BrowserFact]
    public async Task Every_page_has_something_to_look_at()
    {
        var folder = Environment.GetEnvironmentVariable("NEWSWATCH_PICTURES");
        await using var world = await DeskWorld.NewsroomAsync();
        await world.SilenceAsync(SilenceScope.Rule, "quake", "Aftershocks are on the radio all night");
        await world.Service.Get<BacktestQueue>().StartAsync(
            new(BacktestCandidate.WithQuery(world.Service.Configuration, "sanctions", Query.Parse("sanctions AND ministers AND Monday", Vocabulary.Empty).Query!, StoryNeeds.None)) { Baseline = world.Service.Configuration, Rule = "sanctions", Near = true },
            """{"Rule":"sanctions","Query":"sanctions AND ministers AND Monday","Unless":"","Edit":"","Since":"30d"}""",
            "olga",
            null,
            CancellationToken.None);
        await world.Service.Get<BacktestQueue>().IdleAsync();
        foreach (var (width, height, dark) in ((int, int, bool)[])[(1280, 900, false), (1280, 900, true), (360, 800, false)])
        {
            await using var tab = await browser.OpenAsync(world.Site, width, height, dark);
            foreach (var page in (string[])["", "alerts", "alerts/5", "sources", "articles/7", "rules/ceasefire", "workbench?query=(truce%20OR%20cease-fire)%20AND%20deadline", "silences", "silences/1", "silences/new?scope=rule&target=sanctions&for=4h&reason=The%20printers%20strike", "acts", "backtests?rule=sanctions&query=sanctions", "backtests/1", "stories/3", "noise", "drills", "replicas"])
            {
                await tab.GoAsync($"/desk/{page}");
                Assert.NotEmpty(await tab.TextAsync("h1"));
                if (folder is not null)
                {
                    var name = string.Concat($"{page}-{width}{(dark ? "-dark" : "")}".Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
                    await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), await tab.PictureAsync());
                }
            }
        }
    }
}
