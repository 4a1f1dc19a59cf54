using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Configuration;

/// <summary>What an operator reads: every broken file beside the tests has an approved report.</summary>
public sealed class MessageTests
{
    [Theory]
    [InlineData("as-in-the-manual/appsettings.json")]
    [InlineData("addresses.json")]
    [InlineData("values.json")]
    [InlineData("empty.json")]
    [InlineData("half-written.json")]
    [InlineData("nothing-to-do.json")]
    [InlineData("no-section.json")]
    public void A_broken_file_is_refused_with_all_its_errors_at_once(string file)
    {
        var files = ConfigurationFiles.Read(Path.Combine(SomeFiles.Folder(), "Bad", file));

        var refused = Assert.IsType<LoadResult.Refused>(SomeFiles.Loader.Load(files with { Folder = "/etc/newswatch" }));

        var report = Report.Of(refused.Problems) + Report.Verdict(refused.Problems, (SomeWatch.Default, DateTimeOffset.UnixEpoch)) + "\n";
        Snapshot.Approved(report, file.Split('/', '.')[0] + ".txt");
        Assert.DoesNotContain(SomeFiles.Canary, report, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_nothing_is_a_warning()
    {
        var loaded = Assert.IsType<LoadResult.Loaded>(SomeFiles.Load("""
            {
              "Publishers": { "bbc": { "Name": "BBC" } },
              "Sources": { "a": { "Url": "http://10.0.0.1/feed", "Publisher": "bcb" }, "f": { "Kind": "file", "Url": "nowhere" } },
              "Entities": { "putin": { "Name": "Putin" } },
              "Lists": { "truce": ["truce"] },
              "Rules": { "unheard": { "When": "truce" }, "heard": { "When": "deadline" } },
              "Channels": { "out": { "Type": "pickup", "Folder": "mail" } },
              "Subscribers": {
                "anna": { "Email": "anna@example.com", "Via": "out", "Rules": ["heard"] },
                "ben": { "Email": "ben@example.com", "Via": "out", "Rules": [] }
              },
              "Routes": {
                "To": ["anna"],
                "Children": [{ "If": "severity >= urgent" }, { "If": "severity = flash" }]
              }
            }
            """));

        Snapshot.Approved(Report.Of(loaded.Problems), "warnings.txt");
    }

    [Theory]
    [InlineData("mail.example.com", "none", true)]
    [InlineData("mail.example.com", "required", false)]
    [InlineData("127.0.0.1", "none", false)]
    [InlineData("localhost", "none", false)]
    public void A_password_goes_nowhere_without_tls_but_to_this_machine(string host, string tls, bool refused)
    {
        var result = SomeFiles.Load($$"""
            {
              "Sources": { "a": { "Url": "https://feeds.example.com/" } }, "Rules": { "r": { "When": "truce" } },
              "Channels": { "mail": {
                "Type": "email", "Host": "{{host}}", "Tls": "{{tls}}", "User": "newswatch", "Password": "file:/run/secrets/smtp", "From": "alerts@example.com" } },
              "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "mail" } }
            }
            """);

        Assert.Equal(refused, result.Problems.Any(problem => problem is { IsWarning: false, Path: "Channels.mail.Tls" }));
    }

    [Theory]
    [InlineData("http://news.example.com/u/", 2)]
    [InlineData("https://news.example.com/u/", 0)]
    [InlineData("http://127.0.0.1:8080/u/", 0)]
    public void An_address_that_strangers_are_sent_to_without_tls_is_warned_about(string url, int warnings)
    {
        var result = SomeFiles.Load($$"""
            {
              "Sources": { "a": { "Url": "https://feeds.example.com/" } }, "Rules": { "r": { "When": "truce" } },
              "Channels": { "mail": { "Type": "email", "Host": "mail.example.com", "From": "alerts@example.com", "UnsubscribeBase": "{{url}}" } },
              "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "mail" } }, "Operator": { "To": "ops@example.com", "Via": "mail", "PublicUrl": "{{url}}" }
            }
            """);

        Assert.Equal(warnings, Assert.IsType<LoadResult.Loaded>(result).Problems.Count(problem => problem.Message.StartsWith("is http:", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_private_source_that_says_so_is_no_odd_thing()
    {
        var result = SomeFiles.Load("""
            { "Sources": { "a": { "Url": "http://10.0.0.1/feed", "AllowPrivate": true }, "b": { "Url": "http://10.0.0.1/feed" } }, "Rules": { "r": { "When": "truce" } } }
            """);

        Assert.Equal(["Sources.b.Url"], result.Problems.Where(problem => problem.Message.Contains("not a public address", StringComparison.Ordinal)).Select(problem => problem.Path));
    }

    [Fact]
    public void The_rules_are_printed_back_with_all_their_parentheses()
    {
        var loaded = Assert.IsType<LoadResult.Loaded>(SomeFiles.Load("""
            {
              "Sources": { "a": { "Url": "https://feeds.example.com/" } },
              "Rules": { "r": { "Title": "Both", "When": "a OR b c NEAR/3 d", "Unless": "NOT e AND f", "Severity": "flash" } }
            }
            """));

        Snapshot.Approved(Report.Rules(loaded.Configuration) + Report.Summary(loaded.Configuration) + "\n", "rules.txt");
    }

    [Fact]
    public void A_place_inside_a_text_counts_its_escapes()
    {
        var refused = Assert.IsType<LoadResult.Refused>(SomeFiles.Loader.Load(SomeFiles.Of(
            "{ \"NewsWatch\": { \"Sources\": { \"a\": { \"Url\": \"https://feeds.example.com/\" } },\n\"Rules\": { \"r\": {\n\"When\": \"\\\"cease\\u002dfire\\\" AND @x\" } } } }")));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("Rules.r.When", 3, "\"When\": \"\\\"cease\\u002dfire\\\" AND ".Length + 1), (problem.Path, problem.Place.Line, problem.Place.Column));
    }

    [Fact]
    public void Whatever_text_stands_in_the_file_loading_it_ends_with_an_answer()
    {
        var whole = File.ReadAllText(Path.Combine(SomeFiles.Folder(), "Good", "whole.json"));

        for (var cut = 0; cut < whole.Length; cut += 7)
        {
            var missing = whole.Remove(cut, Math.Min(11, whole.Length - cut));
            Assert.IsAssignableFrom<LoadResult>(SomeFiles.Loader.Load(SomeFiles.Of(missing)));
            Assert.IsType<LoadResult.Refused>(SomeFiles.Loader.Load(SomeFiles.Of(whole[..cut])));
        }
    }
}
