using NewsWatch.Configuration.Json;
using NewsWatch.Core.Text;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Configuration.Loading;

/// <summary>The notice about a refused edit: the errors first, each with its place and caret; warnings are only counted.</summary>
internal static class RefusalNotice
{
    /// <summary>Creates the notice; equal texts give equal keys, so that the operator gets it once.</summary>
    /// <param name="files">The refused files.</param>
    /// <param name="problems">Their errors and warnings.</param>
    /// <param name="verdict">The number of errors, and the configuration that stays in force.</param>
    public static Notice Create(ConfigurationFiles files, IReadOnlyList<Problem> problems, string verdict)
    {
        var errors = problems.Where(problem => !problem.IsWarning).Select(Describe);
        return new($"configuration/{HashOf(files)}", "Configuration refused; the last good one stays in force", $"{string.Join('\n', errors)}\n{verdict}")
        {
            Rest = "more lines: newswatch check",
            IsListing = true,
        };
    }

    /// <summary>Tells refused texts apart.</summary>
    public static string HashOf(ConfigurationFiles files) =>
        TextHash.Of(string.Join('\0', files.Files.Select(file => file.Text)), 16);

    private static string Describe(Problem problem) =>
        $"{problem.Place}: {problem.Path}\n  {problem.Message.ReplaceLineEndings(" ")}{(problem.Excerpt is { } excerpt ? string.Concat(excerpt.Split('\n').Select(line => $"\n    {line}")) : "")}";
}
