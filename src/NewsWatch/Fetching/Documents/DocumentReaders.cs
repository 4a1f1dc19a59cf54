using System.Diagnostics.Metrics;

namespace NewsWatch.Fetching.Documents;

/// <summary>
/// Reads untrusted documents: within the memory budget, on a few threads of its own, and for up to 2 s of processor time each. Whatever they contain, polls,
/// sends and health keep the thread pool. Usual feeds have their own threads, apart from large or slow documents.
/// </summary>
public sealed class DocumentReaders : IDisposable
{
    /// <summary>For the operator, and for <c>why</c>.</summary>
    internal const string TooComplex = "too complex: reading it takes more than 2 s of computing";

    private const int UsualSize = 512 * 1024;
    private static readonly TimeSpan ProcessorTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly MemoryBudget _memory;
    private readonly Counter<long> _tooComplex;
    private readonly ReaderLane _usual;
    private readonly ReaderLane _large;
    private readonly ReaderLane _articles;
    private readonly ITimer _looks;

    public DocumentReaders(MemoryBudget memory, IMeterFactory meters)
        // The machine's own clock, because processor time passes whatever clock the service uses.
        : this(memory, meters, TimeProvider.System, ThreadTime.OfThisThread, Environment.ProcessorCount)
    {
    }

    internal DocumentReaders(MemoryBudget memory, IMeterFactory meters, TimeProvider clock, Func<Func<TimeSpan>> time, int processors)
    {
        _memory = memory;
        _tooComplex = meters.Create("newswatch").CreateCounter<long>("documents_too_complex_total", description: "Documents abandoned for their processor time, by kind.");
        _usual = new ReaderLane("feeds", Math.Max(2, processors), time);
        _large = new ReaderLane("pages", Math.Max(1, processors - 1), time);
        _articles = new ReaderLane("articles", Math.Max(1, processors - 1), time);
        _looks = clock.CreateTimer(_ => Look(), null, BetweenLooks, BetweenLooks);
    }

    /// <summary>Opens the memory account of one poll, page or article; the caller disposes it when the result is stored.</summary>
    internal Holding Open() => _memory.Open();

    /// <summary>Reads a feed, a sitemap or a robots.txt.</summary>
    /// <returns>Null when it is <see cref="TooComplex"/>.</returns>
    internal Task<T?> FeedAsync<T>(int bytes, Holding memory, Func<CancellationToken, T> read, CancellationToken cancellationToken)
        where T : class =>
        bytes <= UsualSize
            ? ReadAsync("feed", _usual, DocumentWeight.OfResult(bytes), bytes, memory, read, cancellationToken)
            : ReadAsync("feed", _large, DocumentWeight.OfFeed(bytes), bytes, memory, read, cancellationToken);

    /// <summary>Reads a page.</summary>
    /// <returns>Null when it is <see cref="TooComplex"/>.</returns>
    internal Task<T?> PageAsync<T>(ReadOnlyMemory<byte> body, Holding memory, Func<CancellationToken, T> read, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync("page", _large, DocumentWeight.OfPage(body.Span), body.Length, memory, read, cancellationToken);

    /// <summary>Matches an article.</summary>
    /// <returns>Null when it is <see cref="TooComplex"/>.</returns>
    internal Task<T?> ArticleAsync<T>(int characters, Holding memory, Func<CancellationToken, T> read, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync("article", _articles, DocumentWeight.OfArticle(characters), characters, memory, read, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _looks.Dispose();
        _usual.Dispose();
        _large.Dispose();
        _articles.Dispose();
    }

    private async Task<T?> ReadAsync<T>(string kind, ReaderLane lane, long weight, int size, Holding memory, Func<CancellationToken, T> read, CancellationToken cancellationToken)
        where T : class
    {
        // The job still holds the documents that it read before.
        var before = memory.Read.Held;
        await memory.Read.GrowAsync(before + weight, cancellationToken);
        var result = await lane.RunAsync(read, cancellationToken);
        memory.Read.Shrink(before + DocumentWeight.OfResult(size));
        if (result is null)
        {
            _tooComplex.Add(1, new KeyValuePair<string, object?>("kind", kind));
        }

        return result;
    }

    private void Look()
    {
        _usual.Check(ProcessorTime);
        _large.Check(ProcessorTime);
        _articles.Check(ProcessorTime);
    }
}
