using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NewsWatch.Tests.Web;

namespace NewsWatch.Tests.Documents;

/// <summary>The Grafana board and the Prometheus alarms name metrics that exist, and the alarms fire when they should.</summary>
public sealed partial class BoardAndAlarmTests
{
    private const string Board = "deploy/grafana/newswatch.json";
    private const string Rules = "deploy/prometheus/newswatch.rules.yml";

    [Theory]
    [InlineData(Board)]
    [InlineData(Rules)]
    [InlineData("deploy/prometheus/newswatch.rules.test.yml")]
    public void Every_metric_that_is_named_exists(string file)
    {
        var named = Names(Repository.Read(file));

        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(Known()));
    }

    [Fact]
    public void Every_metric_is_on_the_board_in_one_panel()
    {
        var panels = JsonNode.Parse(Repository.Read(Board))!["panels"]!.AsArray().Select(panel => Names($"{panel!["targets"]}").Distinct()).SelectMany(names => names).ToList();

        Assert.Equal(Known().Order(StringComparer.Ordinal), panels.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_alarm_is_a_row_of_the_operations_page() =>
        Assert.Equal(Alarms().Order(StringComparer.Ordinal), Row().Matches(Repository.Read("docs/operations.md")).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_alarm_has_a_test_that_it_fires_and_one_that_it_does_not()
    {
        var tested = Tested().Matches(Repository.Read("deploy/prometheus/newswatch.rules.test.yml")).Select(match => match.Groups["name"].Value).CountBy(name => name).ToDictionary();

        Assert.All(Alarms(), alarm => Assert.InRange(tested[alarm], 2, int.MaxValue));
    }

    [PromtoolFact]
    public async Task Each_alarm_fires_when_it_should_and_stays_silent_when_it_should()
    {
        Assert.Equal(0, await PromtoolAsync("check", "rules", "newswatch.rules.yml"));
        Assert.Equal(0, await PromtoolAsync("test", "rules", "newswatch.rules.test.yml"));
    }

    private static async Task<int> PromtoolAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments) { WorkingDirectory = Path.Combine(Repository.Root, "deploy", "prometheus"), RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var promtool = Process.Start(start)!;
        var (said, errors) = (promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await Task.WhenAll(said, errors, promtool.WaitForExitAsync());
        return promtool.ExitCode;
    }

    private static List<string> Known() => [.. Metric().Matches(Repository.Read("docs/operations.md")).Select(match => match.Groups["name"].Value)];

    private static List<string> Alarms() => [.. Alarm().Matches(Repository.Read(Rules)).Select(match => match.Groups["name"].Value)];

    private static List<string> Names(string text) => [.. Name().Matches(text).Select(match => match.Value.EndsWith("_bucket", StringComparison.Ordinal) ? match.Value[..^"_bucket".Length] : match.Value).Distinct()];

    [GeneratedRegex(@"newswatch_[a-z_]+", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `(?<name>newswatch_[a-z_]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `(?<name>NewsWatch[A-Za-z]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Row();

    [GeneratedRegex(@"- alert: (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Alarm();

    [GeneratedRegex(@"alertname: (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tested();
}
