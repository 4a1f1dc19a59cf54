using CsCheck;
using NewsWatch.Core.Alerts;

namespace NewsWatch.Core.Tests.Alerts;

public sealed class RouteCoverageTests
{
    [Theory]
    [InlineData("", "severity = flash")]
    [InlineData("severity >= urgent", "severity = flash")]
    [InlineData("severity != routine", "severity >= urgent")]
    [InlineData("rule = a", "rule = a AND severity = flash")]
    [InlineData("rule != a", "rule = b")]
    [InlineData("lang = en", "lang = en-GB")]
    [InlineData("independent >= 2", "independent >= 3 AND severity = flash")]
    [InlineData("publishers != 1", "publishers >= 2")]
    [InlineData("deadline < 48h", "deadline < 1d AND rule = a")]
    public void A_child_behind_one_that_takes_all_of_it_is_never_reached(string first, string second)
    {
        var found = Assert.Single(RouteCoverage.Unreachable(new Route { Children = [Child(first), Child(second)] }));

        Assert.Equal([1], found.Path);
        Assert.Equal("never reached: Routes.Children[0] matches everything it matches and does not Continue.", found.Message);
    }

    [Theory]
    [InlineData("severity = flash", "severity >= urgent")]
    [InlineData("rule = a", "rule = b")]
    [InlineData("lang = en-GB", "lang = en")]
    [InlineData("label.desk = fx", "severity = flash")]
    [InlineData("independent >= 3", "independent >= 2")]
    [InlineData("independent >= 2", "publishers >= 2")]
    [InlineData("deadline < 1d", "deadline < 48h")]
    public void A_child_that_gets_something_is_not_named(string first, string second) =>
        Assert.Empty(RouteCoverage.Unreachable(new Route { Children = [Child(first), Child(second)] }));

    [Fact]
    public void A_child_behind_one_that_continues_is_reached() =>
        Assert.Empty(RouteCoverage.Unreachable(new Route { Children = [new Route { Continue = true }, Child("rule = a")] }));

    [Fact]
    public void Several_together_may_take_everything() =>
        Assert.Equal(
            [3],
            Assert.Single(RouteCoverage.Unreachable(new Route
            {
                Children = [Child("severity = flash"), Child("severity = urgent"), Child("severity = routine"), Child("rule = a")],
            })).Path);

    [Fact]
    public void Conditions_that_contradict_those_above_are_never_reached() =>
        Assert.Equal(
            [0, 0],
            Assert.Single(RouteCoverage.Unreachable(new Route { Children = [Child("rule = a") with { Children = [Child("rule = b")] }] })).Path);

    [Fact]
    public void What_is_named_is_reached_by_no_alert_at_all()
    {
        var comparison = Gen.OneOf(
            Gen.Select(Gen.OneOf(new[] { "=", "!=", ">=" }.Select(Gen.Const).ToArray()), Gen.Enum<Severity>(), (sign, value) => $"severity {sign} {value}"),
            Gen.Select(Gen.Bool, Gen.Int[0, 2], (same, value) => $"rule {(same ? "=" : "!=")} r{value}"),
            Gen.Select(Gen.Bool, Gen.Int[0, 2], (same, value) => $"lang {(same ? "=" : "!=")} {Languages[value]}"));
        var condition = comparison.Array[0, 3].Select(parts => string.Join(" AND ", parts));
        var leaf = Gen.Select(condition, Gen.Bool, (text, goesOn) => Child(text) with { Continue = goesOn });
        var node = Gen.Select(leaf, leaf.Array[0, 3], (route, children) => route with { Children = children });

        node.Array[1, 5].Sample(
            children =>
            {
                var root = Mark(new Route { Children = children }, []);
                var reached = Alerts().SelectMany(alert => Routing.Of(alert, root, Everybody)).Select(destination => destination.Subscriber.Id).ToHashSet();
                return RouteCoverage.Unreachable(root).All(route => !reached.Contains(Name(route.Path)));
            },
            iter: 3_000);
    }

    private static readonly string[] Languages = ["en", "en-GB", "de"];

    /// <summary>Every place in a tree has a subscriber of its own.</summary>
    private static readonly Dictionary<string, Subscriber> Everybody = Enumerable.Range(-1, 6)
        .SelectMany(one => Enumerable.Range(-1, 4).Select(two => Name([.. new[] { one, two }.Where(index => index >= 0)])))
        .Distinct()
        .ToDictionary(name => name, name => new Subscriber { Id = name, Channel = "mail" });

    private static string Name(IEnumerable<int> path) => "s" + string.Join('-', path);

    private static Route Mark(Route route, int[] path) => route with
    {
        To = [Name(path)],
        Children = [.. route.Children.Select((child, index) => Mark(child, [.. path, index]))],
    };

    private static IEnumerable<AlertFacts> Alerts() =>
        from severity in Enum.GetValues<Severity>()
        from rule in Enumerable.Range(0, 4)
        from language in new[] { "", "en", "en-GB", "de", "fr" }
        select Some.Alert with { Severity = severity, Rule = $"r{rule}", Language = language };

    private static Route Child(string condition) => new() { If = condition.Length == 0 ? null : Some.If(condition) };
}
