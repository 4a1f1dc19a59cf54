using System.Security.Cryptography;
using System.Text;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;
using NewsWatch.Fetching.Documents;

namespace NewsWatch.Polling.Sources;

/// <summary>Reads a source that is a local file, or every file of a folder: at most 15 MiB a file and 60 MiB in all, counted while they are read, within 30 s.</summary>
internal sealed class FileReader(DocumentReaders readers, TimeProvider clock)
{
    private const long MaxBytes = 4L * WatchedFolder.MaxFile;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Reads the files; the same bytes as <paramref name="knownHash"/> are "unchanged".</summary>
    /// <param name="memory">The poll's account: what is read is counted on it.</param>
    public async Task<PollResult> ReadAsync(string path, string? knownHash, Holding memory, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            // Looking at files and opening them may block.
            return await Task.Run(() => AllAsync(path, knownHash, memory, either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PollResult.Failed($"reading it did not end within {Deadline.TotalSeconds} s", Transient: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new PollResult.Failed($"cannot be read: {failure.GetType().Name}", Transient: true);
        }
    }

    private async Task<PollResult> AllAsync(string path, string? knownHash, Holding memory, CancellationToken cancellationToken)
    {
        var folder = WatchedFolder.From(path);
        if (folder.Files.Count == 0)
        {
            return new PollResult.Failed(Directory.Exists(path) ? "the folder is empty" : "there is no such file or folder", Transient: false);
        }

        var refused = folder.Files.ToDictionary(file => file, folder.Refusal);
        var readable = folder.Files.Where(file => refused[file] is null).ToList();
        if (await HashAsync(readable, cancellationToken) is not { } hash)
        {
            return new PollResult.Failed($"the files are too large: more than {MaxBytes / 1024 / 1024} MiB together", Transient: false);
        }

        var facts = new HeaderFacts { BodyHash = hash };
        if (readable.Count > 0 && facts.BodyHash == knownHash)
        {
            return new PollResult.Unchanged(facts, null);
        }

        var feeds = new List<FeedResult.Parsed>();
        foreach (var file in readable)
        {
            switch (await ParsedAsync(file, memory, cancellationToken))
            {
                case FeedResult.Parsed parsed:
                    feeds.Add(parsed);
                    break;
                case var none:
                    refused[file] = none is FeedResult.NotAFeed { Reason: var reason } ? reason : DocumentReaders.TooComplex;
                    break;
            }
        }

        return Answer(feeds, [.. folder.Files.Where(file => refused[file] is not null).Select(file => (Path.GetFileName(file), refused[file]!))], facts);
    }

    private static PollResult Answer(List<FeedResult.Parsed> feeds, List<(string Name, string Why)> refused, HeaderFacts facts) => feeds.Count == 0
        ? new PollResult.Failed(refused[0].Why, Transient: false)
        : new PollResult.Updated(
            feeds[0].Feed with { Items = [.. feeds.SelectMany(one => one.Feed.Items)] },
            facts,
            null,
            [.. feeds.SelectMany(one => one.Warnings), .. refused.Select(file => $"{file.Name}: {file.Why}")]);

    private async Task<FeedResult?> ParsedAsync(string file, Holding memory, CancellationToken cancellationToken)
    {
        memory.Received.Shrink(0);
        return await BytesAsync(file, memory, cancellationToken) is { } body
            ? await readers.FeedAsync(body.Length, memory, stop => FeedParser.Parse(body, null, new Uri(file), stop), cancellationToken)
            : new FeedResult.NotAFeed(WatchedFolder.TooLarge);
    }

    /// <summary>Null for a file that is too large.</summary>
    private static async Task<byte[]?> BytesAsync(string file, Holding memory, CancellationToken cancellationToken)
    {
        var bytes = new GrowingBytes(WatchedFolder.MaxFile, memory.Received);
        return await EachAsync(file, async piece => await bytes.TryAddAsync(piece, cancellationToken), cancellationToken) ? bytes.ToArray() : null;
    }

    /// <summary>Null when there is more than is read.</summary>
    private static async Task<string?> HashAsync(List<string> files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = MaxBytes;
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            var isTaken = await EachAsync(
                file,
                piece =>
                {
                    hash.AppendData(piece.Span);
                    return ValueTask.FromResult((left -= piece.Length) >= 0);
                },
                cancellationToken);
            if (!isTaken)
            {
                return null;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Hands the file on piece by piece; false when one is not taken.</summary>
    private static async Task<bool> EachAsync(string file, Func<ReadOnlyMemory<byte>, ValueTask<bool>> take, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (!await take(buffer.AsMemory(0, count)))
            {
                return false;
            }
        }

        return true;
    }
}
