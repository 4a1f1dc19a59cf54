using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Hosting.Terminal;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Cli;

public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData(false, null, "newswatch")]
    [InlineData(true, null, "json")]
    [InlineData(true, "newswatch", "newswatch")]
    [InlineData(false, "json", "json")]
    public void A_terminal_reads_lines_and_a_pipe_JSON_unless_a_setting_says_otherwise(bool redirected, string? setting, string formatter)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Logging:Console:FormatterName"] = setting }).Build();
        using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.AddConfiguration(settings.GetSection("Logging")).AddNewsWatchConsole(redirected))
            .BuildServiceProvider();

        Assert.Equal(formatter, services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.FormatterName);
        Assert.Contains(services.GetServices<ConsoleFormatter>(), known => known.Name == formatter);
    }

    [Fact]
    public void A_message_is_a_line_with_its_time_and_a_level_where_it_is_worth_a_look()
    {
        using var text = new StringWriter();
        var log = new TerminalLog(new FakeTimeProvider(DeliveryWorld.Start));

        Write(LogLevel.Information, "Source wire: 2 new or edited items");
        Write(LogLevel.Warning, "Source wire: no answer");
        Write(LogLevel.Error, "appsettings.json:3:1: first\nsecond\n");

        Assert.Equal("18:45:00 Source wire: 2 new or edited items\n18:45:00 warning Source wire: no answer\n18:45:00 error appsettings.json:3:1: first\n         second\n", text.ToString());

        void Write(LogLevel level, string message) =>
            log.Write(new LogEntry<string>(level, "NewsWatch.Polling.SourcePoller", default, message, null, (state, _) => state), null, text);
    }
}
