using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Configuration;

/// <summary>Mistakes that people make when they edit the configuration by hand, and what they are told.</summary>
public sealed class MistakeTests
{
    private const string Watch = """
        "Sources": { "a": { "Url": "https://feeds.example.com/", "Publisher": "paper" } },
        "Channels": { "out": { "Type": "pickup", "Folder": "mail" } },
        "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out" } },
        "Operator": { "To": ["ops@example.com"], "Via": "out" },
        """;

    [Fact]
    public void A_slip_in_the_json_is_shown_in_its_line_with_what_to_write() => Snapshot.Approved(
        string.Concat(new[]
        {
            "{\n  \"Version\": 1\n  \"Sources\": {}\n}",
            "{\n  \"A\": {\n    \"B\": { \"C\": 1,\n    \"D\": { }\n  }\n}",
            "{\n  \"A\": [1, 2}\n}",
            "{ \"A\": 1 } }",
            "{ \"A\": 1,, \"B\": 2 }",
            "{ \"A\": , \"B\": 2 }",
            "{ \"A\" 1 }",
            "{ \"A\", \"B\": 2 }",
            "{ \"A\" = 1 }",
            "{ \"A\": 1; \"B\": 2 }",
            "{ A: 1 }",
            "{ \"A\": yes }",
            "{ \"A\": True }",
            "{ \"A\": 10s }",
            "{ 'A': 1 }",
            "{ “A”: 1 }",
            "{ \"A\": \"the end” }",
            "{ \"A\": \"no end }",
            "{ \"A\": \"said \"no\" to it\" }",
            "{ \"A\": [\"one\" \"two\"] }",
            "{ \"A\": \"one\" \"B\": 2 }",
            "{ \"A\": \"C:\\news\\data\" }",
            "{ \"A\": \"a\tb\" }",
            "{ # why\n \"A\": 1 }",
            "{ /* why \"A\": 1 }",
            "{ \"A\": \"\\ud800\" }",
            "no: yaml",
        }.Select(text => $"{text.Replace("\t", "(tab)", StringComparison.Ordinal)}\n=> {Report.Of(SomeFiles.Loader.Load(SomeFiles.Of(text)).Problems)}\n")),
        "json-mistakes.txt");

    [Fact]
    public void A_rule_or_route_that_names_what_nothing_has_is_told() => Snapshot.Approved(
        Told($$"""
            {
              {{Watch}}
              "Rules": {
                "r": { "When": "truce AND (source:nosuch OR source:b OR publisher:papr OR lang:english OR lang:de)", "Labels": { "desk": "risk" } },
                "host": { "When": "truce AND source:news.example.com" }
              },
              "Routes": { "Children": [
                { "If": "rule = rr" }, { "If": "source = news.example.com" }, { "If": "publisher != papers" }, { "If": "lang = klingon-language" },
                { "If": "label.desk = rsk" }, { "If": "label.dsk = risk" }, { "If": "severity <= urgent AND label.desk = risk" }
              ] }
            }
            """),
        "references.txt");

