using NewsWatch.Configuration;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Alerts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Configuration;

/// <summary>Teams, groups, rules by selector, and entries that are muted.</summary>
public sealed class TeamsTests
{
    private const string Rules = """
        "Rules": {
          "sanctions-a": { "When": "truce", "Labels": { "desk": "risk" } }, "sanctions-b": { "When": "war", "Severity": "flash" }, "tariffs": { "When": "tariff", "Labels": { "desk": "trade" } }
        }
        """;

    private const string Channels = """ "Channels": { "out": { "Type": "pickup", "Folder": "mail" }, "night": { "Type": "pickup", "Folder": "night" } } """;

    [Theory]
    [InlineData("""["sanct*"]""", "sanctions-a sanctions-b")]
    [InlineData("""["label.desk = risk", "tariffs"]""", "sanctions-a tariffs")]
    [InlineData("""["severity >= urgent"]""", "sanctions-b")]
    [InlineData("""["label.desk != trade AND severity = routine"]""", "sanctions-a")]
    [InlineData("""["nosuch"]""", "")]
    public void Rules_are_chosen_by_id_by_beginning_or_by_what_they_say(string written, string chosen)
    {
        var anna = Loaded($$"""{ {{Rules}}, {{Channels}}, "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out", "Rules": {{written}} } } }""").Subscribers["anna"];

        Assert.Equal(chosen, string.Join(' ', anna.Rules!.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_team_gives_its_members_rules_and_what_they_do_not_say_themselves()
    {
        var configuration = Loaded($$"""
            {
              {{Rules}}, {{Channels}}, "Defaults": { "Via": "out" },
              "Teams": {
                "risk": { "Members": ["anna", "ben"], "Rules": "label.desk = risk", "Via": "night", "TimeZone": "Europe/Berlin", "Cap": "3/1h", "QuietHours": { "From": "22:00", "To": "06:00" } },
                "zone": { "Members": ["carl", "ben"], "TimeZone": "Asia/Tokyo" }
              },
              "Subscribers": {
                "anna": { "Email": "anna@example.com" },
                "ben": { "Email": "ben@example.com", "Via": "out", "TimeZone": "UTC", "Rules": ["tariffs"] },
                "carl": { "Email": "carl@example.com" },
                "dora": { "Email": "dora@example.com" }
              },
              "Routes": { "Children": [{ "If": "severity = flash", "To": ["risk", "dora"] }] }
            }
            """);

        var (anna, ben, carl) = (configuration.Subscribers["anna"], configuration.Subscribers["ben"], configuration.Subscribers["carl"]);
        Assert.Equal(("night", "Europe/Berlin", 3, new TimeOnly(22, 0)), (anna.Channel, anna.TimeZone.Id, anna.Cap.Count, anna.QuietHours!.From));
        Assert.Equal(["sanctions-a"], anna.Rules!);
        Assert.Equal(("out", "UTC"), (ben.Channel, ben.TimeZone.Id));
        Assert.Equal(["sanctions-a", "tariffs"], ben.Rules!.Order(StringComparer.Ordinal));
        Assert.Equal(("out", "Asia/Tokyo"), (carl.Channel, carl.TimeZone.Id));
        Assert.Null(carl.Rules);
        Assert.Equal(["anna", "ben", "dora"], configuration.Routes!.Children[0].To);
    }

    [Fact]
    public void A_group_gives_its_sources_what_they_do_not_say_themselves_and_rules_and_routes_may_name_it()
    {
        var configuration = Loaded("""
            {
              "Defaults": { "Poll": "10m", "MaxAge": "2h" },
              "Groups": { "wires": { "Poll": "1m", "FullText": "never", "Publisher": "agency", "ExpectEvery": "3h", "Language": "en" } },
              "Sources": {
                "a": { "Group": "wires", "Url": "https://a.example.com/" }, "b": { "Group": "wires", "Url": "https://b.example.com/", "Poll": "5m", "Publisher": "paper" },
                "c": { "Url": "https://c.example.com/" }
              },
              "Rules": { "r": { "When": "truce AND source:wires" } },
              "Channels": { "out": { "Type": "pickup", "Folder": "mail" } }, "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out" } },
              "Routes": { "Children": [{ "If": "source = wires" }] }
            }
            """);

        var (a, b, c) = (configuration.Sources["a"], configuration.Sources["b"], configuration.Sources["c"]);
        Assert.Equal((1, FullText.Never, "agency", 3, "en", 2), (a.Poll.TotalMinutes, a.FullText, a.Publisher!.Id, a.ExpectEvery!.Value.TotalHours, a.Language, a.MaxAge.TotalHours));
        Assert.Equal((5, "paper"), (b.Poll.TotalMinutes, b.Publisher!.Id));
        Assert.Equal((10, FullText.Auto), (c.Poll.TotalMinutes, c.FullText));
        Assert.Equal(["a", "wires"], configuration.NamesOf("a"));
        Assert.Equal(["c"], configuration.NamesOf("c"));
        Assert.True(configuration.Routes!.Children[0].If!.Matches(new AlertFacts { Rule = "r", Severity = Severity.Routine, Story = 1, StoryKey = "", Source = "a", Group = "wires" }));
    }

    [Fact]
    public void What_is_wrong_with_teams_groups_selectors_and_mutings_is_told() => Snapshot.Approved(
        Report.Of(SomeFiles.Load($$"""
            {
              "Groups": { "wires": { "Url": "https://a.example.com/" }, "b": {} },
              "Sources": { "a": { "Group": "wirs", "Url": "https://a.example.com/" }, "b": { "Url": "https://b.example.com/", "Muted": "until Monday because it is noisy" } },
              {{Rules}}, {{Channels}},
              "Teams": {
                "anna": { "Members": ["ana"], "Rules": ["label.desk = rsk", "source = a", "nosuch*", "severity = loud"] },
                "empty": { "Via": "nigth" }
              },
              "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out", "Rules": ["tarifs"], "Muted": "until 2026-12-01T08:00" } },
              "Routes": { "To": ["emty"] }
            }
            """).Problems),
        "teams.txt");

    [Theory]
    [InlineData("until 2026-12-01T08:00 because the desk moves", "2026-12-01T08:00:00+01:00")]
    [InlineData("until 2026-12-01T08:00Z because the desk moves", "2026-12-01T09:00:00+01:00")]
    [InlineData("Until 2026-12-01T08:00+05:00 because the desk moves", "2026-12-01T04:00:00+01:00")]
    [InlineData("until 2026-12-01 because the desk moves", "2026-12-01T00:00:00+01:00")]
    public void A_muting_has_an_end_in_the_operators_zone_and_a_reason(string written, string until)
    {
        var muted = Loaded($$"""
            { "Defaults": { "TimeZone": "Europe/Berlin" }, "Rules": { "r": { "When": "truce", "Muted": "{{written}}" } } }
            """).Rules["r"].Muted!;

        Assert.Equal((until, "the desk moves"), (muted.Until.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), muted.Why));
    }

    private static WatchConfiguration Loaded(string watch)
    {
        var sources = watch.Contains("\"Sources\"", StringComparison.Ordinal) ? "" : "\"Sources\": { \"s\": { \"Url\": \"https://feeds.example.com/\" } }, ";
        var result = SomeFiles.Load("{ " + sources + watch.TrimStart()[1..]);
        return result is LoadResult.Loaded loaded ? loaded.Configuration : throw new InvalidOperationException(Report.Of(result.Problems));
    }
}
