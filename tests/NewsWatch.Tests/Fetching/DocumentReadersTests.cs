using System.Text;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;
using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Fetching;

/// <summary>How strangers' documents share memory, threads and processor time.</summary>
public sealed class DocumentReadersTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly TestReaders _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task A_document_that_uses_up_its_processor_time_is_stopped()
    {
        using var memory = _test.Readers.Open();
        var begun = new TaskCompletionSource();
        var page = _test.Readers.PageAsync<string>(new byte[10], memory, Endless(begun), CancellationToken.None);
        await begun.Task;

        _test.ProcessorTime = TimeSpan.FromMinutes(1);
        _test.Clock.Advance(Look);
        Assert.False(page.IsCompleted, "what the thread used before does not count");
        _test.ProcessorTime += TimeSpan.FromSeconds(2.1);
        _test.Clock.Advance(Look);

        Assert.Null(await page);
    }

    [Fact]
    public async Task A_document_that_only_waits_for_a_processor_is_not_too_complex()
    {
        using var memory = _test.Readers.Open();
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var page = _test.Readers.PageAsync(new byte[10], memory, stop => Held(begun, go, stop), CancellationToken.None);
        await begun.Task;

        _test.Clock.Advance(TimeSpan.FromMinutes(5));
        go.SetResult();

        Assert.Equal("read", await page);
    }

    [Fact]
    public async Task Usual_feeds_and_articles_are_read_while_pages_wait_for_their_turn()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var memory = _test.Readers.Open();
        using var other = _test.Readers.Open();
        var first = _test.Readers.PageAsync(new byte[10], memory, stop => Held(begun, go, stop), CancellationToken.None);
        var second = _test.Readers.PageAsync(new byte[10], other, _ => "second", CancellationToken.None);
        await begun.Task;

        Assert.Equal("feed", await _test.Readers.FeedAsync(50_000, memory, _ => "feed", CancellationToken.None));
        Assert.Equal("article", await _test.Readers.ArticleAsync(5_000, memory, _ => "article", CancellationToken.None));
        Assert.False(second.IsCompleted, "of two processors one is for pages");
        go.SetResult();

        Assert.Equal(("read", "second"), (await first, await second));
    }

    [Fact]
    public async Task What_is_read_is_counted_until_the_job_ends()
    {
        var page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>text</p>", 10_000)));
        var atWork = 0L;
        using (var memory = _test.Readers.Open())
        {
            await _test.Readers.PageAsync(
                page,
                memory,
                _ =>
                {
                    atWork = _test.Memory.Read.Used;
                    return "";
                },
                CancellationToken.None);

            Assert.True(atWork > 20_000 * 1_000, $"{atWork} bytes for 20,000 tags");
            Assert.Equal(2 * page.Length, _test.Memory.Read.Used);
        }

        Assert.Equal(0, _test.Memory.Read.Used);
    }

    [Fact]
    public async Task A_failure_reaches_the_caller_and_leaves_the_thread_at_work()
    {
        using var memory = _test.Readers.Open();

        await Assert.ThrowsAsync<FormatException>(() => _test.Readers.PageAsync<string>(new byte[10], memory, _ => throw new FormatException(), CancellationToken.None));

        Assert.Equal("next", await _test.Readers.PageAsync(new byte[10], memory, _ => "next", CancellationToken.None));
    }

    [Fact]
    public async Task A_thread_without_work_holds_neither_its_last_document_nor_the_result()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var memory = _test.Readers.Open();
        var (document, result) = await ReadAsync(memory);

        while (document.IsAlive || result.IsAlive)
        {
            patience.Token.ThrowIfCancellationRequested();
            GC.Collect();
            await Task.Yield(); // until the thread has come back from its work
        }
    }

    [Fact]
    public async Task A_caller_that_stops_gets_its_document_back_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var memory = _test.Readers.Open();
        var begun = new TaskCompletionSource();
        var page = _test.Readers.PageAsync<string>(new byte[10], memory, Endless(begun), stop.Token);
        await begun.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => page);
    }

    [Fact]
    public void A_thread_that_waits_uses_no_processor_time()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // elsewhere all time that passes is counted
        }

        using var go = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        Func<TimeSpan> waiting = null!;
        var thread = new Thread(() =>
        {
            waiting = ThreadTime.OfThisThread();
            begun.Set();
            go.Wait();
        });
        thread.Start();
        begun.Wait();
        var (own, before) = (ThreadTime.OfThisThread(), waiting());

        var start = own();
        while (own() - start < TimeSpan.FromMilliseconds(200))
        {
            Thread.SpinWait(1_000);
        }

        Assert.True(waiting() - before < TimeSpan.FromMilliseconds(100));
        go.Set();
        thread.Join();
    }

    private static Func<CancellationToken, string> Endless(TaskCompletionSource begun) => stop =>
    {
        begun.SetResult();
        stop.WaitHandle.WaitOne();
        stop.ThrowIfCancellationRequested();
        return "";
    };

    private static string Held(TaskCompletionSource begun, TaskCompletionSource go, CancellationToken stop)
    {
        begun.SetResult();
        go.Task.Wait(stop);
        return "read";
    }

    private async Task<(WeakReference Document, WeakReference Result)> ReadAsync(Holding memory)
    {
        var body = new byte[1_000_000];
        var result = await _test.Readers.PageAsync(body, memory, _ => new StringBuilder($"{body.Length}"), CancellationToken.None);
        return (new(body), new(result));
    }
}
