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
        foreach (var (width, height, dark) in ((int, int, bool)[])[(1280, 900, false), (1280, 900, true), (360, 800, false)])
        {
            await using var tab = await browser.OpenAsync(world.Site, width, height, dark);
            foreach (var page in (string[])["", "alerts", "alerts/5", "sources", "articles/7", "rules/ceasefire", "workbench?query=(truce%20OR%20cease-fire)%20AND%20deadline"])
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
