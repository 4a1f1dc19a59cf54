using System.Runtime.CompilerServices;

namespace NewsWatch.Tests.Documents;

/// <summary>The files that a reader of the repository finds.</summary>
internal static class Repository
{
    /// <summary>The folder of README.md.</summary>
    public static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    /// <summary>README.md and its like, docs and the examples, as paths from the root.</summary>
    public static IEnumerable<string> Documents =>
        Directory.GetFiles(Root, "*.md")
            .Concat(new[] { "docs", "deploy" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)))
            .Append(Path.Combine(Root, "src", "ARCHITECTURE.md"))
            .Select(file => Path.GetRelativePath(Root, file));

    /// <summary>The text of a file, by its path from the root.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
