using NewsWatch.Fetching;

namespace NewsWatch.Polling.Sources;

/// <summary>
/// The files that a source of Kind file may read: regular ones that really lie in the configured folder, or in the folder of the configured file. Pipes,
/// devices and links that lead out are refused before anything opens them: a pipe would hold up the poll, a device never ends.
/// </summary>
internal sealed class WatchedFolder
{
    /// <summary>Bytes of a file that is read.</summary>
    public const int MaxFile = FetchLimits.MaxBody;

    private const int MaxFiles = 10_000;
    private readonly string _folder;

    private WatchedFolder(string folder, IReadOnlyList<string> files) => (_folder, Files) = (folder, files);

    /// <summary>The message about a file that is too large.</summary>
    public static string TooLarge { get; } = $"the file is too large: more than {MaxFile / 1024 / 1024} MiB";

    /// <summary>Full paths, in order; hidden ones are left out of a folder. Empty when there is nothing.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Looks at a configured path.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static WatchedFolder From(string path) => Directory.Exists(path)
        ? new(RealPath(path), [.. Directory.EnumerateFiles(path).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).Take(MaxFiles)])
        : Path.Exists(path) ? new(RealPath(Path.GetDirectoryName(path)!), [path]) : new(path, []);

    /// <summary>Why the file is not read; null when it may be.</summary>
    public string? Refusal(string file)
    {
        var real = RealPath(file);
        if (!real.StartsWith(_folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return $"it is a link that leads out of {_folder}. Put the file itself there, or configure the path it leads to";
        }

        return new FileInfo(real).Length switch
        {
            0 => "it is empty, or a pipe or device: only regular files are read",
            > MaxFile => TooLarge,
            _ => null,
        };
    }

    /// <summary>The path without links.</summary>
    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var name in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            real = File.ResolveLinkTarget(next, returnFinalTarget: true) is { } target ? RealPath(target.FullName) : next;
        }

        return real;
    }
}
