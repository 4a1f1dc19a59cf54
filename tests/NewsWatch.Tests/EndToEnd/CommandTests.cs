using System.Text.Json.Nodes;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>The commands as an operator or a script runs them: what they print, and their exit codes.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Check_prints_each_rule_as_it_was_understood()
    {
        await using var desk = await Newsroom.OpenAsync();

        var (exit, output) = await RunAsync(desk, "check");

        Assert.Equal(0, exit);
        Assert.Contains("when   cease-fire", output, StringComparison.Ordinal);
        Assert.Contains("The configuration is good: 2 sources, 1 rule", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ends_with_1_and_every_error()
    {
        await using var desk = await Newsroom.OpenAsync();
        await File.WriteAllTextAsync(desk.ConfigurationFile, desk.Configuration(when: "(").ToJsonString().Replace("\"mail\",\"Poll\"", "\"mial\",\"Poll\"", StringComparison.Ordinal));

        var (exit, output) = await RunAsync(desk, "check");

        Assert.Equal(1, exit);
        Assert.Contains("Rules.ceasefire.When", output, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"mail\"?", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_the_environment_variable_that_is_wrong()
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();

        await using var check = ServiceProcess.Start(desk.Folder, "check", environment: [("NEWS_DATABASE", "Host=db.example.com;Database=newswatch"), ("Storage__Connections", "1")]);

        Assert.Equal(1, await check.EndAsync(patience.Token));
        Assert.Contains(check.Output.Split('\n'), line => line.StartsWith("Storage__Connections ", StringComparison.Ordinal) && line.Contains(" Storage.Connections ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_proposes_the_spellings_that_an_entity_lacks()
    {
        await using var desk = await Newsroom.OpenAsync();
        var configuration = desk.Configuration(when: "@ukraine");
        configuration["NewsWatch"]!["Entities"] = JsonNode.Parse("""{ "ukraine": { "Name": "Ukraine", "Aliases": ["Ukraine", "Kyiv"] } }""");
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());

        var (exit, output) = await RunAsync(desk, "check --spellings");

        Assert.Equal(0, exit);
        Assert.Contains("@ukraine does not find Kiev. Add the ones in use to its Aliases.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_lists_the_forms_that_each_word_finds()
    {
        await using var desk = await Newsroom.OpenAsync();
        var configuration = desk.Configuration(when: "sanction~ AND @castor");
        configuration["NewsWatch"]!["Entities"] = JsonNode.Parse("""{ "castor": { "Name": "Ivo Castor", "Type": "person", "Aliases": ["Кастор"] } }""");
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());

        var brief = (await RunAsync(desk, "check")).Output;
        var whole = (await RunAsync(desk, "check --forms")).Output;

        Assert.Contains("finds  sanction~: sanction, sanctions, sanctioned, sanctioning; ", brief, StringComparison.Ordinal);
        Assert.DoesNotContain("касторе", brief, StringComparison.Ordinal);
        Assert.Contains("         English: sanction, sanctions, sanctioned, sanctioning\n", whole, StringComparison.Ordinal);
        Assert.Matches("Russian: [^\n]*касторе", whole);
    }

    [Theory]
    [InlineData("check nothing.json")]
    [InlineData("try nothing.html")]
    [InlineData("import nothing.opml")]
    public async Task A_file_that_is_not_there_is_named(string command)
    {
        await using var desk = await Newsroom.OpenAsync();

        var (exit, output) = await RunAsync(desk, command);

        Assert.Equal(1, exit);
        Assert.Contains("nothing.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_why_alerts_and_deliveries_tell_what_a_round_did()
    {
        await using var desk = await Newsroom.OpenAsync();
        desk.Show("/one", "A cease-fire begins");
        desk.Http.Answer("/two", Reply.Of(404));
        Assert.Equal(0, (await RunAsync(desk, "run --once")).Exit);

        var status = (await RunAsync(desk, "status")).Output;
        var alerts = (await RunAsync(desk, "alerts")).Output;
        var deliveries = (await RunAsync(desk, "deliveries")).Output;
        var why = (await RunAsync(desk, "why --article https://news.example.com/A%20cease-fire%20begins --subscriber anna")).Output;

        Assert.Contains("404", status, StringComparison.Ordinal);
        Assert.Contains("Deliveries: 2 sent.", status, StringComparison.Ordinal);
        Assert.Contains("A cease-fire begins", alerts, StringComparison.Ordinal);
        Assert.Contains("anna", deliveries, StringComparison.Ordinal);
        Assert.Contains("sent", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_what_an_edit_leaves_behind_and_move_gives_it_to_another()
    {
        await using var desk = await Newsroom.OpenAsync();
        var configuration = desk.Configuration();
        configuration["NewsWatch"]!["Channels"]!["mail"]!["Port"] = 9; // nobody listens there, so the mail waits
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());
        desk.Show("/one", "A cease-fire begins");
        await RunAsync(desk, "run --once");
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString().Replace("\"anna\":", "\"anne\":", StringComparison.Ordinal));

        var check = await RunAsync(desk, "check");
        var nobody = await RunAsync(desk, "deliveries --move anna nobody");
        var move = await RunAsync(desk, "deliveries --move anna anne");

        Assert.Contains("1 alert waits for anna over mail", check.Output, StringComparison.Ordinal);
        Assert.Equal((2, 0), (nobody.Exit, move.Exit));
        Assert.Equal(["anne"], desk.Ask("SELECT subscriber FROM delivery WHERE state = 'pending'"));
        Assert.DoesNotContain("waits for", (await RunAsync(desk, "check")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_is_exported_whole_and_after_an_erasure_nothing_names_the_person()
    {
        await using var desk = await Newsroom.OpenAsync();
        var configuration = desk.Configuration();
        configuration["NewsWatch"]!["Channels"]!["box"] = JsonNode.Parse("""{ "Type": "pickup", "Folder": "box" }""");
        configuration["NewsWatch"]!["Subscribers"]!["carla"] = JsonNode.Parse("""{ "Email": "carla+news@example.com", "Via": "box" }""");
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());
        desk.Show("/one", "A cease-fire begins");
        await RunAsync(desk, "run --once");
        Assert.Single(Directory.GetFiles(Path.Combine(desk.Folder, "box")));

        var export = await RunAsync(desk, "subscriber carla --export");
        var refused = await RunAsync(desk, "subscriber carla --erase");
        configuration["NewsWatch"]!["Subscribers"]!.AsObject().Remove("carla");
        await File.WriteAllTextAsync(desk.ConfigurationFile, configuration.ToJsonString());
        var erased = await RunAsync(desk, "subscriber carla --erase");
        var after = await RunAsync(desk, "subscriber carla --export");

        Assert.True((export.Exit, refused.Exit, erased.Exit, after.Exit) == (0, 1, 0, 0), erased.Output);
        Assert.Contains("carla+news@example.com", export.Output, StringComparison.Ordinal);
        Assert.Contains("A cease-fire begins", export.Output, StringComparison.Ordinal);
        Assert.Contains(".eml", export.Output, StringComparison.Ordinal);
        Assert.Contains("carla is erased: 1 deliveries lost the name, 1 mails were deleted.", erased.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("carla+news", after.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(desk.Folder, "box")));
        Assert.Equal(["0"], desk.Ask("SELECT count(*) FROM configuration WHERE files LIKE '%carla%news@%'"));
        Assert.Equal(["0"], desk.Ask("SELECT count(*) FROM delivery WHERE subscriber || key || bundle LIKE '%carla%'"));
        Assert.Equal(["0"], desk.Ask("SELECT count(*) FROM verdict WHERE subscriber || why LIKE '%carla%'"));
    }

    [Fact]
    public async Task Health_without_a_service_ends_with_1_and_says_so()
    {
        await using var desk = await Newsroom.OpenAsync();

        var (exit, output) = await RunAsync(desk, "health");

        Assert.Equal(1, exit);
        var report = JsonNode.Parse(output)!;
        Assert.False((bool)report["ready"]!);
        Assert.StartsWith("no reply from", (string)report["problems"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_says_when_it_replaces_an_earlier_copy()
    {
        await using var desk = await Newsroom.OpenAsync();
        Assert.Equal(0, (await RunAsync(desk, "run --once")).Exit);

        var first = await RunAsync(desk, "backup copy.db");
        var second = await RunAsync(desk, "backup copy.db");

        Assert.Equal((0, 0), (first.Exit, second.Exit));
        Assert.DoesNotContain("replaces", first.Output, StringComparison.Ordinal);
        Assert.Contains(" bytes. It replaces the earlier copy.", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discover_prints_a_sites_feeds_ready_to_paste()
    {
        await using var desk = await Newsroom.OpenAsync();
        desk.Show("/one", "A cease-fire begins");
        desk.Http.Answer("/", Reply.Text("<html><head><link rel='alternate' type='application/rss+xml' href='/one'></head><body>News</body></html>", ("Content-Type", "text/html")));

        var (exit, output) = await RunAsync(desk, $"discover http://127.0.0.1:{desk.Http.Port}/");

        Assert.True(exit == 0, output);
        Assert.Contains($"\"Url\": \"http://127.0.0.1:{desk.Http.Port}/one\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ends_with_1_where_a_list_names_no_feed()
    {
        await using var desk = await Newsroom.OpenAsync();
        var list = Path.Combine(Path.GetDirectoryName(desk.ConfigurationFile)!, "empty.opml");
        await File.WriteAllTextAsync(list, "<opml><body/></opml>");

        var (exit, output) = await RunAsync(desk, $"import {list}");

        Assert.Equal(1, exit);
        Assert.Contains("empty.opml: the list has no feeds", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_needs_no_configuration_and_prints_the_alert()
    {
        await using var desk = await Newsroom.OpenAsync();

        var (exit, output) = await RunAsync(desk, "demo");

        Assert.Equal(0, exit);
        Assert.Contains("Subject: [URGENT] ", output, StringComparison.Ordinal);
        Assert.Contains("WHY YOU GOT THIS", output, StringComparison.Ordinal);
        var mails = output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("file://", StringComparison.Ordinal)).Select(line => new Uri(line).LocalPath).ToList();
        Assert.Equal(2, mails.Count);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var mail in mails)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(mail));
            }
        }
    }

    [Fact]
    public async Task An_unknown_command_prints_the_usage()
    {
        await using var desk = await Newsroom.OpenAsync();

        var (exit, output) = await RunAsync(desk, "chek");

        Assert.Equal((2, "There is no command \"chek\". Did you mean \"check\"?\nSee: newswatch --help"), (exit, output.ReplaceLineEndings("\n").TrimEnd()));
    }

    [Theory]
    [InlineData("status --failed", 2, "There is no option \"--failed\". Did you mean \"--failing\"?")]
    [InlineData("alerts --since soon", 2, "\"soon\" is not a time. Write 2h, 3d, 2025-08-06 or 2025-08-06T12:00Z.")]
    [InlineData("alerts --rule cease-fire", 2, "There is no rule \"cease-fire\". Did you mean \"ceasefire\"?")]
    [InlineData("deliveries --state snet", 2, "There is no state \"snet\". Did you mean \"sent\"?")]
    [InlineData("deliveries --channel mial", 2, "There is no channel \"mial\". Did you mean \"mail\"?")]
    [InlineData("deliveries --subscriber ana", 2, "There is no subscriber \"ana\". Did you mean \"anna\"?")]
    [InlineData("why https://news.example.com/x --subscriber ana", 2, "There is no subscriber \"ana\". Did you mean \"anna\"?")]
    [InlineData("why https://news.example.com/x --subscriber anna", 1, "no source has shown it")]
    [InlineData("replay --channel mial --since 1h", 2, "There is no channel \"mial\". Did you mean \"mail\"?")]
    [InlineData("send-test ana", 2, "There is no subscriber \"ana\". Did you mean \"anna\"?")]
    [InlineData("import appsettings.json", 1, "is JSON, not a list of feeds")]
    [InlineData("status --config nothing.json", 78, "nothing.json does not exist. Name another with --config FILE")]
    [InlineData("try --text cease-fire", 0, "FIRES  ceasefire (urgent)")]
    [InlineData("try", 2, "What to try?")]
    [InlineData("route test severity=urgent", 0, "ceasefire  anna        mail     sent at once")]
    [InlineData("route test severity=flash", 1, "No rule meets all conditions.")]
    [InlineData("route test rule=cease", 2, "There is no rule")]
    [InlineData("version", 0, "NewsWatch 1.")]
    [InlineData("completion bash", 0, "complete -o default -F _newswatch newswatch")]
    [InlineData("completion fish", 2, "fish")]
    public async Task A_name_that_nothing_has_is_told_with_the_one_that_was_meant(string command, int exit, string text)
    {
        await using var desk = await Newsroom.OpenAsync();
        Assert.Equal(0, (await RunAsync(desk, "run --once")).Exit);

        var told = await RunAsync(desk, command);

        Assert.True(exit == told.Exit && told.Output.Contains(text, StringComparison.Ordinal), $"{told.Exit}: {told.Output}");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("alerts")]
    [InlineData("send-test anna")]
    [InlineData("try nothing.html")]
    public async Task Nothing_is_created_where_there_is_no_configuration(string command)
    {
        await using var desk = await Newsroom.OpenAsync();
        File.Delete(desk.ConfigurationFile);

        var (exit, output) = await RunAsync(desk, command);

        Assert.Equal(78, exit);
        Assert.Contains("does not exist. Name another with --config FILE", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(desk.Folder));
    }

    [Fact]
    public async Task Check_says_which_files_count_and_other_commands_only_count_the_warnings()
    {
        await using var desk = await Newsroom.OpenAsync();
        var overlays = Directory.CreateDirectory(Path.Combine(desk.Folder, "conf.d")).FullName;
        await File.WriteAllTextAsync(Path.Combine(overlays, "team.json"), """{ "Lists": { "unused": ["word"] } }""");
        await File.WriteAllTextAsync(Path.Combine(overlays, "team.json.bak"), "");
        Assert.Equal(0, (await RunAsync(desk, "run --once")).Exit);

        var check = (await RunAsync(desk, "check")).Output;
        var alerts = (await RunAsync(desk, "alerts")).Output;

        Assert.Contains("Read: appsettings.json, conf.d/team.json. Not read, because only *.json is: conf.d/team.json.bak.", check, StringComparison.Ordinal);
        Assert.Contains("no rule uses #unused", check, StringComparison.Ordinal);
        Assert.Contains("in the configuration: see `newswatch check`.", alerts, StringComparison.Ordinal);
        Assert.DoesNotContain("#unused", alerts, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(Newsroom desk, string command)
    {
        using var patience = new CancellationTokenSource(Newsroom.Patience);
        await using var process = desk.Start(command: command);
        var exit = await process.EndAsync(patience.Token);
        return (exit, process.Output);
    }
}
