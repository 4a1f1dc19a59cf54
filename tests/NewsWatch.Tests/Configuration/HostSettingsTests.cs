using Microsoft.Extensions.Configuration;
using NewsWatch.Hosting;

namespace NewsWatch.Tests.Configuration;

/// <summary>The host's settings: what stands in the configuration file beside the watch.</summary>
public sealed class HostSettingsTests : IDisposable
{
    private const string Usual = "data/newswatch.db";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Sections_beside_the_watch_are_read_and_the_watch_is_not_kept()
    {
        var settings = Read("""
            // The host.
            { "Storage": { "Path": "kept.db" }, "NewsWatch": { "Sources": { "a": { "Url": "https://feeds.example.com/" } } },
              "Logging": { "LogLevel": { "Default": "Debug" } }, /* live */ "Kestrel": { "Endpoints": { "Public": { "Url": "http://127.0.0.1:0" } } }, }
            """);

        Assert.Equal(("kept.db", "Debug", "http://127.0.0.1:0"), (settings["Storage:Path"], settings["Logging:LogLevel:Default"], settings["Kestrel:Endpoints:Public:Url"]));
        Assert.Equal("http://127.0.0.1:8081", settings["Kestrel:Endpoints:Operator:Url"]);
        Assert.DoesNotContain(settings.AsEnumerable(), setting => setting.Key.StartsWith("NewsWatch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_in_the_watch_alone_leaves_the_settings_as_they_are() =>
        Assert.Equal("kept.db", Read("""{ "Storage": { "Path": "kept.db" }, "NewsWatch": { "Rules": { "r": {}, "r": {} } } }""")["Storage:Path"]);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"Storage\": { \"Path\": \"kept.db\"")]
    [InlineData("{ \"Storage\": { \"Path\": \"one.db\", \"Path\": \"two.db\" } }")]
    public void A_file_that_is_no_settings_gives_the_defaults(string text) => Assert.Equal(Usual, Read(text)["Storage:Path"]);

    [Fact]
    public void A_byte_order_mark_is_no_mistake()
    {
        File.WriteAllText(_file, """{ "Storage": { "Path": "kept.db" } }""", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("kept.db", HostSettings.Read(_file)["Storage:Path"]);
    }

    private IConfigurationRoot Read(string text)
    {
        File.WriteAllText(_file, text);
        return HostSettings.Read(_file);
    }
}
