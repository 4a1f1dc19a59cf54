using NewsWatch.Configuration.Json;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Configuration.Loading;

/// <summary>The notice about a refused edit: the errors first, each with its place and caret; warnings are only counted.</summary>
internal static class RefusalNotice
{
    /// <summary>Creates the notice; equal texts give equal keys, so that the operator gets it once.</summary>
    /// <param name="hash">What the refused files hold (<see cref="FilesHash"/>).</param>
    /// <param name="problems">Their errors and warnings.</param>
    /// <param name="verdict">The number of errors, and the configuration that stays in force.</param>
    public static Notice Create(string hash, IReadOnlyList<Problem> problems, string verdict)
    {
        var errors = problems.Where(problem => !problem.IsWarning).Select(Describe);
        return new($"configuration/{hash}", "Configuration refused; the last good one stays in force", $"{string.Join('\n', errors)}\n{verdict}")
        {
            Rest = "more lines: newswatch check",
            IsListing = true,
        };
    }

    private static string Describe(Problem problem) =>
        $"{problem.Place}: {problem.Path}\n  {problem.Message.ReplaceLineEndings(" ")}{(problem.Excerpt is { } excerpt ? string.Concat(excerpt.Split('\n').Select(line => $"\n    {line}")) : "")}";
}
