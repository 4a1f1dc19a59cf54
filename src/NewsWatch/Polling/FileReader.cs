using System.Security.Cryptography;
using NewsWatch.Core.Feeds;
using NewsWatch.Fetching;

namespace NewsWatch.Polling;

/// <summary>Reads a source that is a local file, or every file of a folder.</summary>
internal static class FileReader
{
    private const int LargestFile = 15 * 1024 * 1024;
    private const int MostFiles = 10_000;

    /// <summary>Reads what is there; the same bytes as <paramref name="knownHash"/> are "unchanged".</summary>
    public static async Task<PollAnswer> ReadAsync(string path, string? knownHash, CancellationToken cancellation)
    {
        try
        {
            var files = Files(path);
            if (files.Count == 0)
            {
                return new PollAnswer.Failed(Directory.Exists(path) ? "the folder is empty" : "there is no such file or folder", Transient: false);
            }

            var bodies = new List<(string Path, byte[] Body)>();
            foreach (var file in files)
            {
                bodies.Add((file, await File.ReadAllBytesAsync(file, cancellation)));
            }

            return Read(bodies, knownHash);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new PollAnswer.Failed($"cannot be read: {failure.GetType().Name}", Transient: true);
        }
    }

    private static List<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        return Directory.Exists(path)
            ? [.. new DirectoryInfo(path).EnumerateFiles().Where(file => !file.Name.StartsWith('.') && file.Length <= LargestFile).Select(file => file.FullName).Order(StringComparer.Ordinal).Take(MostFiles)]
            : [];
    }

    private static PollAnswer Read(List<(string Path, byte[] Body)> bodies, string? knownHash)
    {
        var facts = new HeaderFacts { BodyHash = Hash(bodies) };
        if (facts.BodyHash == knownHash)
        {
            return new PollAnswer.Unchanged(facts, null);
        }

        var read = bodies.Select(file => (Name: Path.GetFileName(file.Path), Result: FeedParser.Parse(file.Body, null, new Uri(Path.GetFullPath(file.Path))))).ToList();
        var feeds = read.Select(file => file.Result).OfType<FeedResult.Parsed>().ToList();
        if (feeds.Count == 0)
        {
            return new PollAnswer.Failed(((FeedResult.NotAFeed)read[0].Result).Reason, Transient: false);
        }

        var feed = feeds[0].Feed with { Items = [.. feeds.SelectMany(one => one.Feed.Items)] };
        var refused = read.Where(file => file.Result is FeedResult.NotAFeed).Select(file => $"{file.Name}: {((FeedResult.NotAFeed)file.Result).Reason}");
        return new PollAnswer.News(feed, facts, null, [.. feeds.SelectMany(one => one.Warnings), .. refused]);
    }

    private static string Hash(List<(string Path, byte[] Body)> bodies)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, body) in bodies)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(path));
            hash.AppendData(body);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
