using NewsWatch.Configuration;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>Stories that turned out to be one, on the desk.</summary>
public sealed class StoryMergeTests
{
    [Fact]
    public async Task A_storys_page_names_the_story_that_it_was_merged_with()
    {
        string[] ferry =
        [
            "Ostrava Bay ferry sinks in storm after a truce",
            "Captain Lund says cargo doors of the Meriden stood open: truce of the unions",
            "Meriden: captain Lund blames cargo doors for Ostrava Bay ferry storm disaster; truce",
            "Ostrava Bay ferry Meriden sank in storm with cargo doors open, captain Lund says; truce holds",
        ];
        await using var world = await DeskWorld.EmptyAsync();
        world.Service.Configure(watch => watch with { Defaults = watch.Defaults with { Stories = StoryScope.Wide } });
        foreach (var title in ferry)
        {
            await world.Service.TellAsync(title);
        }

        var (older, younger, api) = ((await world.AskAsync("stories/1")).Body, (await world.AskAsync("stories/2")).Body, (await world.AskAsync("api/v1/stories/2")).Body);

        Assert.Matches("<b>Merged</b> <a data-open href=\"/desk/stories/2\">.*Captain Lund", older);
        Assert.Matches("<b>Merged</b> <a data-open href=\"/desk/stories/1\">.*Ostrava Bay ferry sinks", younger);
        Assert.Contains("\"kind\":\"merged\",\"other\":1", api.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
