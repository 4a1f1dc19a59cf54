using System.Text.Json.Nodes;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>The pages of a list together are the list, whatever comes in while somebody turns them.</summary>
public sealed class ListPagingTests
{
    [Theory]
    [InlineData("alerts", 1)]
    [InlineData("stories", 2)]
    [InlineData("articles", 3)]
    [InlineData("decisions", 4)]
    [InlineData("deliveries", 5)]
    [InlineData("acts", 6)]
    public async Task Every_row_is_on_one_page_while_others_come_in(string list, int seed)
    {
        var random = new Random(seed);
        await using var world = await DeskWorld.EmptyAsync();
        for (var number = 0; number < 60; number++)
        {
            await ComeInAsync(world, list, $"{number}");
        }

        var before = world.Count(list);
        var seen = new List<string>();
        for (string? next = $"/desk/api/v1/{list}"; next is not null;)
        {
            var page = JsonNode.Parse(await world.Client.GetStringAsync(new Uri(next, UriKind.Relative)))!;
            seen.AddRange(page["items"]!.AsArray().Select(row => row!.ToJsonString()));
            next = page["next"]?.GetValue<string>();
            for (var more = random.Next(3); more >= 0; more--)
            {
                await ComeInAsync(world, list, $"late {seen.Count} {more}");
            }
        }

        Assert.Equal(before, seen.Count);
        Assert.Equal(before, seen.Distinct().Count());
    }

    private static Task ComeInAsync(DeskWorld world, string list, string what) =>
        list == "acts" ? world.SilenceAsync(Core.Alerts.SilenceScope.Rule, "ceasefire") : world.Service.TellAsync($"Truce of the day {what}");
}
