using System.Text;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Hosts;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>RFC 9309, 2.3 and 2.4: what a missing, refused or unreachable robots.txt means, and how long one is remembered.</summary>
public sealed class RobotsPolicyTests : IDisposable
{
    private static readonly Uri Page = new("https://news.example.com/world/1");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2025, 8, 6, 21, 0, 0, TimeSpan.Zero));
    private readonly List<string> _asked = [];
    private readonly TestReaders _test = new();
    private readonly RobotsPolicy _gate;
    private FetchResult _answer = File("User-agent: *\nDisallow: /world/");

    public RobotsPolicyTests() => _gate = new(FetchAsync, _test.Readers, _clock);

    public void Dispose() => _test.Dispose();

    private Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation)
    {
        _asked.Add(request.Url);
        return Task.FromResult(_answer);
    }

    private static FetchResult.Fetched File(string text, TimeSpan? fresh = null) =>
        new(Encoding.UTF8.GetBytes(text), "text/plain", new Uri("https://news.example.com/robots.txt"), new HeaderFacts { FreshFor = fresh });

    private static FetchResult.Failed Failed(int? status, FailureKind why = FailureKind.Server, DateTimeOffset? retryAt = null) => new(why, $"the server answered {status}", status, retryAt);

    private async Task<string> AskAsync(string url = "https://news.example.com/world/1") => (await _gate.AskAsync(new Uri(url), CancellationToken.None)).GetType().Name;

    [Fact]
    public async Task A_file_is_asked_for_once_and_decides_by_path()
    {
        Assert.Equal("Refused", await AskAsync());
        Assert.Equal("Allowed", await AskAsync("https://news.example.com/sport/1"));
        Assert.Equal(["https://news.example.com/robots.txt"], _asked);
    }

    [Fact]
    public async Task Each_origin_has_a_file_of_its_own()
    {
        await AskAsync("https://news.example.com/a");
        await AskAsync("http://news.example.com/a");
        await AskAsync("https://news.example.com:8443/a");
        await AskAsync("https://www.example.com/a");

        Assert.Equal(4, _asked.Distinct().Count());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(451)]
    public async Task Without_a_file_everything_is_allowed(int status)
    {
        _answer = Failed(status, FailureKind.Refused);

        Assert.Equal("Allowed", await AskAsync());
    }

    [Fact]
    public async Task A_file_that_is_gone_is_no_file()
    {
        _answer = new FetchResult.Gone();

        Assert.Equal("Allowed", await AskAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(null)]
    public async Task While_it_cannot_be_had_nothing_is_allowed(int? status)
    {
        _answer = Failed(status);

        Assert.Equal("Unknown", await AskAsync());

        _answer = File("");
        Assert.Equal("Unknown", await AskAsync());
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Allowed", await AskAsync());
    }

    [Fact]
    public async Task Retry_After_is_kept()
    {
        var retryAt = _clock.GetUtcNow().AddHours(2);
        _answer = Failed(429, FailureKind.Throttled, retryAt);

        var first = await _gate.AskAsync(Page, CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(119));
        await AskAsync();

        Assert.Equal(retryAt, Assert.IsType<RobotsVerdict.Unknown>(first).RetryAt);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task What_was_read_goes_on_to_hold_while_the_host_cannot_be_reached()
    {
        await AskAsync();
        _clock.Advance(TimeSpan.FromHours(25));
        _answer = Failed(503);

        Assert.Equal(("Refused", "Allowed"), (await AskAsync(), await AskAsync("https://news.example.com/sport/1")));
        Assert.Equal(2, _asked.Count);
    }

    /// <summary>Hours that the answer is fresh; minutes after which it is not yet and then asked again.</summary>
    [Theory]
    [InlineData(null, 24 * 60)]
    [InlineData(72.0, 24 * 60)]
    [InlineData(2.0, 2 * 60)]
    [InlineData(0.01, 10)]
    public async Task It_is_remembered_as_long_as_it_is_fresh_but_no_longer_than_a_day(double? freshHours, int minutes)
    {
        _answer = File("", freshHours is { } hours ? TimeSpan.FromHours(hours) : null);
        await AskAsync();
        _clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        await AskAsync();
        Assert.Single(_asked);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await AskAsync();

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_hundred_hosts_with_the_longest_files_are_not_all_remembered()
    {
        var longest = File("User-agent: *\n" + string.Concat(Enumerable.Range(0, 5_000).Select(n => $"Disallow: /{n}/{new string('x', 80)}\n")));
        _answer = longest;

        for (var n = 0; n < 100; n++)
        {
            await AskAsync($"https://news{n}.example.com/world/1");
        }

        Assert.InRange(_gate.Remembered, 10, 25);
        Assert.Equal(100, _asked.Count);
        await AskAsync("https://news99.example.com/world/2");
        Assert.Equal(100, _asked.Count);
    }

    [Fact]
    public async Task The_file_itself_needs_no_leave()
    {
        _answer = Failed(503);

        Assert.Equal("Allowed", await AskAsync("https://news.example.com/robots.txt"));
        Assert.Empty(_asked);
    }
}
