using NewsWatch.Configuration.Binding;
using System.Net;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Core.Alerts;
using NewsWatch.Core.Text;

namespace NewsWatch.Tests.Configuration;

public sealed class LoadTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SomeFiles.Folder(), "../../.."));

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("deploy/demo/appsettings.json")]
    public void The_shipped_configurations_have_no_error_and_no_warning(string file)
    {
        var loaded = ConfigurationLoader.OfProcess.Load(ConfigurationFiles.Read(Path.Combine(Root, file)));

        Assert.Equal("", Report.Of(loaded.Problems));
        Assert.IsType<LoadResult.Loaded>(loaded);
    }

    [Fact]
    public void The_language_of_an_entity_and_of_a_list_can_be_said()
    {
        var vocabulary = Assert.IsType<LoadResult.Loaded>(SomeFiles.Load("""
            {
              "Entities": { "castor": { "Name": "Castor", "Type": "person", "Lang": "pl" }, "pollux": { "Name": "Pollux" } },
              "Lists": { "mines": { "Lang": "es", "Terms": ["mina~"] }, "truce": ["truce"] },
              "Sources": { "a": { "Url": "https://example.com/feed" } },
              "Rules": { "all": { "When": "@castor OR @pollux OR #mines OR #truce" } },
              "Channels": { "out": { "Type": "pickup", "Folder": "mail" } },
              "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out", "Rules": ["all"] } }
            }
            """)).Configuration.Vocabulary;

        Assert.Equal((Languages.Polish, Languages.All), (vocabulary.Entities["castor"].Languages, vocabulary.Entities["pollux"].Languages));
        Assert.Equal((Languages.Spanish, Languages.All), (vocabulary.Lists["mines"].Languages, vocabulary.Lists["truce"].Languages));
    }

    [Fact]
    public void A_rule_without_a_title_is_called_by_its_id_in_words()
    {
        var rules = Assert.IsType<LoadResult.Loaded>(SomeFiles.Load("""
            {
              "Sources": { "a": { "Url": "https://example.com/feed" } },
              "Rules": { "norland-cease-fire": { "When": "truce" }, "own": { "Title": "in my-words", "When": "treaty" } },
              "Channels": { "out": { "Type": "pickup", "Folder": "mail" } },
              "Subscribers": { "anna": { "Email": "anna@example.com", "Via": "out" } }
            }
            """)).Configuration.Rules;

        Assert.Equal(("Norland cease fire", "in my-words"), (rules["norland-cease-fire"].Title, rules["own"].Title));
    }

    [Fact]
    public void A_language_whose_words_are_not_known_is_refused()
    {
        var refused = Assert.IsType<LoadResult.Refused>(SomeFiles.Load("""{ "Lists": { "mines": { "Lang": "el", "Terms": ["mina"] } } }"""));

        Assert.Contains(refused.Problems, problem => problem.Message.StartsWith("\"el\" is not a language with known inflections. Use en, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_arrives_where_it_belongs()
    {
        var watch = Whole();

        var source = watch.Sources["wsj-world"];
        Assert.Equal((SourceKind.Page, FullText.Always, PageWatch.Text, "en-GB", false), (source.Kind, source.FullText, source.Watch, source.Language, source.AutoPoll));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromHours(1), TimeSpan.FromHours(1)), (source.Poll, source.ExpectEvery, source.MaxAge));
        Assert.Equal(("Dow Jones", true), (source.Publisher!.Name, source.Publisher.Wire));
        Assert.Equal("Bearer canary", source.Headers["authorization"]);
        Assert.Equal(["aside", ".advert"], source.Remove);
        Assert.Equal(["Updated \\d+ minutes ago"], source.Ignore);
        Assert.Equal(["from", "px_*"], source.TrackingParameters);
        var loopback = watch.Sources["loopback"];
        Assert.Equal((true, FirstRunKind.AlertLast, 5, TimeSpan.FromDays(2)), (loopback.AutoPoll, loopback.FirstRun.Kind, loopback.FirstRun.Last, loopback.MaxAge));
        Assert.Equal(Severity.Flash, watch.Rules["ceasefire"].Severity);
        Assert.Equal("risk", watch.Rules["ceasefire"].Labels["desk"]);
    }

    [Fact]
    public void A_cap_of_none_lets_every_message_through()
    {
        var cap = Values.Cap("none");

        Assert.True(cap is { Error: null, Value.IsNone: true });
    }

    [Fact]
    public void Secrets_are_read_without_their_line_end()
    {
        var watch = Whole();

        var mail = Assert.IsType<Channel.Email>(watch.Channels["mail"]);
        Assert.Equal(("newswatch", "smtp-canary", "-----BEGIN PRIVATE KEY-----dkim-canary"), (mail.User, mail.Password, mail.Dkim!.PrivateKeyPem));
        Assert.Equal(SomeFiles.Certificate.TrimEnd('\n'), mail.TrustedCertificate);
        var hook = Assert.IsType<Channel.Webhook>(watch.Channels["hook"]);
        Assert.Equal(["hook-secret-canary-0123456789", "old-hook-secret-canary-0123456789"], hook.Secrets);
    }

    [Fact]
    public void Subscribers_routes_and_the_operator_are_read()
    {
        var watch = Whole();

        var anna = watch.Subscribers["anna"];
        Assert.Equal(("Europe/Berlin", new Cap(3, TimeSpan.FromHours(1)), Severity.Urgent), (anna.TimeZone.Id, anna.Cap, anna.QuietHours!.BreakThrough));
        Assert.Null(anna.Rules);
        Assert.Equal("hook", watch.Subscribers["fx-room"].Channel);
        Assert.Equal([new TimeOnly(7, 0), new TimeOnly(17, 0)], watch.Routes!.Children[1].Digest);
        Assert.True(watch.Routes.Children[0].Continue);
        Assert.Equal("outbox", watch.Operator.Via);
        Assert.Equal([IPNetwork.Parse("127.0.0.0/8")], watch.Operator.AllowPrivate);
    }

    [Fact]
    public void The_operators_own_entries_win_over_a_shipped_catalogue()
    {
        var entities = Whole().Vocabulary.Entities;

        Assert.Equal(("Vladimir Putin", "Shipped"), (entities["putin"].Name, entities["shipped"].Name));
    }

    [Fact]
    public void An_overlay_adds_to_a_rule_and_may_repeat_what_is_the_same()
    {
        var files = SomeFiles.Of("""{ "NewsWatch": { "Sources": { "a": { "Url": "https://feeds.example.com/" } }, "Rules": { "r": { "When": "truce" } } } }""");
        files = files with { Files = [.. files.Files, new("conf.d/a.json", """{ "Rules": { "r": { "Extends": true, "When": "truce", "Severity": "flash" }, "s": { "When": "war" } } }""")] };

        var loaded = Assert.IsType<LoadResult.Loaded>(SomeFiles.Loader.Load(files));

        Assert.Equal(["r", "s"], loaded.Configuration.Rules.Keys.Order());
        Assert.Equal(Severity.Flash, loaded.Configuration.Rules["r"].Severity);
    }

    [Fact]
    public void Nothing_to_do_is_accepted_when_it_is_meant() =>
        Assert.IsType<LoadResult.Loaded>(SomeFiles.Load("""{ "Empty": true }"""));

    [Fact]
    public void The_version_is_that_of_the_files_texts()
    {
        Assert.Equal(Whole().Version, Whole().Version);
        Assert.NotEqual(Whole().Version, Whole("\n").Version);
        Assert.Matches("^[0-9a-f]{12}$", Whole().Version);
    }

    [Theory]
    [InlineData("""{ "To": ["room"], "Via": "out" }""", "Routes.Via")]
    [InlineData("""{ "Via": "out" }""", "Routes.Via")]
    [InlineData("""{ "To": ["anna"], "Via": "out", "Children": [{ "If": "severity = flash", "To": ["room", "anna"] }] }""", "Routes.Children[0].To")]
    [InlineData("""{ "To": ["room"], "Children": [{ "If": "severity = flash", "Via": "out" }] }""", "Routes.Children[0].Via")]
    public void A_route_that_mails_to_somebody_without_an_address_is_refused(string routes, string path)
    {
        var result = SomeFiles.Load(WithRoom(routes));

        var problem = Assert.Single(result.Problems, problem => !problem.IsWarning);
        Assert.Equal((path, "channel \"out\" sends mail, and subscriber \"room\" has no Email."), (problem.Path, problem.Message));
    }

    [Theory]
    [InlineData("""{ "To": ["anna"], "Via": "out" }""")]
    [InlineData("""{ "To": ["room", "anna"] }""")]
    [InlineData("""{ "Via": "hook" }""")]
    public void A_route_over_ways_that_its_subscribers_have_is_taken(string routes) =>
        Assert.DoesNotContain(SomeFiles.Load(WithRoom(routes)).Problems, problem => !problem.IsWarning);

    [Theory]
    [InlineData("""{ "To": ["ops@example.com"], "Via": "out" }""", "ops@example.com", false)]
    [InlineData("""{ "Via": "hook" }""", "operator", false)]
    [InlineData("""{ "Via": "out" }""", "", true)]
    public void Somebody_hears_of_trouble_or_it_is_warned(string op, string to, bool warned)
    {
        var watch = WithRoom("""{ "Via": "hook" }""").TrimEnd()[..^1] + $$""", "Operator": {{op}} }""";

        var loaded = Assert.IsType<LoadResult.Loaded>(SomeFiles.Load(watch));

        Assert.Equal(to, string.Join(' ', loaded.Configuration.Operator.To));
        Assert.Equal(warned, loaded.Problems.Any(problem => problem.Path == "Operator.To"));
    }

    private static string WithRoom(string routes) =>
        $$"""
        {
          "Sources": { "a": { "Url": "https://feeds.example.com/" } }, "Rules": { "r": { "When": "truce" } },
          "Channels": { "out": { "Type": "pickup", "Folder": "mail" }, "hook": { "Type": "webhook", "Url": "https://hooks.example.com/", "Secret": "env:HOOK_SECRET" } },
          "Subscribers": { "anna": { "Via": "out", "Email": "anna@example.com" }, "room": { "Via": "hook" } },
          "Routes": {{routes}}
        }
        """;

    internal static WatchConfiguration Whole(string more = "")
    {
        var whole = File.ReadAllText(Path.Combine(SomeFiles.Folder(), "Good", "whole.json")).Replace("env:DESK_HOOK_URL", "https://hooks.example.com/", StringComparison.Ordinal);
        var result = SomeFiles.Loader.Load(SomeFiles.Of(whole + more));
        Assert.Equal(["Operator.AllowPrivate"], result.Problems.Select(problem => problem.Path)); // which is legal, and wide
        return Assert.IsType<LoadResult.Loaded>(result).Configuration;
    }
}
