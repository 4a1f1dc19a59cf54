using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary><c>newswatch backtest</c> and its like, as an operator or a script runs them.</summary>
public sealed class BacktestCommandTests : IAsyncLifetime
{
    private Newsroom _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await Newsroom.OpenAsync();
        _desk.Show("/one", "A cease-fire is near", "Grain exports rise");
        Assert.Equal(0, (await RunAsync("run --once")).Exit);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task The_configuration_in_force_gives_exactly_what_was_sent()
    {
        var (exit, output) = await RunAsync("backtest");

        Assert.Equal(0, exit);
        Assert.Contains("+0 new, -0 gone, 1 the same.", output, StringComparison.Ordinal);
        Assert.Contains("gives exactly the 1 alerts that were sent.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_is_compared_with_the_configuration_in_force_and_changes_nothing()
    {
        await WriteAsync("draft.json", """{ "Rules": { "ceasefire": { "Title": "Grain", "When": "grain" } } }""");
        var before = _desk.Ask("SELECT count(*) || ' ' || (SELECT count(*) FROM delivery) || ' ' || (SELECT count(*) FROM configuration) FROM reading");

        var (exit, output) = await RunAsync("backtest --with draft.json");
        var limited = await RunAsync("backtest --with draft.json --fail-if gone>0");

        Assert.Equal((0, 1), (exit, limited.Exit));
        Assert.Contains("+1 new, -1 gone, 0 the same.", output, StringComparison.Ordinal);
        Assert.Contains("missing grain", output, StringComparison.Ordinal);
        Assert.Contains("[[Grain]] exports rise", output, StringComparison.Ordinal);
        Assert.Equal(before, _desk.Ask("SELECT count(*) || ' ' || (SELECT count(*) FROM delivery) || ' ' || (SELECT count(*) FROM configuration) FROM reading"));
    }

    [Fact]
    public async Task A_query_can_be_tried_without_a_file_and_the_result_is_json()
    {
        var (exit, output) = await RunAsync("backtest --rule grain --when exports --json");

        var result = JsonNode.Parse(output)!;
        Assert.Equal(0, exit);
        Assert.Equal((1, 0), ((int)result["difference"]!["new"]!, (int)result["difference"]!["gone"]!));
        Assert.Equal("there is no such rule", (string?)result["samples"]![0]!["why"]);
    }

    [Fact]
    public async Task A_candidate_with_errors_is_refused_with_their_places()
    {
        await WriteAsync("draft.json", """{ "Rules": { "ceasefire": { "Title": "Broken", "When": "(" } } }""");

        var (exit, output) = await RunAsync("backtest --with draft.json");

        Assert.Equal(78, exit);
        Assert.Contains("./draft.json:1:", output, StringComparison.Ordinal);
        Assert.Contains("Rules.ceasefire.When", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest --fail-if soon", "\"soon\" is not a limit.")]
    [InlineData("backtest --since soon", "\"soon\" is not a time.")]
    [InlineData("backtest --rule cease-fire", "Did you mean \"ceasefire\"?")]
    [InlineData("backtest --when exports", "Write --rule ID beside --when")]
    [InlineData("backtest --rule ceasefire --when (", "--when: ")]
    [InlineData("backtest --near", "Write --rule ID beside --near.")]
    [InlineData("backtest --with nothing.json", "nothing.json does not exist.")]
    [InlineData("backtest --against nothing", "There is neither a file nor an earlier configuration nothing.")]
    [InlineData("try --history 7d", "Write --rule ID beside --history.")]
    public async Task Wrong_arguments_end_with_2_and_say_what_to_write(string command, string text)
    {
        var (exit, output) = await RunAsync(command);

        Assert.Equal(2, exit);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_lists_the_news_of_the_archive_that_fires_a_rule()
    {
        var (exit, output) = await RunAsync("try --rule ceasefire --history 1d");

        Assert.Equal(0, exit);
        Assert.Contains("A [[cease-fire]] is near", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Grain", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_warns_about_a_rule_that_finds_nothing_in_the_archive()
    {
        var configuration = _desk.Configuration(when: "volcano");
        await File.WriteAllTextAsync(_desk.ConfigurationFile, configuration.ToJsonString());

        var (exit, output) = await RunAsync("check --backtest 7d");

        Assert.Equal(0, exit);
        Assert.Contains("(warning) Rules.ceasefire  no article since ", output, StringComparison.Ordinal);
        Assert.Contains("+0 new, -1 gone", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backtest_that_is_killed_leaves_everything_as_it_was()
    {
        var before = Tables();
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using (var killed = _desk.Start(crashAt: "backtest:1", command: "backtest"))
        {
            Assert.NotEqual(0, await killed.EndAsync(patience.Token));
        }

        Assert.Equal(before, Tables());
        Assert.Contains("+0 new, -0 gone, 1 the same.", (await RunAsync("backtest")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backtest_runs_beside_the_service()
    {
        await using var service = _desk.Start();
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await service.SaysAsync("Started with configuration", patience.Token);

        var (exit, output) = await RunAsync("backtest");

        Assert.Equal(0, exit);
        Assert.Contains("gives exactly the 1 alerts that were sent.", output, StringComparison.Ordinal);
    }

    private string Tables() => string.Join(' ', _desk.Ask("SELECT name FROM sqlite_master WHERE type = 'table'").Select(table => $"{table} {_desk.Ask($"SELECT count(*) FROM {table}")[0]}"));

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_desk.Folder, name), text);

    private async Task<(int Exit, string Output)> RunAsync(string command)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var process = _desk.Start(command: command);
        var exit = await process.EndAsync(patience.Token);
        return (exit, process.Output);
    }
}
