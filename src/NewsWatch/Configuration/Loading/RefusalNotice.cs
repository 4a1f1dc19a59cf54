using NewsWatch.Configuration.Json;
using NewsWatch.Core.Text;
using NewsWatch.Storage;

namespace NewsWatch.Configuration.Loading;

/// <summary>What the operator is told of a refused edit: the errors first, each with its place and caret; warnings are only counted.</summary>
internal static class RefusalNotice
{
    /// <summary>The notice; the same texts give the same key, so that they are told once.</summary>
    /// <param name="files">The refused files.</param>
    /// <param name="problems">All that is wrong or odd in them.</param>
    /// <param name="verdict">How much is wrong, and what goes on.</param>
    public static Notice Of(ConfigurationFiles files, IReadOnlyList<Problem> problems, string verdict)
    {
        var errors = problems.Where(problem => !problem.IsWarning).Select(Told);
        return new($"configuration/{HashOf(files)}", "The configuration was refused; the last good one runs on", $"{string.Join('\n', errors)}\n{verdict}")
        {
            Rest = "more lines: newswatch check",
            IsListing = true,
        };
    }

    /// <summary>Tells refused texts apart.</summary>
    public static string HashOf(ConfigurationFiles files) =>
        TextHash.Of(string.Join('\0', files.Files.Select(file => file.Text)), 16);

    private static string Told(Problem problem) =>
        $"{problem.Place}: {problem.Path}\n  {problem.Message.ReplaceLineEndings(" ")}{(problem.Excerpt is { } excerpt ? string.Concat(excerpt.Split('\n').Select(line => $"\n    {line}")) : "")}";
}
