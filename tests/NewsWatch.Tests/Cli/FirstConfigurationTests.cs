using System.Text.Json.Nodes;
using NewsWatch.Cli.Output;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

public sealed class FirstConfigurationTests
{
    [Theory]
    [InlineData("init-folder.txt", "", new[] { "sanctions", "export ban" })]
    [InlineData("init-server.txt", "smtp.example.com", new[] { "cease-fire" })]
    public void Three_answers_make_thirty_lines(string snapshot, string server, string[] topics)
    {
        var text = FirstConfiguration.Text("anna@example.com", server, topics, "Europe/Berlin");

        Snapshot.Approved(text, snapshot);
        Assert.InRange(text.Split('\n').Length, 25, 34);
    }

    [Theory]
    [InlineData("", "truce")]
    [InlineData("smtp.example.com:465", "truce", "truce", "TRUCE")]
    [InlineData("smtp.example.com", "制裁", "cease-fire", "a \"quoted\" word", "C++", "25%", "\\ back", "-")]
    public void What_is_written_is_a_good_configuration_whatever_the_topics_hold(string server, params string[] topics)
    {
        var text = FirstConfiguration.Text("anna@example.com", server, [.. topics.Where(topic => topic != "-")], "Local");

        var loaded = Assert.IsType<LoadResult.Loaded>(ConfigurationLoader.OfProcess.Load(new ConfigurationFiles("/etc/newswatch", [new("appsettings.json", text)])));
        Assert.Equal(topics.Count(topic => topic != "-"), loaded.Configuration.Rules.Count);
        Assert.Equal("UTC", loaded.Configuration.Defaults.TimeZone.Id);
        Assert.Equal("anna@example.com", Assert.Single(loaded.Configuration.Subscribers.Values).Email);
        Assert.NotNull(JsonNode.Parse(text, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true }));
    }
}