    [Theory]
    [InlineData("truce AND NOT truce", "", true)]
    [InlineData("truce", "truce", true)]
    [InlineData("truce AND NOT war", "deadline", false)]
    public void A_rule_that_cannot_fire_its_own_examples_is_refused(string when, string unless, bool refused)
    {
        var rule = $$"""{ "When": "{{when}}", {{(unless.Length > 0 ? $"\"Unless\": \"{unless}\"," : "")}} "Examples": { "Fires": "a truce" } }""";

        var result = SomeFiles.Load($$"""{ {{Watch}} "Rules": { "r": {{rule}} } }""");

        Assert.Equal(refused, result is LoadResult.Refused);
        Assert.Equal(refused, result.Problems.Any(problem => problem.Message.Contains("can never match", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_looks_right_but_says_something_twice_is_a_warning() => Snapshot.Approved(
        Told("""
            {
              "Sources": { "a": { "Url": "https://feeds.example.com/" }, "b": { "Url": "https://feeds.example.com/" }, "c": { "Url": "https://feeds.example.com/", "Kind": "sitemap" } },
              "Entities": { "castor": { "Name": "Ivo Castor", "Aliases": ["Castor"] }, "star": { "Name": "Castor" } },
              "Rules": { "r": { "When": "@castor OR @star" } }
            }
            """),
        "twice.txt");

    [Fact]
    public void The_hosts_sections_are_checked_like_the_rest() => Snapshot.Approved(
        Report.Of(SomeFiles.Loader.Load(SomeFiles.Of($$"""
            {
              "Storag": { "Path": "x.db" },
              "Storage": { "Paht": "x.db", "KeepStories": "three months", "KeepDeliveries": "400d", "KeepBackups": 0 },
              "Logging": { "LogLevel": { "Default": "Infomation", "Quartz": 3 } },
              "Kestrel": { "Endpoints": { "Public": { "Url": "127.0.0.1:8080" }, "Operator": { "Url": "http://127.0.0.1:99999" }, "Third": "http://127.0.0.1:1" } },
              "Web": { "Token": "env:TOKEN" },
              "Web": {},
              "NewsWatch": { {{Watch}} "Storage": { "Path": "x.db" }, "Rules": { "r": { "When": "truce" } } }
            }
            """)).Problems),
        "host.txt");

    [Theory]
    [InlineData("\"Connection\": \"Host=db.example.com;Password=canary\"", "Storage.Connection", "literal secrets are refused")]
    [InlineData("\"Connection\": \"env:NEWS_DATABASE\", \"Path\": \"data/newswatch.db\"", "Storage.Path", "Name one")]
    [InlineData("\"Direct\": \"Host=db.example.com;Password=canary\"", "Storage.Direct", "literal secrets are refused")]
    [InlineData("\"Connection\": \"env:NEWS_DATABASE\", \"Connections\": 101", "Storage.Connections", "2 to 100")]
    [InlineData("\"Connection\": \"env:NEWS_DATABASE\", \"Migrate\": \"no\"", "Storage.Migrate", "true or false")]
    [InlineData("\"Connection\": \"file:/run/secrets/database\", \"BackupFolder\": \"backups\"", "Storage.BackupFolder", "backed up by its own means")]
    public void A_server_instead_of_a_file_is_a_secret_and_stands_alone(string storage, string path, string words)
    {
        var problem = Assert.Single(SomeFiles.Loader.Load(SomeFiles.Of($$"""{ "Storage": { {{storage}} }, "NewsWatch": { {{Watch}} "Rules": { "r": { "When": "truce" } } } }""")).Problems, problem => problem.Path.StartsWith("Storage", StringComparison.Ordinal));

        Assert.Equal(path, problem.Path);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SomeFiles.Canary, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, "5m", null)]
    [InlineData(330, "5m", "carries 330 sources that ask for 1.1 requests a second together, and a host gets one: each is polled 1.1 times more rarely")]
    [InlineData(330, "auto", null)]
    public void A_host_that_is_asked_for_more_than_it_gets_is_told_once(int count, string poll, string? words)
    {
        var sources = string.Join(",", Enumerable.Range(0, count).Select(number => $"\"s{number}\": {{ \"Url\": \"https://many.example.com/{number}\", \"Poll\": \"{poll}\" }}"));

        var problems = SomeFiles.Loader.Load(SomeFiles.Of($$"""{ "NewsWatch": { {{Watch.Replace("\"Sources\": { ", $"\"Sources\": {{ {sources}, ", StringComparison.Ordinal)}} "Rules": { "r": { "When": "truce" } } } }""")).Problems;

        Assert.Equal(words is null ? 0 : 1, problems.Count);
        Assert.Contains(words ?? "", problems.Select(problem => problem.Message).FirstOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_whose_name_is_nearly_right_is_proposed()
    {
        var problem = Assert.Single(SomeFiles.Loader.Load(SomeFiles.Of("""{ "Newswatch": {} }""")).Problems);

        Assert.Equal("unknown key. Did you mean \"NewsWatch\"?", problem.Message);
    }

    [Fact]
    public void An_entry_belongs_to_one_file_unless_another_says_that_it_extends_it()
    {
        var main = new ConfigurationFile("appsettings.json", $$"""{ "NewsWatch": { {{Watch}} "Rules": { "r": { "When": "truce" } } } }""");

        Assert.Equal(
            "conf.d/b.json:1:14  Rules.r  is already in appsettings.json:4:69. Keep one, or write \"Extends\": true here to change that one.\n",
            Report.Of(Load("""{ "Rules": { "r": { "Severity": "flash" } } }""").Problems));
        Assert.Contains("extends nothing", Report.Of(Load("""{ "Rules": { "q": { "When": "war", "Extends": true } } }""").Problems), StringComparison.Ordinal);
        Assert.IsType<LoadResult.Loaded>(Load("""{ "Rules": { "r": { "When": "truce" } } }"""));
        var extended = Assert.IsType<LoadResult.Loaded>(Load("""{ "Rules": { "r": { "Extends": true, "Severity": "flash" } } }"""));
        Assert.Equal(Core.Alerts.Severity.Flash, extended.Configuration.Rules["r"].Severity);

        LoadResult Load(string overlay) => SomeFiles.Loader.Load(new("/etc/newswatch", [main, new("conf.d/b.json", overlay)]));
    }

    private static string Told(string watch) => Report.Of(SomeFiles.Load(watch).Problems);
}
