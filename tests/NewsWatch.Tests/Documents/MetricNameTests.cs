using System.Text.RegularExpressions;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Documents;

/// <summary>Dashboards and alarms hang on the names and types of the metrics: neither changes by accident, and operations.md lists them all.</summary>
public sealed partial class MetricNameTests
{
    private static readonly IReadOnlyList<(string Name, string Type)> Metrics =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Instrument().Matches(File.ReadAllText(file)))
            .Select(match => ($"newswatch_{match.Groups["name"].Value}", match.Groups["type"].Value))
            .Order(),
    ];

    [Fact]
    public void The_names_and_types_of_all_metrics_are_approved() =>
        Snapshot.Approved(string.Concat(Metrics.Select(metric => $"{metric.Name} {metric.Type}\n")), "metrics.txt");

    [Fact]
    public void Every_metric_is_a_row_of_the_operations_page()
    {
        var page = Repository.Read("docs/operations.md");

        Assert.All(Metrics, metric => Assert.Contains($"| `{metric.Name}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_of_the_operations_page_is_a_metric() =>
        Assert.Equal(Metrics.Select(metric => metric.Name), Row().Matches(Repository.Read("docs/operations.md")).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\.Create(?<type>(Observable)?(Counter|Histogram|Gauge|UpDownCounter))(<\w+>)?\(\s*""(?<name>[a-z_]+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<name>newswatch_[a-z_]+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
