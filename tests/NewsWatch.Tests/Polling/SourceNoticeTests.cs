using NewsWatch.Configuration;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>What the operator is told of a source.</summary>
public sealed class SourceNoticeTests
{
    [Fact]
    public async Task Thirty_two_sources_that_fail_at_once_are_one_message_of_32_lines()
    {
        await using var world = await PollWorld.StartAsync();
        world.Configure([.. Enumerable.Range(1, 32).Select(number => world.Source($"s{number}", $"/s{number}", $"s{number}.example.com"))]);
        await world.PollAsync();

        Assert.Equal(32, world.Notices().Count);
        Assert.Single(world.Database.Read(db => Stored.Column<string>(db, "delivery", "bundle", new { kind = "notice" })).Distinct());
    }

    [Fact]
    public async Task A_notice_says_the_address_without_its_query_the_publisher_and_the_last_success()
    {
        await using var world = await PollWorld.StartAsync();
        world.Configure(world.Source("wire", "/feed?key=canary", "wire.example.com") with { Publisher = new Publisher("sample", "Sample Wire", false, false) });
        world.Server.Answer("/feed?key=canary", Reply.Text(Rss.Of(1)));
        await world.PollAsync();
        var success = world.Now;
        world.Server.Answer("/feed?key=canary", Reply.Of(404));
        await world.PollWhenDueAsync("wire");

        var text = Assert.Single(world.Database.Read(Stored.Notices)).Text;

        Assert.Matches($@"Publisher: Sample Wire\. Address: http://wire\.example\.com:\d+/feed\?\.\.\.\. Last success: {success:yyyy-MM-dd HH:mm} UTC\.$", text);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
    }
}
