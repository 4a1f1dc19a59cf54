using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary><c>newswatch search</c>, as an operator or a script runs it.</summary>
public sealed class SearchCommandTests : IAsyncLifetime
{
    private Newsroom _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await Newsroom.OpenAsync();
        _desk.Show("/one", "A cease-fire is near", "Grain exports rise");
        _desk.Show("/two", "Cease-fire: what is known");
        Assert.Equal(0, (await RunAsync("run --once")).Exit);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task One_round_of_the_service_makes_its_articles_searchable()
    {
        var (exit, output) = await RunAsync("search cease-fire near");

        Assert.Equal(0, exit);
        Assert.Contains("  one: A cease-fire is near\n", output, StringComparison.Ordinal);
        Assert.Contains("https://news.example.com/A%20cease-fire%20is%20near (", output, StringComparison.Ordinal);
        Assert.Contains("1 article. Times are UTC.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("known", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_a_long_list_follow_each_other()
    {
        var first = await ListAsync("search officials --most 2");
        var next = await ListAsync($"search officials --before {first[1]!["id"]}");

        Assert.Equal(3, first.Concat(next).Select(article => (string)article!["title"]!).Distinct().Count());
        Assert.Contains($"The newest 2 articles: --before {first[1]!["id"]} shows the next.", (await RunAsync("search officials --most 2")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_ends_with_1()
    {
        Assert.Empty(await ListAsync("search officials --source one --lang de", exit: 1));
        Assert.Equal(2, (await ListAsync("search officials --source one --since 1d")).Count);
    }

    [Fact]
    public async Task Articles_that_cannot_be_searched_yet_are_counted()
    {
        _desk.Change("UPDATE article SET searchable = 0");

        Assert.Contains("3 articles cannot be searched yet", (await RunAsync("search officials")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "There is no word to search for.")]
    [InlineData("search ... --source one", "There is no word to search for.")]
    [InlineData("search c*", "c*: a beginning has at least 2 letters.")]
    [InlineData("search cease-fire --since soon", "\"soon\" is not a time.")]
    [InlineData("search cease-fire --most 0", "--most is at least 1.")]
    [InlineData("search cease-fire --source ones", "Did you mean \"one\"?")]
    public async Task Wrong_arguments_end_with_2_and_say_what_to_write(string command, string text)
    {
        var (exit, output) = await RunAsync(command);

        Assert.Equal(2, exit);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    /// <summary>The articles as JSON; what is said beside it (a number of warnings) comes first.</summary>
    private async Task<JsonArray> ListAsync(string command, int exit = 0)
    {
        var run = await RunAsync(command + " --json");
        Assert.Equal(exit, run.Exit);
        return JsonNode.Parse(run.Output[run.Output.IndexOf('[', StringComparison.Ordinal)..])!.AsArray();
    }

    private async Task<(int Exit, string Output)> RunAsync(string command)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var process = _desk.Start(command: command);
        var exit = await process.EndAsync(patience.Token);
        return (exit, process.Output);
    }
}
