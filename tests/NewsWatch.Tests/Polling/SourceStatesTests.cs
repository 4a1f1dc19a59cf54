using System.IO.Compression;
using System.Text;
using NewsWatch.Configuration;
using NewsWatch.Storage.Sources;
using NewsWatch.Storage.Views;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Polling;

/// <summary>Where each state of a source shows: in status, in the metrics, in the log, and once in a notice.</summary>
public sealed class SourceStatesTests : IAsyncLifetime
{
    private PollWorld _world = null!;

    private FeedServer Server => _world.Server;

    public async Task InitializeAsync()
    {
        _world = await PollWorld.StartAsync();
        Server.Answer("/ok", _ => Reply.Text(Rss.Of(Server.Requests.Count)));
        Server.Answer("/quiet", Reply.Text(Rss.Document("", [Rss.Item(1, published: _world.Now)])));
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    private Source Source(string id) => _world.Source(id, $"/{id}", $"{id}.example.com");

    private async Task PollForAsync(TimeSpan time)
    {
        for (var minute = 0; minute < time.TotalMinutes; minute++)
        {
            await _world.PollAfterAsync(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Each_state_is_told_with_its_beginning_and_its_reason_everywhere_and_once()
    {
        using var measured = new Measurements(_world.Meters);
        Server.Answer("/page", Reply.Text("<html><body>Log in</body></html>", ("Content-Type", "text/html")));
        Server.Answer("/gone", Reply.Of(410));
        _world.Configure(Source("ok"), Source("page"), Source("gone"), Source("quiet") with { ExpectEvery = TimeSpan.FromMinutes(30) });
        var begin = _world.Now;
        await _world.PollAsync();

        await PollForAsync(TimeSpan.FromHours(2));

        var status = _world.Database.Read(StatusStore.Read).Sources.ToDictionary(source => source.Id);
        Assert.Equal(("ok", begin, ""), Told(status["ok"]));
        Assert.Equal(("failing", begin, "the answer is an HTML page, not a feed"), Told(status["page"]));
        Assert.Equal(("gone", begin, "410: the publisher says it is gone for good"), Told(status["gone"]));
        Assert.Equal("nothing new since 2025-08-06 21:00 UTC; expected within 30 min", status["quiet"].Why);
        Assert.InRange(status["quiet"].Since - begin, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(37));
        Assert.Equal([1, 1, 1, 1], new[] { "ok", "failing", "stale", "gone" }.Select(state => measured[$"sources state={state}"]));
        Assert.Equal(1, measured["polls_total outcome=gone"]);
        Assert.True(measured["polls_total outcome=failed"] < measured["polls_total outcome=read"] && measured["polls_total outcome=unchanged"] > 10);
        Assert.Equal(["Source gone is gone", "Source page is failing", "Source quiet has gone quiet"], _world.Notices().Order(StringComparer.Ordinal));
        Assert.Equal(3, _world.Log.Lines.Count(line => line.StartsWith("Warning: Source ", StringComparison.Ordinal) && line.Contains(": Ok -> ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_change_of_state_is_one_notice_and_one_line_however_many_polls_it_lasts()
    {
        _world.Configure(Source("ok"));
        await _world.PollAsync();
        var served = Server.Requests.Count;
        foreach (var status in new[] { 404, 200, 404, 200 })
        {
            Server.Answer("/ok", _ => status == 200 ? Reply.Text(Rss.Of(++served)) : Reply.Of(status));
            await PollForAsync(TimeSpan.FromHours(4));
        }

        Assert.Equal(["Source ok is failing", "Source ok is well again", "Source ok is failing", "Source ok is well again"], _world.Notices());
        Assert.Equal(["Ok -> Failing", "Failing -> Ok", "Ok -> Failing", "Failing -> Ok"], _world.Log.Lines.Where(line => line.Contains(" -> ", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(": ")[2].Split(' ')[..3])));
    }

    [Fact]
    public async Task Two_bad_polls_in_a_row_are_no_notice_yet()
    {
        Server.Answer("/ok", request => Server.Requests.Count is 3 or 4 or 5 or 6 ? Reply.Of(503) : Reply.Text(Rss.Of(Server.Requests.Count)));
        _world.Configure(Source("ok"));
        await _world.PollAsync();
        await PollForAsync(TimeSpan.FromHours(1));

        Assert.Equal(SourceState.Ok, _world.Row("ok").State);
        Assert.Empty(_world.Notices());
    }

    /// <summary>What; its answer; the state's reason.</summary>
    public static TheoryData<string, string> BadInputs() => new()
    {
        { "html", "the answer is an HTML page, not a feed" },
        { "empty", "the answer is empty" },
        { "blank", "the answer is empty" },
        { "endless", "too large: more than 15 MiB" },
        { "garbage gzip", "the gzip body is broken or cut off" },
        { "half a gzip", "the gzip body is broken or cut off" },
        { "picture", "" },
        { "bomb", "too large: more than 15 MiB" },
        { "redirect to itself", "bad redirect: " },
        { "403", "the server answered 403 Forbidden" },
    };

    [Theory]
    [MemberData(nameof(BadInputs))]
    public async Task A_bad_answer_is_a_clear_state_that_forgets_nothing_and_other_sources_keep_their_pace(string what, string reason)
    {
        Server.Answer("/bad", Reply.Text(Rss.Of(3)));
        _world.Configure(Source("bad"), Source("ok"));
        await _world.PollAsync();
        Server.Answer("/bad", Bad(what));
        var before = Server.Requests.Count(request => request.Target == "/ok");

        await PollForAsync(TimeSpan.FromMinutes(60));

        var (bad, good) = (_world.Row("bad"), _world.Row("ok"));
        Assert.Equal(SourceState.Failing, bad.State);
        Assert.StartsWith(reason, bad.StateReason, StringComparison.Ordinal);
        Assert.InRange(bad.StateReason.Length, 10, 200);
        Assert.Equal((SourceState.Ok, 0), (good.State, good.Failures));
        Assert.InRange(Server.Requests.Count(request => request.Target == "/ok") - before, 10, 12);
        Assert.InRange(Server.Requests.Count(request => request.Target == "/bad"), 2, 40);

        Server.Answer("/bad", Reply.Text(Rss.Of(4)));
        await PollForAsync(TimeSpan.FromMinutes(80));
        Assert.Equal(SourceState.Ok, _world.Row("bad").State);
        Assert.Equal(1, _world.Database.Read(db => Stored.Count(db, "item", new { source = "bad", state = "new" })));
    }

    private static Reply Bad(string what) => what switch
    {
        "html" => Reply.Text("<!doctype html><html><body><p>We will be back soon.</p></body></html>", ("Content-Type", "text/html")),
        "empty" => Reply.Text(""),
        "blank" => Reply.Text("  \r\n\t "),
        "endless" => new Reply { Write = EndlessAsync },
        "garbage gzip" => new Reply { Body = Encoding.UTF8.GetBytes("this is no gzip at all"), Headers = Gzip },
        "half a gzip" => new Reply { Body = Packed(Encoding.UTF8.GetBytes(Rss.Of(50)))[..200], Headers = Gzip },
        "picture" => new Reply { Body = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], Headers = new Dictionary<string, string> { ["Content-Type"] = "image/png" } },
        "bomb" => new Reply { Body = Packed(new byte[40 * 1024 * 1024]), Headers = Gzip },
        "redirect to itself" => Reply.Redirect(302, "/bad"),
        _ => Reply.Of(403),
    };

    private static readonly Dictionary<string, string> Gzip = new() { ["Content-Encoding"] = "gzip" };

    private static byte[] Packed(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return result.ToArray();
    }

    private static async Task EndlessAsync(Stream body, CancellationToken cancellation)
    {
        var more = new byte[1024 * 1024];
        while (true)
        {
            await body.WriteAsync(more, cancellation);
        }
    }

    private static (string State, DateTimeOffset Since, string Why) Told(SourceStatus source) => (source.State, source.Since, source.Why);
}
